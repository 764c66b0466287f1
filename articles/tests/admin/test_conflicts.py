"""Two people at one row: whose words are whose, for every table of the library."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory, SimpleTestCase, TestCase
from django.urls import reverse

from articles.actions import clockwork, publishing, renaming
from articles.admin import conflicts
from articles.admin.versions import past_deadlocks
from articles.models import Article, Source, Tag
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by


def sent_by_form(response, **typed):
    """Return what a form of any table sends when `typed` is put into it and nothing else is touched."""
    context = response.context
    form = context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for inline in context["inline_admin_formsets"]:
        forms = [inline.formset.management_form, *inline.formset.forms]
        data |= {field.html_name: field.value() for part in forms for field in part}
    data |= typed
    return {name: "" if value is None else value for name, value in data.items() if value is not False}


class MeetingTests(SimpleTestCase):
    def test_it_tells_whose_words_are_whose(self):
        base = {"a": "旧", "b": "旧", "c": "旧", "d": "旧"}
        mine = {"a": "旧", "b": "我的", "c": "我的", "d": "同样"}
        theirs = {"a": "别人的", "b": "旧", "c": "别人的", "d": "同样"}
        self.assertEqual(conflicts.meet(base, mine, theirs), conflicts.Conflict(("a",), ("c",)))

    def test_without_a_base_every_difference_may_be_a_conflict(self):
        met = conflicts.meet(None, {"a": "我的", "b": "同样"}, {"a": "别人的", "b": "同样"})
        self.assertEqual(met, conflicts.Conflict((), ("a",)))

    def test_a_base_is_read_for_the_row_it_was_made_for_only(self):
        row, other = Article(pk=1), Article(pk=2)
        sealed = conflicts.seal({"title": "议事"}, row)
        self.assertEqual(conflicts.unseal(sealed, row), {"title": "议事"})
        self.assertIsNone(conflicts.unseal(sealed, other))
        for forged in (
            "",
            "x",
            "[1]",
            sealed[:-1],
            signing.dumps([1], salt="x"),
            signing.dumps(1, salt=conflicts.SALT),
        ):
            with self.subTest(forged=forged[:10]):
                self.assertIsNone(conflicts.unseal(forged, row))

    def test_rows_that_went_become_new_ones_behind_the_others(self):
        sent = QueryDict(mutable=True)
        sent.update({"a-TOTAL_FORMS": "3", "a-INITIAL_FORMS": "2", "a-0-id": "7", "a-0-name": "甲", "a-1-id": "8"})
        sent.update({"a-1-name": "乙", "a-2-id": "", "a-2-name": "丙"})
        rows = conflicts.with_rows_that_stand(sent, "a", {"8"})
        self.assertEqual([rows[f"a-{number}-name"] for number in range(3)], ["乙", "丙", "甲"])
        self.assertEqual([rows[f"a-{number}-id"] for number in range(3)], ["8", "", ""])
        self.assertEqual(rows["a-INITIAL_FORMS"], "1")


class TableTests(TestCase):
    """A source stands for every table whose form is Django's own."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = person("editor", "editor")
        cls.source = make.source("青禾日报", aliases=("青禾报",), notes="每天出四版。")

    def setUp(self):
        self.client = browser_of(self.editor)
        self.address = reverse("admin:articles_source_change", args=[self.source.pk])
        self.mine = sent_by_form(self.client.get(self.address))

    def save(self, **typed):
        return self.client.post(self.address, self.mine | typed)

    def quicker(self, **typed):
        """Somebody else opens the form and saves it first."""
        self.client.post(self.address, sent_by_form(self.client.get(self.address), **typed))

    def test_the_second_writer_gets_base_theirs_and_mine(self):
        self.quicker(notes="每周出一版。")
        response = self.save(notes="每月出一版。")
        self.assertEqual(response.status_code, 409)
        self.assertEqual(Source.objects.get().notes, "每周出一版。")
        for words in ("每天出四版。", "每周出一版。", "每月出一版。</textarea>"):
            self.assertContains(response, words, status_code=409)

    def test_what_i_left_alone_takes_their_words_and_saves(self):
        self.quicker(notes="每周出一版。")
        response = self.save(homepage="https://qinghe.example/")
        again = sent_by_form(response)
        self.assertEqual((again["notes"], again["homepage"]), ("每周出一版。", "https://qinghe.example/"))
        self.assertEqual(self.client.post(self.address, again).status_code, 302)
        source = Source.objects.get()
        self.assertEqual((source.notes, source.homepage), ("每周出一版。", "https://qinghe.example/"))

    def test_a_row_under_the_form_is_in_conflict_too(self):
        self.quicker(**{"aliases-0-name": "青禾晨报"})
        response = self.save(**{"aliases-0-name": "青禾晚报"})
        self.assertContains(response, "青禾晨报", status_code=409)
        self.assertEqual(sent_by_form(response)["aliases-0-name"], "青禾晚报")

    def test_a_row_that_somebody_deleted_comes_back_with_my_words(self):
        self.quicker(**{"aliases-0-DELETE": "on"})
        response = self.save(**{"aliases-0-name": "青禾晚报"})
        self.assertEqual(self.client.post(self.address, sent_by_form(response)).status_code, 302)
        self.assertEqual([alias.name for alias in Source.objects.get().aliases.all()], ["青禾晚报"])

    def test_a_forged_base_loses_nothing(self):
        self.quicker(notes="每周出一版。")
        response = self.save(notes="每月出一版。", base="forged", version="0")
        self.assertContains(response, "每周出一版。", status_code=409)
        self.assertEqual(sent_by_form(response)["notes"], "每月出一版。")

    def test_the_same_words_twice_are_no_clash(self):
        self.quicker(notes="每周出一版。")
        self.assertEqual(self.save(notes="每周出一版。").status_code, 302)

    def test_what_changed_beside_the_form_does_not_stop_it(self):
        Source.objects.count_up()
        self.assertEqual(self.save(notes="每月出一版。").status_code, 302)
        self.assertEqual(Source.objects.get().notes, "每月出一版。")

    def test_words_that_are_shown_again_are_not_saved_by_a_change_beside_the_form(self):
        Source.objects.count_up()
        response = self.save(notes="每月出一版。", _restored="yes")
        self.assertContains(response, "每月出一版。")
        self.assertEqual(Source.objects.get().notes, "每天出四版。")

    def test_words_for_a_deleted_row_stay_on_the_page(self):
        Source.objects.all().delete()
        response = self.save(notes="每月出一版。")
        self.assertContains(response, "每月出一版。</pre>", status_code=409)

    def test_nobody_deletes_what_changed_since_they_were_asked(self):
        address = reverse("admin:articles_source_delete", args=[self.source.pk])
        asked = self.client.get(address).context["object"]
        self.quicker(notes="每周出一版。")
        sent = {"post": "yes", "version": asked.version}
        self.assertEqual(self.client.post(address, sent).status_code, 409)
        for forged in ("", "x", "9" * 30):
            self.assertEqual(self.client.post(address, sent | {"version": forged}).status_code, 409)
        self.assertEqual(self.client.post(address, sent | {"version": Source.objects.get().version}).status_code, 302)
        self.assertFalse(Source.objects.exists())


