"""Words that would be markup, in every column and every field: shown as words on every screen of the desk."""

from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.test import Client, SimpleTestCase, TestCase
from django.urls import reverse
from lxml import html

from articles import body
from articles.actions import keeping
from articles.admin.carrying import SALT
from articles.exports import records
from articles.models import Article, Deed, DeedRow, Edition, Finding, WorkingCopy
from articles.tests import make
from articles.tests.admin.people import person
from articles.tests.admin.test_forged import FORM, encoded
from articles.tests.admin.world import World, page, writes

WORDS = "<img src=x onerror=alert(1)></textarea></title></script><script>alert(1)</script>'\" onmouseover='a' x=\"b"
ADDRESS = "javascript:alert(1)//"
# What a machine reads, and people do not write.
NOT_WORDS = frozenset(
    "slug sha256 digest token code media_type encoding password body_html language script original_date live_from "
    "ticket date_there app_label model codename action_flag object_id table query script_tag".split()
)
LEADING = ("href", "src", "action", "formaction", "data", "srcdoc", "poster")
LISTS = ("article", "capture", "finding", "picture", "theme", "excerpt", "tag", "source", "author", "letter")


def dangers(text):
    """Return what in the page a browser would run that we did not put there."""
    tree = html.document_fromstring(text)
    found = [WORDS[:20]] if WORDS[:20] in text else []
    for element in tree.iter(html.etree.Element):
        named = element.attrib
        found += [f"{element.tag} {name}" for name in named if name.startswith("on") or name == "style"]
        found += [named[name] for name in LEADING if named.get(name, "").strip().lower().startswith("javascript:")]
        if element.tag == "script" and "alert(1)" in (element.text or "") and named.get("type") != "application/json":
            found.append(element.text)
    return found


class HostileTests(TestCase):
    is_same_on_all_databases = True

    @classmethod
    def setUpTestData(cls):
        cls.world = World.made()

    def setUp(self):
        self.client = Client()
        self.client.force_login(self.world.chief)
        self.writes = writes(self.world, self.client)

    def fill(self):
        """Write the words into every column of the library that holds some."""
        for model in apps.get_app_config("articles").get_models():
            columns = [field for field in model._meta.concrete_fields if self.holds_words(field)]
            for column in columns:
                words = ADDRESS if "address" in column.name or column.name == "homepage" else WORDS
                room = column.max_length or 5_000
                key = Concat(Value(words[: room - 8]), Cast(F("pk"), CharField()))
                model._base_manager.update(**{column.name: key})
        text = body.from_paragraphs([WORDS])
        Edition._base_manager.update(body_html=text)
        Finding.objects.update(block=0, start=0, end=4, exact=WORDS[:4], found=WORDS[:4])
        Deed.objects.update(said={"tags": [WORDS], "name": WORDS, "names": WORDS})
        DeedRow.objects.update(told=WORDS[:60])
        WorkingCopy.objects.update(fields={"title": [WORDS], "body_html": [WORDS], "tags": [WORDS]})
        User.objects.update(first_name=WORDS[:100], last_name=WORDS[:100])
        LogEntry.objects.create(user=self.world.chief, object_repr=WORDS, action_flag=2, change_message=WORDS)

    @staticmethod
    def holds_words(field):
        is_text = isinstance(field, CharField | TextField) and not field.choices
        return is_text and field.name not in NOT_WORDS and not getattr(field, "generated", False)

    def screens(self):
        article = self.world["article"]
        yield from dict.fromkeys(write.address for write in self.writes)
        yield from (page(f"{name}_changelist") for name in LISTS)
        yield from (page(f"article_{name}", article.pk) for name in ("editions", "compare", "preview", "previews"))
        yield from (page("article_history", article.pk), page("article_deeds"), reverse("admin:index"))
        yield page("article_change", article.pk) + f"?copy={'c' * 22}"
        yield from (page("article_preview", article.pk) + f"?copy={'c' * 22}", page("article_changelist") + "?q=<img")
        yield from (self.world["published"].get_absolute_url(), "/", "/en/")
        for prefix in ("", "/zh-hant", "/en"):
            yield from (f"{prefix}/letters/", f"{prefix}{self.world['letter'].get_absolute_url()}")
            yield f"{prefix}{self.world['published'].get_absolute_url()}report/?block=1&passage=<img%20src=x>"

    def test_no_screen_shows_words_as_markup(self):
        self.fill()
        self.assertTrue(Article.objects.get(pk=self.world["article"].pk).title.startswith("<img"))
        for address in self.screens():
            response = self.client.get(address)
            if response.status_code == 200 and "html" in response["Content-Type"]:
                with self.subTest(address=address):
                    self.assertEqual(dangers(response.text), [])

    def test_no_answer_shows_what_was_typed_as_markup(self):
        for write in self.writes:
            for keys in ((), write.keys[:1]):
                fields = {name: value if name in write.keys else WORDS for name, value in write.fields.items()}
                fields |= dict.fromkeys(keys, WORDS)
                response = self.client.generic("POST", write.address, encoded(fields), FORM)
                while response.status_code == 302:
                    response = self.client.get(response["Location"])
                if "html" in response["Content-Type"]:
                    with self.subTest(write=write.name, keys=keys):
                        self.assertEqual(dangers(response.text), [])


