"""Where on the page the article stands: readability first, then containers and two other extractors."""

import re
from collections.abc import Callable

from lxml import etree
from lxml.html import HtmlElement
from readability import readability

from articles.intake.readers.html_page import Page, lines_of, mark_of

# What Chinese content systems call the box of the article: TRS, WeChat, Founder, VSB, UCAP and the big portals.
CONTAINERS = re.compile(
    r"(?<![\w-])(?:trs_editor\w{0,20}|trs_uedit\w{0,20}|js_content|zoom|zoomcon|vsb_content\w{0,10}|v_news_content|rwb_zw|endtext|"
    r"artibody|p-detail|ucap-content|founder-content|article-content|article_content|articlecontent)(?![\w-])"
)
FEWEST_HAN = 200
LEAST_SHARE = 0.25
HAN = re.compile(r"[\u3400-\u9fff]")


class _Readability(readability.Document):
    """readability on our tree: keeps the element found, and leaves attributes to our own normaliser."""

    found: HtmlElement | None = None

    def get_clean_html(self) -> str:
        self.found = self.html
        return etree.tounicode(self.html, method="html")


def find_body(page: Page) -> HtmlElement | None:
    """Return the element that holds the article, or None where no way of looking finds any sentence."""
    wanted = max(1, int(LEAST_SHARE * _sentence_han(page.tree)))
    best: HtmlElement | None = None
    most = 0
    for look in WAYS:
        found = look(page)
        han = _sentence_han(found) if found is not None else 0
        if han > most:
            best, most = found, han
        if most >= wanted and most >= FEWEST_HAN:
            break
    return best


def _sentence_han(element: HtmlElement) -> int:
    return sum(len(HAN.findall(line.text)) for line in lines_of(element) if "。" in line.text and not line.is_linked)


def _by_readability(page: Page) -> HtmlElement | None:
    for element in page.tree.iter("*"):
        if CONTAINERS.search(mark_of(element)):
            # WeChat hides the article until its script has run
            element.attrib.pop("style", None)
    document = _Readability(page.tree)
    try:
        document.summary(html_partial=True)
    except readability.Unparseable:
        return None
    return document.found


def _by_container(page: Page) -> HtmlElement | None:
    boxes = [element for element in page.tree.iter("*") if CONTAINERS.search(mark_of(element))]
    return max(boxes, key=_sentence_han, default=None)


WAYS: tuple[Callable[[Page], HtmlElement | None], ...] = (_by_readability, _by_container)
