"""Who may do what: every address of ours, for every role; an address that is not listed here fails."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, TestCase
from django.urls import get_resolver, reverse

from articles.models import Article, Capture, HouseRules
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by

ROLES = ("reader", "member", "contributor", "editor", "publisher")
# What the roles above get, in their order; `reader` is nobody, `member` is staff without a group.
PAGES = {
    "articles_article_changelist": (302, 403, 200, 200, 200),
    "articles_article_add": (302, 403, 200, 200, 200),
    "articles_article_change": (302, 403, 200, 200, 200),
    "articles_article_history": (302, 403, 200, 200, 200),
    "articles_article_delete": (302, 403, 403, 200, 200),
    "articles_article_bring_in": (302, 403, 200, 200, 200),
    "articles_article_preview": (302, 403, 200, 200, 200),
    "articles_article_publish": (302, 403, 403, 403, 200),
    "articles_article_withdraw": (302, 403, 403, 403, 200),
    "articles_article_schedule": (302, 403, 403, 403, 200),
    "articles_article_unschedule": (302, 403, 403, 403, 200),
    "articles_article_submit": (302, 403, 403, 200, 200),
    "articles_article_take_back": (302, 403, 403, 200, 200),
    "articles_article_return": (302, 403, 403, 200, 200),
    "articles_article_editions": (302, 403, 200, 200, 200),
    "articles_article_trace": (302, 403, 200, 200, 200),
    "articles_article_collate": (302, 403, 200, 200, 200),
    "articles_article_compare": (302, 403, 200, 200, 200),
    "articles_article_restore_edition": (302, 403, 403, 404, 404),
    "articles_article_discard_edition": (302, 403, 403, 200, 200),
    "articles_houserules_changelist": (302, 403, 403, 403, 403),
    **{f"articles_houserules_{page}": (302, 403, 403, 403, 403) for page in ("add", "change", "delete", "history")},
    "articles_capture_bytes": (302, 403, 200, 200, 200),
    **{f"articles_{table}_changelist": (302, 403, 200, 200, 200) for table in ("capture", "finding")},
    **{
        f"articles_{table}_{page}": (302, 403, 200, 200, 200)
        for table in ("capture", "finding")
        for page in ("change", "history")
    },
    **{
        f"articles_{table}_{page}": (302, 403, 403, 403, 403)
        for table in ("capture", "finding")
        for page in ("add", "delete")
    },
    **{
        f"articles_{table}_{page}": (302, 403, 200, 200, 200)
        for table in ("author", "source", "theme", "tag", "excerpt")
        for page in ("changelist", "change", "history")
    },
    **{f"articles_{table}_add": (302, 403, 403, 200, 200) for table in ("source", "theme", "tag", "excerpt")},
    **{
        f"articles_{table}_delete": (302, 403, 403, 200, 200)
        for table in ("author", "source", "theme", "tag", "excerpt")
    },
    "articles_author_add": (302, 403, 200, 200, 200),
    **{
        f"auth_{table}_{page}": (302, 403, 403, 403, 403)
        for table in ("user", "group")
        for page in ("changelist", "add", "change", "history", "delete")
    },
    "auth_user_password_change": (302, 403, 403, 403, 403),
    "index": (302, 200, 200, 200, 200),
    "app_list": (302, 404, 200, 200, 200),
    "autocomplete": (302, 403, 403, 403, 403),
    "jsi18n": (302, 200, 200, 200, 200),
    "login": (200, 302, 302, 302, 302),
    "language": (302, 302, 302, 302, 302),
    "password_change": (302, 200, 200, 200, 200),
    "password_change_done": (302, 200, 200, 200, 200),
    "logout": (302, 405, 405, 405, 405),
    "view_on_site": (302, 404, 404, 404, 404),
}


def admin_names():
    """Every named address under /admin/."""
    resolver = next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "admin")
    waiting, names = list(resolver.url_patterns), set()
    while waiting:
        entry = waiting.pop()
        waiting += getattr(entry, "url_patterns", [])
        names |= {entry.name} if getattr(entry, "name", None) else set()
    return names


class MatrixTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme, cls.source = make.theme(), make.source()
        cls.article = make.article("别人的稿", authors=("示例作者甲",), tags=("预算",))
        passage = "每一笔都写明用处"
        capture = Capture.objects.create(sha256="cd" * 32, size=2, media_type="text/plain")
        cls.rows = {
            "article": cls.article,
            "author": cls.article.working.bylines.get().author,
            "capture": capture,
            "houserules": HouseRules.current(),
            "excerpt": make.excerpt(cls.article, cls.theme, passage),
            "finding": make.finding(cls.article),
            "source": cls.source,
            "tag": cls.article.tags.get(),
            "theme": cls.theme,
            "user": person("somebody"),
        }
        cls.rows["group"] = person("other", "editor").groups.get()
        cls.people = {role: person(role, *([role] if role != "member" else [])) for role in ROLES[1:]}

    def setUp(self):
        default_storage.save(self.rows["capture"].path, ContentFile(b"ab"))

    def address(self, name):
        if name == "app_list":
            return reverse("admin:app_list", args=["articles"])
        if name == "view_on_site":
            return reverse("admin:view_on_site", args=[0, 0])
        table = name.split("_")[1] if name.startswith(("articles_", "auth_")) else ""
        if name == "articles_article_restore_edition":
            return reverse(f"admin:{name}", args=[self.article.pk, self.article.working_id])
        has_key = table and not name.endswith(("changelist", "add", "bring_in"))
        return reverse(f"admin:{name}", args=[self.rows[table].pk] if has_key else [])

    def browser(self, role):
        return browser_of(self.people[role]) if role in self.people else Client()

    def test_every_address_is_listed(self):
        self.assertEqual(admin_names(), PAGES.keys())

    def test_every_role_gets_what_the_table_says(self):
        for position, role in enumerate(ROLES):
            client = self.browser(role)
            for name, answers in PAGES.items():
                with self.subTest(role=role, name=name):
                    response = client.get(self.address(name))
                    list(response)  # read to its end, which closes the file of a capture
                    self.assertEqual(response.status_code, answers[position])

    def test_nobody_writes_through_a_page_they_may_only_read(self):
        for role in ("reader", "member", "contributor"):
            client = self.browser(role)
            for name in (
                "articles_article_change",
                "articles_source_change",
                "articles_finding_change",
                "articles_theme_add",
            ):
                with self.subTest(role=role, name=name):
                    status = client.post(self.address(name), {"title": "改", "name": "改", "version": 1}).status_code
                    self.assertIn(status, (302, 403))
        self.assertEqual(Article.objects.get(pk=self.article.pk).title, "别人的稿")
        self.assertNotIn("改", {type(self.theme).objects.get().name, type(self.source).objects.get().name})

    def test_only_publishers_publish(self):
        data = {"confirmed": "yes", f"version-{self.article.pk}": self.article.version}
        for role in ROLES:
            client = self.browser(role)
            client.post(reverse("admin:articles_article_publish", args=[self.article.pk]), data)
            listed = {**data, "action": "publish_selected", "_selected_action": self.article.pk}
            client.post(reverse("admin:articles_article_changelist"), listed)
            status = Article.objects.get(pk=self.article.pk).status
            with self.subTest(role=role):
                self.assertEqual(status, "published" if role == "publisher" else "draft")

    def test_suggestions_follow_the_right_to_see_what_is_suggested(self):
        query = {"app_label": "articles", "model_name": "edition", "field_name": "original_source", "term": "青禾\x00"}
        for role, status in (("reader", 302), ("member", 403), ("contributor", 200)):
            with self.subTest(role=role):
                self.assertEqual(self.browser(role).get(reverse("admin:autocomplete"), query).status_code, status)

    def test_superusers_manage_users(self):
        client = browser_of(person("head", is_superuser=True))
        for name in ("auth_user_changelist", "auth_user_add", "auth_group_change"):
            self.assertEqual(client.get(self.address(name)).status_code, 200)


class ContributorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = person("contributor", "contributor")

    def setUp(self):
        self.client = browser_of(self.user)

    def begin(self):
        self.client.post(
            reverse("admin:articles_article_add"),
            sent_by(self.client, None, title="自己的稿", body_html="<p>议事会上说的话。</p>"),
        )
        return Article.objects.get(title="自己的稿")

    def change(self, article):
        data = sent_by(self.client, article, title="改过的稿")
        return self.client.post(reverse("admin:articles_article_change", args=[article.pk]), data).status_code

    def test_a_contributor_changes_a_draft_of_their_own(self):
        self.assertEqual(self.change(self.begin()), 302)
        self.assertTrue(Article.objects.filter(title="改过的稿").exists())

    def test_a_contributor_may_no_longer_change_it_when_it_is_published(self):
        article = self.begin()
        version = article.version
        make.publish(article)
        data = {"title": "改过的稿", "version": version + 1}
        response = self.client.post(reverse("admin:articles_article_change", args=[article.pk]), data)
        self.assertEqual(response.status_code, 403)

    def test_a_contributor_reads_what_others_write(self):
        article = make.article()
        response = self.client.get(reverse("admin:articles_article_change", args=[article.pk]))
        self.assertContains(response, "议事会把预算贴在村口")
        self.assertNotContains(response, 'name="_save"')
