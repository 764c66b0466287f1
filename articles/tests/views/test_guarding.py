"""Who sends a letter is known for a day, and by a name that says nothing."""

import time
from unittest import mock

from django.test import SimpleTestCase

from articles.views import guarding


class GuardingTests(SimpleTestCase):
    def client_of(self, address):
        return guarding.client_of(mock.Mock(META={"REMOTE_ADDR": address}))

    def test_a_network_of_the_sixth_version_is_one_client(self):
        self.assertEqual(self.client_of("2001:db8:1:2::1"), self.client_of("2001:db8:1:2:ffff::9"))
        self.assertNotEqual(self.client_of("2001:db8:1:2::1"), self.client_of("2001:db8:1:3::1"))
        self.assertNotEqual(self.client_of("203.0.113.1"), self.client_of("203.0.113.2"))

    def test_tomorrow_a_client_has_another_name(self):
        today = self.client_of("203.0.113.1")
        with mock.patch.object(guarding.time, "time", return_value=time.time() + guarding.DAY):
            self.assertNotEqual(self.client_of("203.0.113.1"), today)