class MarkupTests(TestCase):
    """Two bodies of the same words: where they are shown beside each other, a link that leads elsewhere is named."""

    def setUp(self):
        self.client = browser_of(person("editor", "editor"))
        self.live = '<p>账目见<a href="https://a.example/">村口</a>。</p>'
        self.article = make.article("账目", self.live)
        self.sent = sent_by(self.client, self.article)

    def linked(self, host):
        return self.sent | {"body_html": self.live.replace("a.example", host)}

    def test_on_the_page_of_a_conflict(self):
        address = reverse("admin:articles_article_change", args=[self.article.pk])
        self.client.post(address, self.linked("evil.example"))
        response = self.client.post(address, self.linked("c.example"))
        for host in ("evil.example", "c.example"):
            self.assertContains(response, f"https://a.example/ → https://{host}/", status_code=409)

    def test_in_the_banner_of_what_was_typed_and_not_saved(self):
        keep, change = (
            reverse(f"admin:articles_article_{name}", args=[self.article.pk]) for name in ("keep", "change")
        )
        self.client.post(keep, self.linked("evil.example"))
        self.assertContains(self.client.get(change), "https://a.example/ → https://evil.example/")

    def test_a_body_that_was_refused_stays_as_it_was_typed(self):
        deep = "<div>" * 300 + '<img src="/media/a.png">'
        address = reverse("admin:articles_article_change", args=[self.article.pk])
        self.client.post(address, self.linked("evil.example"))
        response = self.client.post(address, self.sent | {"body_html": deep})
        self.assertContains(response, "/media/a.png", status_code=response.status_code)