class DangerTests(SimpleTestCase):
    def test_a_screen_that_did_show_markup_would_be_found(self):
        self.assertEqual(dangers(f"<p>{WORDS}</p>")[0], WORDS[:20])
        self.assertEqual(dangers('<a href=" JavaScript:x">a</a>'), [" JavaScript:x"])
        self.assertEqual(dangers('<p title="a" onclick="b">c</p>'), ["p onclick"])


ELSEWHERE = "https://elsewhere.example/"


class DoorTests(TestCase):
    is_same_on_all_databases = True

    @classmethod
    def setUpTestData(cls):
        cls.world = World.made()

    def setUp(self):
        self.client.force_login(self.world.chief)
        self.writes = writes(self.world, self.client)

    def test_every_post_asks_for_a_token(self):
        before = list(records.library())
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.world.chief)
        for write in self.writes:
            with self.subTest(write=write.name):
                self.assertEqual(strict.post(write.address, write.fields).status_code, 403)
        self.assertEqual(list(records.library()), before)

    def test_nobody_is_led_to_another_site(self):
        led = dict.fromkeys(("next", "back", "_changelist_filters", "return"), ELSEWHERE)
        for write in self.writes:
            address = f"{write.address}{'&' if '?' in write.address else '?'}{urlencode(led)}"
            response = self.client.post(address, write.fields | led)
            with self.subTest(write=write.name):
                self.assertEqual(urlsplit(response.get("Location", "")).netloc, "")


class CarriedTests(TestCase):
    """The words of a session that ended: for whoever typed them, and for no cache."""

    @classmethod
    def setUpTestData(cls):
        cls.typist, cls.other = person("typist", "editor"), person("other", "editor")
        cls.article = make.article()
        keeping.keep("t" * 22, by=cls.typist, article=cls.article, version=1, fields={"title": ["打了一半"]})

    def signed_in(self, name):
        address = page("article_change", self.article.pk)
        sent = {"title": "打了一半", "copy": "t" * 22, "csrfmiddlewaretoken": "a secret"}
        asked = Client().post(address, sent, headers={"accept": "text/html"})
        self.assertIn("no-store", asked["Cache-Control"])
        self.assertNotIn("a secret", signing.loads(asked.context["carried"], salt=SALT).__repr__())
        said = {"username": name, "password": "a long enough word", "next": address}
        return Client().post(reverse("admin:login"), {**said, "carried": asked.context["carried"]})

    def test_who_typed_them_goes_on_with_them(self):
        response = self.signed_in("typist")
        self.assertContains(response, "打了一半")
        self.assertIn("no-store", response["Cache-Control"])

    def test_nobody_else_who_signs_in_there_is_shown_them(self):
        response = self.signed_in("other")
        self.assertEqual(response.status_code, 302)
        self.assertNotIn("打了一半", response.text)
