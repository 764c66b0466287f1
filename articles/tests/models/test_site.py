"""What the site is called and says of itself."""

from importlib import import_module

from django.core.cache import cache
from django.test import SimpleTestCase, TestCase
from django.utils import translation

from articles import body
from articles.models import Site, SitePage, StaleVersion

FIRST_PAGES = import_module("articles.migrations._first_pages").PAGES


class FirstPageTests(SimpleTestCase):
    def test_their_texts_stand_as_the_editor_would_store_them(self):
        for slug, _title, _title_en, chinese, english in FIRST_PAGES:
            with self.subTest(slug=slug):
                self.assertEqual(body.normalise(chinese), chinese)
                self.assertEqual(body.normalise(english), english)


class SiteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Site.current()
        SitePage.objects.all().delete()
        cls.page = SitePage.objects.create(slug="about", title="关于本站", title_en="About")

    def test_it_is_asked_for_once_and_then_remembered(self):
        cache.clear()
        with self.assertNumQueries(1):
            first = Site.shown()
        with self.assertNumQueries(0):
            again = Site.shown()
        self.assertEqual((first.name, [page.title for page in again.pages_shown]), ("文脉", ["关于本站"]))

    def test_every_write_to_it_or_its_pages_is_seen_at_once(self):
        Site.shown()
        site = Site.current()
        site.name = "青禾文库"
        site.save()
        self.assertEqual(Site.shown().name, "青禾文库")
        SitePage.objects.create(slug="help", title="使用说明", position=1)
        self.assertEqual([page.slug for page in Site.shown().pages_shown], ["about", "help"])
        SitePage.objects.get(slug="help").delete()
        self.assertEqual([page.slug for page in Site.shown().pages_shown], ["about"])

    def test_whoever_read_the_row_before_the_write_was_over_is_put_right_when_it_is(self):
        with self.captureOnCommitCallbacks(execute=True):
            site = Site.current()
            site.name = "青禾文库"
            site.save()
            cache.set("site-identity", Site(name="旧名"), 60)
        self.assertEqual(Site.shown().name, "青禾文库")

    def test_a_page_for_errors_shows_what_was_last_known_and_asks_nothing(self):
        Site.objects.update(name="青禾文库")
        with self.assertNumQueries(0):
            self.assertEqual(Site.remembered().name, "文脉")
        Site.shown()
        cache.delete("site-identity")
        with self.assertNumQueries(0):
            self.assertEqual(Site.remembered().name, "青禾文库")

    def test_without_a_row_its_defaults_stand(self):
        Site.objects.all().delete()
        cache.clear()
        self.assertEqual((Site.shown().name, Site.shown().pages_shown), ("文脉", ()))

    def test_it_is_called_in_the_language_of_the_page_and_where_that_has_no_words_in_simplified(self):
        site = Site(name="文脉", name_en="Wenmai", tagline="文库", tagline_en="")
        with translation.override("en"):
            self.assertEqual((site.shown_name, site.shown_tagline), ("Wenmai", "文库"))
        with translation.override("zh-hant"):
            self.assertEqual(site.shown_name, "文脉")

    def test_simplified_is_always_offered(self):
        site = Site(offers_english=False, offers_traditional=False)
        self.assertEqual([site.offers(code) for code in ("zh-hans", "zh-hant", "en")], [True, False, False])

    def test_the_second_of_two_writers_is_told(self):
        first, second = Site.current(), Site.current()
        first.save()
        with self.assertRaises(StaleVersion):
            second.save()
