from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase

from site_project.logs import OneLine


class HealthTests(TestCase):
    def test_it_says_that_it_lives_without_asking_the_database(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/healthz").status_code, 200)

    def test_it_is_ready_when_every_migration_is_in(self):
        self.assertEqual(self.client.get("/readyz").status_code, 200)
        MigrationRecorder(connection).migration_qs.filter(app="articles").delete()
        response = self.client.get("/readyz")
        self.assertEqual((response.status_code, response.content), (503, b"migrations\n"))


class PolicyReportTests(TestCase):
    def test_a_report_is_written_to_the_log_on_one_line(self):
        with self.assertLogs("articles.views.operations") as logged:
            response = self.client.post("/csp-report/", b'{"a":\n"\x1b[31m"}', content_type="application/csp-report")
        self.assertEqual(response.status_code, 204)
        line = OneLine("%(message)s").format(logged.records[0])
        self.assertNotIn("\n", line)
        self.assertNotIn("\x1b", line)

    def test_a_huge_report_is_cut(self):
        with self.assertLogs("articles.views.operations") as logged:
            self.client.post("/csp-report/", b"x" * 100_000, content_type="application/csp-report")
        self.assertLess(len(logged.records[0].getMessage()), 10_000)
