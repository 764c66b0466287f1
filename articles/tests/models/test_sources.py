from django.test import TestCase

from articles.models import Source
from articles.tests import make


class SourceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.paper = make.source("青禾日报", aliases=("青禾报",), domains=("qinghe.example",))

    def test_it_is_known_by_name_and_alias(self):
        self.assertEqual(
            [Source.objects.called(name).first() for name in ("青禾日报", "青禾报", "青禾")],
            [self.paper, self.paper, None],
        )

    def test_it_is_known_by_its_domain_and_those_below(self):
        for address in ("https://qinghe.example/1.html", "http://news.QINGHE.example:8080/"):
            with self.subTest(address=address):
                self.assertEqual(Source.objects.at(address).get(), self.paper)

    def test_a_domain_that_merely_ends_alike_is_another(self):
        self.assertFalse(Source.objects.at("https://fakeqinghe.example/").exists())

    def test_an_address_without_a_host_is_nowhere(self):
        self.assertFalse(Source.objects.at("not an address").exists())
