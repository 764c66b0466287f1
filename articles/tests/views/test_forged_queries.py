"""Every parameter that a public address looks at, with what no link of ours says: never a fault of the server."""

from datetime import UTC, datetime
from unittest import mock

from django.core.handlers import wsgi
from django.http import QueryDict
from django.test import Client, TestCase

from articles.actions import placing
from articles.models import Article
from articles.tests import make
from articles.tests.admin.routes import Rows, listed

FORGED = {
    "nul": "%00",
    "digits": "9" * 5_000,
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "long": "%E5%AD%97" * 60_000,
    "negative": "-1",
    "other digits": "%C2%B2%EF%BC%91",
    "a cursor": f"{'9' * 18}_{'9' * 18}",
    "a cursor with a nul": "a%00_1",
    "a cursor to nowhere": "x_x",
    "markup": "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
}
# What an address looks at only when something else was asked for as well.
TOGETHER = {"report": "block=1&", "compare": "left=e1&", "cite_page": "p=1&", "edition_cite_page": "p=1&"}


class Listening(QueryDict):
    """A query that remembers which of its parameters somebody looked at."""

    heard: set[str]

    def __getitem__(self, key):
        self.heard.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.heard.add(key)
        return super().__contains__(key)

    def get(self, key, default=None):
        self.heard.add(key)
        return super().get(key, default)


class ForgedQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rows = Rows.made()
        cls.rows.further["view"] = 0
        placing.place(make.publish(cls.rows.article), cls.rows.tables["theme"])
        moment = datetime(2013, 10, 5, tzinfo=UTC)
        Article.objects.update(
            original_date=moment, original_precision="day", original_source=cls.rows.tables["source"]
        )

    def setUp(self):
        self.rows.write_files()
        self.client = Client(raise_request_exception=False)

    def addresses(self):
        for one in listed():
            if not one.route.startswith("admin"):
                yield one.name, self.rows.address(one.route)

    def looked_at(self, address, given):
        """Return the parameters that the page of this address looks at."""
        with mock.patch.object(wsgi, "QueryDict", Listening), mock.patch.object(Listening, "heard", set(), create=True):
            self.client.get(f"{address}?{given}").getvalue()  # to its end, which closes a file
            return sorted(Listening.heard)

    def test_no_parameter_breaks_a_page(self):
        tried = {}
        for name, address in self.addresses():
            given = TOGETHER.get(name, "")
            tried[name] = self.looked_at(address, given)
            for parameter in tried[name]:
                for what, value in FORGED.items():
                    with self.subTest(address=address, parameter=parameter, value=what):
                        answer = self.client.get(f"{address}?{given}{parameter}={value}")
                        self.assertLess(answer.status_code, 500)
                        self.assertNotIn(b"<img src=x", answer.getvalue())
        self.assertLessEqual(
            {"after", "copies", "marks", "all", "left", "right", "copy", "p", "sent", "state", "year"},
            {parameter for parameters in tried.values() for parameter in parameters},
        )
