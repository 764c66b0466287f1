"""Who may do what: every address of ours, for every role; an address that is not listed here fails."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client, TestCase
from django.urls import get_resolver, reverse

from articles.actions import editing, reviewing
from articles.exports import records
from articles.models import Article, Capture, Deed, HouseRules, Picture, PreviewLink, SavedView
from articles.tests import make
from articles.tests.admin.people import browser_of, person, sent_by

ROLES = ("reader", "member", "contributor", "editor", "publisher")
# What a GET and a bare POST of each role get, on rows that others made; `reader` is nobody, `member` is staff without a
# group. A POST asks for nothing that could be done, so whoever is let in is told what is wrong with it.
MATRIX = """
app_list                         302/302 404/404 200/200 200/200 200/200
articles_article_add             302/302 403/403 200/200 200/200 200/200
articles_article_arrange         302/302 403/403 200/403 200/403 200/403
articles_article_bring_in        302/302 403/403 200/200 200/200 200/200
articles_article_bulk            302/302 403/403 200/200 200/200 200/200
articles_article_change          302/302 403/403 200/403 200/200 200/200
articles_article_changelist      302/302 403/403 200/200 200/200 200/200
articles_article_collate         302/302 403/403 200/403 200/404 200/404
articles_article_compare         302/302 403/403 200/200 200/200 200/200
articles_article_deed            302/302 403/403 200/400 200/400 200/400
articles_article_deeds           302/302 403/403 200/200 200/200 200/200
articles_article_delete          302/302 403/403 403/403 200/302 200/302
articles_article_delete_view     302/302 405/404 405/404 405/404 405/302
articles_article_discard_copy    302/302 405/404 405/404 405/404 405/404
articles_article_discard_edition 302/302 403/403 403/403 200/409 200/409
articles_article_editions        302/302 403/403 200/200 200/200 200/200
articles_article_history         302/302 403/403 200/200 200/200 200/200
articles_article_keep            302/302 403/403 403/403 200/400 200/400
articles_article_keep_new        302/302 403/403 200/400 200/400 200/400
articles_article_keep_view       302/302 405/403 405/302 405/302 405/302
articles_article_lend            302/302 405/403 405/403 405/400 405/400
articles_article_picture_add     302/302 403/403 403/403 405/400 405/400
articles_article_picture_credit  302/302 403/403 404/404 404/404 404/404
articles_article_picture_preview 302/302 403/403 403/403 404/404 404/404
articles_article_pictures        302/302 403/403 403/403 200/404 200/404
articles_article_presence        302/302 405/403 405/403 405/200 405/200
articles_article_preview         302/302 403/403 200/200 200/200 200/200
articles_article_previews        302/302 403/403 200/200 200/200 200/200
articles_article_publish         302/302 403/403 403/403 403/403 200/409
articles_article_restore         302/302 403/403 200/403 200/400 200/400
articles_article_restore_edition 302/302 403/403 403/403 404/404 404/404
articles_article_return          302/302 403/403 403/403 200/409 200/409
articles_article_revoke          302/302 405/403 405/403 405/302 405/302
articles_article_schedule        302/302 403/403 403/403 403/403 200/409
articles_article_submit          302/302 403/403 403/403 200/409 200/409
articles_article_take_back       302/302 403/403 403/403 200/409 200/409
articles_article_trace           302/302 403/403 200/403 200/302 200/302
articles_article_unschedule      302/302 403/403 403/403 403/403 200/409
articles_article_withdraw        302/302 403/403 403/403 403/403 200/409
articles_author_add              302/302 403/403 200/200 200/200 200/200
articles_author_change           302/302 403/403 200/403 200/200 200/200
articles_author_changelist       302/302 403/403 200/200 200/200 200/200
articles_author_delete           302/302 403/403 403/403 200/200 200/200
articles_author_history          302/302 403/403 200/200 200/200 200/200
articles_author_keep             302/302 403/403 200/400 200/400 200/400
articles_author_keep_new         302/302 403/403 200/400 200/400 200/400
articles_author_merge            302/302 403/403 403/403 200/400 200/400
articles_author_rename           302/302 403/403 403/403 200/400 200/400
articles_capture_add             302/302 403/403 403/403 403/403 403/403
articles_capture_bytes           302/302 403/403 200/200 200/200 200/200
articles_capture_change          302/302 403/403 200/403 200/403 200/403
articles_capture_changelist      302/302 403/403 200/200 200/200 200/200
articles_capture_delete          302/302 403/403 403/403 403/403 403/403
articles_capture_history         302/302 403/403 200/200 200/200 200/200
articles_excerpt_add             302/302 403/403 403/403 200/200 200/200
articles_excerpt_change          302/302 403/403 200/403 200/200 200/200
articles_excerpt_changelist      302/302 403/403 200/200 200/200 200/200
articles_excerpt_delete          302/302 403/403 403/403 200/302 200/302
articles_excerpt_history         302/302 403/403 200/200 200/200 200/200
articles_finding_add             302/302 403/403 403/403 403/403 403/403
articles_finding_change          302/302 403/403 200/403 200/403 200/403
articles_finding_changelist      302/302 403/403 200/200 200/200 200/200
articles_finding_delete          302/302 403/403 403/403 403/403 403/403
articles_finding_history         302/302 403/403 200/200 200/200 200/200
articles_houserules_add          302/302 403/403 403/403 403/403 403/403
articles_houserules_change       302/302 403/403 403/403 403/403 403/403
articles_houserules_changelist   302/302 403/403 403/403 403/403 403/403
articles_houserules_delete       302/302 403/403 403/403 403/403 403/403
articles_houserules_history      302/302 403/403 403/403 403/403 403/403
articles_picture_add             302/302 403/403 403/403 403/403 403/403
articles_picture_change          302/302 403/403 200/403 200/302 200/302
articles_picture_changelist      302/302 403/403 200/200 200/200 200/200
articles_picture_delete          302/302 403/403 403/403 403/403 403/403
articles_picture_history         302/302 403/403 200/200 200/200 200/200
articles_source_add              302/302 403/403 403/403 200/200 200/200
articles_source_change           302/302 403/403 200/403 200/200 200/200
articles_source_changelist       302/302 403/403 200/200 200/200 200/200
articles_source_delete           302/302 403/403 403/403 200/302 200/302
articles_source_history          302/302 403/403 200/200 200/200 200/200
articles_source_keep             302/302 403/403 403/403 200/400 200/400
articles_source_keep_new         302/302 403/403 403/403 200/400 200/400
articles_source_merge            302/302 403/403 403/403 200/400 200/400
articles_source_rename           302/302 403/403 403/403 200/400 200/400
articles_tag_add                 302/302 403/403 403/403 200/200 200/200
articles_tag_change              302/302 403/403 200/403 200/200 200/200
articles_tag_changelist          302/302 403/403 200/200 200/200 200/200
articles_tag_delete              302/302 403/403 403/403 200/302 200/302
articles_tag_history             302/302 403/403 200/200 200/200 200/200
articles_tag_keep                302/302 403/403 403/403 200/400 200/400
articles_tag_keep_new            302/302 403/403 403/403 200/400 200/400
articles_tag_merge               302/302 403/403 403/403 200/400 200/400
articles_tag_rename              302/302 403/403 403/403 200/400 200/400
articles_theme_add               302/302 403/403 403/403 200/200 200/200
articles_theme_arrange           302/302 403/403 200/403 200/400 200/400
articles_theme_change            302/302 403/403 200/403 200/200 200/200
articles_theme_changelist        302/302 403/403 200/200 200/200 200/200
articles_theme_delete            302/302 403/403 403/403 200/302 200/302
articles_theme_history           302/302 403/403 200/200 200/200 200/200
articles_theme_keep              302/302 403/403 403/403 200/400 200/400
articles_theme_keep_new          302/302 403/403 403/403 200/400 200/400
articles_theme_merge             302/302 403/403 403/403 200/400 200/400
articles_theme_rename            302/302 403/403 403/403 200/400 200/400
auth_group_add                   302/302 403/403 403/403 403/403 403/403
auth_group_change                302/302 403/403 403/403 403/403 403/403
auth_group_changelist            302/302 403/403 403/403 403/403 403/403
auth_group_delete                302/302 403/403 403/403 403/403 403/403
auth_group_history               302/302 403/403 403/403 403/403 403/403
auth_user_add                    302/302 403/403 403/403 403/403 403/403
auth_user_change                 302/302 403/403 403/403 403/403 403/403
auth_user_changelist             302/302 403/403 403/403 403/403 403/403
auth_user_delete                 302/302 403/403 403/403 403/403 403/403
auth_user_history                302/302 403/403 403/403 403/403 403/403
auth_user_password_change        302/302 403/403 403/403 403/403 403/403
autocomplete                     302/302 403/405 403/405 403/405 403/405
index                            302/302 200/200 200/200 200/200 200/200
jsi18n                           302/302 200/405 200/405 200/405 200/405
language                         302/302 302/302 302/302 302/302 302/302
login                            200/200 302/200 302/200 302/200 302/200
logout                           302/302 405/200 405/200 405/200 405/200
password_change                  302/302 200/200 200/200 200/200 200/200
password_change_done             302/302 200/405 200/405 200/405 200/405
view_on_site                     302/302 404/404 404/404 404/404 404/404
"""
REFUSED = {302, 403, 404, 405}
OTHER_METHODS = ("put", "patch", "delete", "options", "head")


def answers():
    """Each address with what each role gets: pairs of the status of a GET and of a POST."""
    rows = (line.split() for line in MATRIX.split("\n") if line)
    return {name: [tuple(map(int, pair.split("/"))) for pair in pairs] for name, *pairs in rows}


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
    is_same_on_all_databases = True

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
        link = PreviewLink.objects.create(digest="ab" * 32, article=cls.article, expires_at="2099-01-01T00:00:00Z")
        picture = {"media_type": "image/png", "width": 1, "height": 1, "size": 1}
        cls.rows["picture"] = Picture.objects.create(sha256="ef" * 32, **picture)
        cls.rows["group"] = person("other", "editor").groups.get()
        cls.people = {role: person(role, *([role] if role != "member" else [])) for role in ROLES[1:]}
        view = SavedView.objects.create(owner=cls.people["publisher"], name="等着我的", query="begun=me")
        cls.further = {
            "articles_article_bring_in": [],
            "articles_article_bulk": [],
            "articles_article_deed": [Deed.objects.create(kind="tag").pk],
            "articles_article_deeds": [],
            "articles_article_delete_view": [view.pk],
            "articles_article_discard_copy": ["x" * 30],
            **{f"articles_{table}_keep_new": [] for table in ("article", "author", "source", "tag", "theme")},
            "articles_article_keep_view": [],
            "articles_article_picture_credit": [],
            "articles_article_picture_preview": [cls.article.pk, capture.pk, 0],
            "articles_article_restore_edition": [cls.article.pk, cls.article.working_id],
            "articles_article_revoke": [cls.article.pk, link.pk],
        }

    def setUp(self):
        default_storage.save(self.rows["capture"].path, ContentFile(b"ab"))

    def address(self, name):
        if name == "app_list":
            return reverse("admin:app_list", args=["articles"])
        if name == "view_on_site":
            return reverse("admin:view_on_site", args=[0, 0])
        table = name.split("_")[1] if name.startswith(("articles_", "auth_")) else ""
        if name in self.further:
            return reverse(f"admin:{name}", args=self.further[name])
        has_key = (table and not name.endswith(("changelist", "_add"))) or name == "articles_article_picture_add"
        return reverse(f"admin:{name}", args=[self.rows[table].pk] if has_key else [])

    def browser(self, role):
        return browser_of(self.people[role]) if role in self.people else Client()

    def status(self, client, method, name):
        """Ask, and take back whatever was done."""
        point = transaction.savepoint()
        response = getattr(client, method)(self.address(name), {"version": 1} if method == "post" else None)
        list(response)  # read to its end, which closes the file of a capture
        transaction.savepoint_rollback(point)
        return response.status_code

    def test_every_address_is_listed(self):
        self.assertEqual(admin_names(), answers().keys())

    def test_every_role_gets_what_the_table_says(self):
        for position, role in enumerate(ROLES):
            client = self.browser(role)
            for name, pairs in answers().items():
                with self.subTest(role=role, name=name):
                    client = self.browser(role) if name == "logout" else client
                    got = self.status(client, "get", name), self.status(client, "post", name)
                    self.assertEqual(got, pairs[position])
                    client = self.browser(role) if name == "logout" else client

    def test_who_is_refused_changes_nothing(self):
        before = list(records.library())
        for position, role in enumerate(ROLES):
            client = self.browser(role)
            for name, pairs in answers().items():
                if pairs[position][1] in REFUSED - {302} or role == "reader":
                    client.post(self.address(name), {"version": 1, "post": "yes", "confirmed": "yes"})
            with self.subTest(role=role):
                self.assertEqual(list(records.library()), before)

    def test_no_other_method_does_anything(self):
        before = list(records.library())
        for role in ROLES:
            client = self.browser(role)
            for name in answers():
                for method in OTHER_METHODS:
                    with self.subTest(role=role, name=name, method=method):
                        response = getattr(client, method)(self.address(name))
                        list(response)
                        self.assertLess(response.status_code, 500)
        self.assertEqual(list(records.library()), before)

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

    def change_name(self, table, row):
        """Return what comes of saving the form of the row with other words."""
        words = {"author": {"name": "改过的名字", "kind": "person"}, "picture": {"credit": "改过的出处"}}[table]
        empty = {f"aliases-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")} if table == "author" else {}
        address = reverse(f"admin:articles_{table}_change", args=[row.pk])
        return self.client.post(address, {**words, **empty, "slug": "x", "version": row.version}).status_code

    def test_a_contributor_changes_authors_of_nothing_but_their_own_drafts(self):
        def signed(author, article):
            editing.sign(article.current, [editing.Signature(author)])

        free, mine, shared, handed_in, published = (make.author(f"示例作者{number}") for number in "甲乙丙丁戊")
        article = self.begin()
        for author in (mine, shared):
            signed(author, article)
        signed(shared, make.article("别人的稿"))
        waiting = editing.start(by=self.user, title="交上去的稿", body_html="<p>一句。</p>")
        signed(handed_in, waiting)
        reviewing.submit(waiting, version=waiting.version, by=self.user)
        public = editing.start(by=self.user, title="发布了的稿", body_html="<p>一句。</p>")
        signed(published, public)
        make.publish(public)
        got = [self.change_name("author", author) for author in (shared, handed_in, published, mine)]
        self.assertEqual(got, [403, 403, 403, 302])
        self.assertNotEqual(self.change_name("author", free), 403)

    def test_a_contributor_credits_pictures_of_nothing_but_their_own_drafts(self):
        described = {"media_type": "image/png", "width": 1, "height": 1, "size": 1}
        mine, shared, others = (
            Picture.objects.create(sha256=f"{number}" * 64, received_by=user, **described)
            for number, user in enumerate((self.user, self.user, None))
        )
        html = "<p>有图。</p>" + "".join(f'<figure><img src="{one.src}" alt="图"></figure>' for one in (mine, shared))
        editing.start(by=self.user, title="自己的图文", body_html=html)
        make.article("公开的图文", f'<figure><img src="{shared.src}" alt="图"></figure>', published=True)
        got = [self.change_name("picture", picture) for picture in (mine, shared, others)]
        self.assertEqual(got, [302, 403, 403])
        address = reverse("admin:articles_article_picture_credit")
        got = [
            self.client.post(address, {"src": one.src, "credit": "又改", "version": 9}).status_code
            for one in (shared, others)
        ]
        self.assertEqual(got, [403, 403])

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
