"""What axe finds on our pages against WCAG 2.2 A and AA, in both colour schemes and at both widths."""

from articles.models import parse_precise
from articles.tests import make
from articles.tests.browser.chromium import BrowserTestCase


class AccessTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        theme = make.theme("村务公开", introduction="账目怎样贴到墙上。", parent=make.theme("公众参与"))
        moment, precision = parse_precise("2021-03-05")
        source = make.source(kind="newspaper", notes="示例来源。")
        self.article = make.article(
            body="<h2>一、账目</h2><p>贴在墙上<sup>[1]</sup>。</p><h2>二、会议</h2><p>开在院里。</p><h3>记录</h3><p>贴在村口。</p>",
            notes="见村务公开栏。",
            abstract="账目怎样贴到墙上。",
            authors=("林山",),
            theme=theme,
            reason="最早写到这件事",
            tags=("村务",),
            original_source=source,
            original_date=moment,
            original_precision=precision,
            published=True,
        )
        make.excerpt(self.article, theme, "开在院里", aspect="会议")
        make.witness(self.article, source)

    def test_readers_pages_have_no_fault(self):
        number = self.article.pk
        paths = (
            "/",
            "/themes/",
            "/themes/村务公开/",
            "/sources/",
            "/sources/青禾日报/",
            "/authors/林山/",
            "/tags/村务/",
        )
        years = ("/archive/", "/archive/2021/", "/articles/999/")
        languages = (f"/articles/{number}/", f"/zh-hant/articles/{number}/", f"/en/articles/{number}/")
        for path in (*paths, *years, *languages):
            self.go(path)
            with self.subTest(path=path):
                self.assertEqual(self.faults(), [])
