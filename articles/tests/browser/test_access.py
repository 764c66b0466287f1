"""What axe finds on our pages against WCAG 2.2 A and AA, in both colour schemes and at both widths."""

from axe_playwright_python.sync_playwright import Axe

from articles.models import parse_precise
from articles.tests import make
from articles.tests.browser.chromium import DESKTOP, PHONE, BrowserTestCase

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
# The list that Select2, Django's own autocomplete, draws has a search box among its items; it is not ours to mend.
NOT_OURS = ".select2-selection__rendered"


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

    def faults(self) -> list[str]:
        """Look at the page in light and dark, on phone and desk, and name each fault found."""
        found = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            for viewport in (PHONE, DESKTOP):
                self.page.set_viewport_size(viewport)
                answer = Axe().run(self.page, context={"exclude": [[NOT_OURS]]}, options=RULES)
                found += [
                    f"{scheme} {viewport['width']} {fault['id']}: {node['target']} {node['html'][:120]}"
                    for fault in answer.response["violations"]
                    for node in fault["nodes"]
                ]
        return found

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
