"""No page for readers asks the database more than eight times: in any library, with nothing remembered yet."""

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import SitePage
from articles.tests.every_page import ADDRESSES, library

MOST = 8


class QueryTests(TestCase):
    def assert_few(self, named):
        for address in ADDRESSES:
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                response = self.client.get(address.format(**named))
            with self.subTest(address=address):
                self.assertIn(response.status_code, (200, 404, 410))
                self.assertLessEqual(len(asked), MOST, [query["sql"][:90] for query in asked])

    def test_a_small_library(self):
        self.assert_few(library(1))

    def test_a_larger_library_on_a_site_without_pages_of_its_own(self):
        SitePage.objects.all().delete()
        self.assert_few(library(5))
