"""Who may do what: every address of ours, for every role; an address that is not listed here fails."""

from datetime import timedelta

from django.test import Client, SimpleTestCase, TestCase
from django.urls import get_resolver, include, path, reverse
from django.utils import timezone

from articles.actions import editing, publishing, reviewing
from articles.admin import rules
from articles.exports import records
from articles.models import Article, Picture, SavedView, Source, Theme
from articles.tests import make
from articles.tests.admin import routes
from articles.tests.admin.people import browser_of, person, sent_by
from articles.views import operations

ROLES = routes.ROLES
REFUSED = {302, 403, 404, 405}
OTHER_METHODS = ("put", "patch", "delete", "options", "head")


class MatrixTests(TestCase):
    """Every address, for every role, on rows that others made.

    `reader` is nobody, `member` is staff without a group. A POST asks for nothing that could be done, so whoever is let
    in is told what is wrong with it.
    """

    is_same_on_all_databases = True

    @classmethod
    def setUpTestData(cls):
        cls.rows = routes.Rows.made()
        cls.people = {role: person(role, *([role] if role != "member" else [])) for role in ROLES[1:]}
        cls.rows.further["view"] = SavedView.objects.create(
            owner=cls.people["publisher"], name="等着我的", query="begun=me"
        ).pk

    def setUp(self):
        self.rows.write_files()

    def browser(self, role):
        return browser_of(self.people[role]) if role in self.people else Client()

    def test_every_address_is_listed(self):
        self.assertEqual(routes.unlisted(get_resolver().url_patterns), [])

    def test_every_role_gets_what_the_table_says(self):
        for position, role in enumerate(ROLES):
            client = self.browser(role)
            for one in routes.listed():
                with self.subTest(role=role, route=one.route):
                    client = self.browser(role) if one.name == "logout" else client
                    self.assertEqual(routes.statuses(client, self.rows.address(one.route)), one.answers[position])
                    client = self.browser(role) if one.name == "logout" else client

    def test_who_is_refused_changes_nothing(self):
        before = list(records.library())
        for position, role in enumerate(ROLES):
            client = self.browser(role)
            for one in routes.listed():
                if int(one.answers[position].split("/")[1]) in REFUSED - {302} or role == "reader":
                    data = {"version": 1, "post": "yes", "confirmed": "yes"}
                    client.post(self.rows.address(one.route), data)
            with self.subTest(role=role):
                self.assertEqual(list(records.library()), before)

    def test_no_other_method_does_anything(self):
        before = list(records.library())
        # all of them by who has every right that others have, and one that would write by nobody
        for role, methods in (("reader", ("put",)), ("publisher", OTHER_METHODS)):
            client = self.browser(role)
            for one in routes.listed():
                for method in methods:
                    with self.subTest(role=role, route=one.route, method=method):
                        response = getattr(client, method)(self.rows.address(one.route))
                        list(response)
                        self.assertLess(response.status_code, 500)
        self.assertEqual(list(records.library()), before)

    def named(self, name):
        return self.rows.address(next(one.route for one in routes.listed() if one.name == name))

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
                    status = client.post(self.named(name), {"title": "改", "name": "改", "version": 1}).status_code
                    self.assertIn(status, (302, 403))
        self.assertEqual(Article.objects.get(pk=self.rows.article.pk).title, "别人的稿")
        self.assertNotIn(
            "改", {*Theme.objects.values_list("name", flat=True), *Source.objects.values_list("name", flat=True)}
        )

    def test_only_publishers_publish(self):
        data = {"confirmed": "yes", f"version-{self.rows.article.pk}": self.rows.article.version}
        for role in ROLES:
            client = self.browser(role)
            client.post(reverse("admin:articles_article_publish", args=[self.rows.article.pk]), data)
            listed = {**data, "action": "publish_selected", "_selected_action": self.rows.article.pk}
            client.post(reverse("admin:articles_article_changelist"), listed)
            status = Article.objects.get(pk=self.rows.article.pk).status
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
            self.assertEqual(client.get(self.named(name)).status_code, 200)


class StateTests(TestCase):
    """The addresses of one article, for whoever began it, at each step of its way: what differs from the matrix."""

    is_same_on_all_databases = True

    @classmethod
    def setUpTestData(cls):
        cls.rows = routes.Rows.made()
        cls.rows.further["view"] = 0
        cls.people = {role: person(role, role) for role in ROLES[2:]}

    def setUp(self):
        self.rows.write_files()

    def test_every_role_gets_what_the_table_says(self):
        for state in routes.STATES:
            for role, user in self.people.items():
                self.rows.tables["article"] = routes.began(user, state)
                client = browser_of(user)
                for one in routes.of_an_article():
                    with self.subTest(state=state, role=role, route=one.route):
                        got = routes.statuses(client, self.rows.address(one.route))
                        self.assertEqual(got, routes.answer_in(state, one, role))

    def test_readers_see_what_is_published_and_are_told_what_was_withdrawn(self):
        of_readers = [one for one in routes.of_an_article() if not one.route.startswith("admin/")]
        self.assertGreaterEqual(len(of_readers), 10)
        for state in routes.STATES:
            self.rows.tables["article"] = routes.began(self.people["editor"], state)
            for one in of_readers:
                with self.subTest(state=state, route=one.route):
                    got = routes.statuses(Client(), self.rows.address(one.route))
                    self.assertEqual(got, routes.answer_in(state, one, "reader"))


class PlantedTests(SimpleTestCase):
    """The list of addresses misses nothing that somebody might add."""

    def planted(self, *patterns, prefix=""):
        there = get_resolver().url_patterns
        return routes.unlisted([path(prefix, include((list(patterns), "planted"))), *there])

    def test_an_address_that_is_not_listed_is_found(self):
        for prefix in ("", "admin/", "admin/articles/article/<int:pk>/", "media/"):
            with self.subTest(prefix=prefix):
                found = self.planted(path("quietly/", operations.alive, name="quietly"), prefix=prefix)
                self.assertEqual(found, [(f"{prefix}quietly/", "quietly")])

    def test_one_without_a_name_is_found(self):
        self.assertEqual(self.planted(path("admin/quietly/", operations.alive)), [("admin/quietly/", "-")])

    def test_a_second_one_of_a_listed_name_is_found(self):
        found = self.planted(path("admin/quietly/", operations.alive, name="articles_article_publish"))
        self.assertEqual(found, [("admin/quietly/", "articles_article_publish")])

    def test_a_listed_one_that_stands_twice_is_found(self):
        publish = "admin/articles/article/<int:pk>/publish/"
        found = self.planted(path(publish, operations.alive, name="articles_article_publish"))
        self.assertEqual(found, [(publish, "articles_article_publish")])

    def test_a_listed_one_that_is_gone_is_found(self):
        there = [entry for entry in get_resolver().url_patterns if str(entry.pattern) != "healthz"]
        self.assertEqual(routes.unlisted(there), [("healthz", "-")])


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

    def test_a_contributor_goes_on_with_what_was_scheduled_and_taken_out_again(self):
        article = make.publish(self.begin(), at=timezone.now() + timedelta(days=1))
        self.assertEqual(self.change(article), 403)
        self.assertEqual(self.change(publishing.unschedule(article, version=article.version)), 302)
        article = Article.objects.get()
        self.assertEqual((article.working.title, article.working.made_by), ("改过的稿", self.user))
        self.assertTrue(rules.may_submit(self.user, article))

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