class BesideTests(TestCase):
    """What happens to an article, or to its tags, while its form is open."""

    def setUp(self):
        self.client = browser_of(person("chief", is_superuser=True))
        self.article = make.article("村口的账", tags=("账目",))
        self.address = reverse("admin:articles_article_change", args=[self.article.pk])

    def test_its_moment_may_come_and_a_colleague_may_trace_it(self):
        publishing.publish(self.article, version=1, by=None, at=publishing.moment() + timedelta(days=1))
        article = Article.objects.get()
        mine = sent_by(self.client, article, title="改过的题目")
        Article.objects.update(live_from=publishing.moment() - timedelta(minutes=1))
        clockwork.flip_status(lambda: False)
        trace = reverse("admin:articles_article_trace", args=[article.pk])
        self.client.post(trace, {"version": article.version, "note": "查过三家报纸。", "unknown": "yes"})
        self.assertEqual(self.client.post(self.address, mine).status_code, 302)
        article = Article.objects.get()
        self.assertEqual((article.working.title, article.tracing_note), ("改过的题目", "查过三家报纸。"))

    def test_a_tag_whose_name_was_given_up_does_not_come_back_by_it(self):
        mine = sent_by(self.client, self.article, title="改过的题目")
        tag = Tag.objects.get()
        wish = renaming.Wish("公开", keeps_alias=False, takes_address=False)
        renaming.rename(tag, wish, version=tag.version, by=None)
        response = self.client.post(self.address, mine)
        self.assertContains(response, "改过的题目", status_code=409)
        self.assertEqual(self.client.post(self.address, sent_by_form(response, title="改过的题目")).status_code, 302)
        self.assertEqual([tag.name for tag in Tag.objects.all()], ["公开"])

    def test_a_tag_that_was_deleted_does_not_come_back(self):
        mine = sent_by(self.client, self.article, title="改过的题目")
        tag = Tag.objects.get()
        self.client.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes", "version": tag.version})
        self.assertEqual(self.client.post(self.address, mine).status_code, 409)
        self.assertFalse(Tag.objects.exists())


class DeadlockTests(SimpleTestCase):
    """Two transactions that wait for each other: PostgreSQL ends one of them, and its view begins anew."""

    def failing(self, code, times):
        class GaveWay(Exception):
            sqlstate = code

        def view(request):
            file = request.FILES["file"].read()
            request.turns = getattr(request, "turns", 0) + 1
            if request.turns <= times:
                raise OperationalError("deadlock detected") from GaveWay()
            return HttpResponse(file)

        return past_deadlocks(view)

    def asked(self):
        return RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", b"words")})

    def test_it_begins_anew_with_all_that_was_sent(self):
        for code in ("40P01", "40001"):
            self.assertEqual(self.failing(code, 2)(self.asked()).content, b"words")

    def test_it_does_so_three_times_and_for_nothing_else(self):
        for code, times in (("40P01", 3), ("57014", 1)):
            with self.assertRaises(OperationalError):
                self.failing(code, times)(self.asked())
