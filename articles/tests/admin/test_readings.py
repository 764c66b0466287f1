"""What editors see of how a page was read."""

from contextlib import suppress
from pathlib import Path

from django.test import TestCase
from django.urls import reverse

from articles import intake
from articles.actions import capturing
from articles.admin import readings
from articles.models import Capture
from articles.tests.admin.people import browser_of, person

PAGES = Path(__file__).resolve().parent.parent / "pages"
PAGE = """<html><head><title>账目上墙之后_江城日报</title></head><body><h1>账目上墙之后</h1>
<p>2013年10月21日 来源：<i>江城</i>日报 &lt;b&gt; 作者：温小舟</p><div id="zoom">
<p>村口的墙上贴出了去年的账目，每一笔都写着经手人的名字。</p><p>看不懂的地方，会计当场解释，一个上午来了四十多人。</p>
</div></body></html>"""


class ReadingsTests(TestCase):
    def setUp(self):
        self.client = browser_of(person("何清", "publisher"))

    def test_a_captures_page_says_where_each_field_was_read(self):
        capturing.take_in(capturing.Page(PAGE.encode(), name="a.html"))
        page = self.client.get(reverse("admin:articles_capture_change", args=[Capture.objects.get().pk]))
        self.assertContains(
            page,
            "<td>2013-10-21</td>"
            "<td>标题之下<br>2013年10月21日 来源：江城日报 &lt;b&gt; 作者：温小舟</td>"
            "<td>没有标签的日期<br>99%</td>",
        )

    def test_every_field_place_and_rule_has_a_name(self):
        read = []
        for page in PAGES.rglob("*.html"):
            with suppress(intake.Unreadable):
                read += intake.read(page.read_bytes(), name=page.name).readings
        self.assertGreater(len(read), 10)
        self.assertEqual({each.field for each in read} - set(readings.FIELDS), set())
        self.assertEqual({each.place for each in read} - set(readings.PLACES), set())
        self.assertEqual({each.rule for each in read} - set(readings.RULES), set())
