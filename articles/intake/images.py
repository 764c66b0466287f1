"""Which images of a page are pictures, and which are icons, buttons, codes to scan and advertisements."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.intake.decoding import Unreadable
from articles.intake.fetching import plain
from articles.intake.readers.html_page import mark_of

NARROWEST, LOWEST = 100, 60
# where pages keep the address of a picture that is loaded when the reader comes near it
LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazysrc",
    "data-actualsrc",
    "data-echo",
    "_src",
    "zoomfile",
    "file",
)
# icons, buttons, codes and counters, by the names that pages give them
FURNITURE = re.compile(
    r"(?<![a-z])(?:icons?|ico|logo\d?|avatar|headimg|head_img|touxiang|share\w{0,12}|qr_?code\w{0,8}|qr|erweima|ewm|"
    r"weixin|wechat|wx_?code|spacer|blank|pixel|1x1|loading|placeholder|grey|gray|btn\w{0,8}|button|arrow\w{0,6}|"
    r"ad|ads|adv|banner|advert\w{0,8}|emoji|emot\w{0,6}|face|smil\w{0,4}|counter|tongji|stat|vote|digg|zan|print|close|"
    r"bg|line|dot|nav|(?:open|read|load)?_?more|footer|sidebar|related|recommend\w{0,8}|comment\w{0,4})(?![a-z])|二维码|扫一扫|扫码|头像|图标|广告|公众号",
)
PIXELS = re.compile(r"(?<![\w-])(width|height)\s{0,3}:\s{0,3}(\d{1,5})(?:\.\d{1,4})?px")
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:$|[?!@])", re.IGNORECASE)


def address_of(image: HtmlElement, base: str) -> str:
    """Return the address of the image itself, not of what stands in for it at first; empty where it has none."""
    for name in (*LAZY, "src"):
        value = (image.get(name) or "").strip()
        if value and not value.startswith("data:"):
            try:
                address = plain(urljoin(base, value))
            except (Unreadable, ValueError):
                continue
            return "" if urlsplit(address).path.lower().endswith(".svg") else address
    return ""


def is_furniture(image: HtmlElement, address: str, base: str) -> bool:
    """Return whether the image is no picture of an article, by its size, its names and where it leads."""
    if any(size < least for size, least in _sizes(image)):
        return True
    near = [element for _, element in zip(range(2), image.iterancestors(), strict=False)]
    named = " ".join((urlsplit(address).path.rpartition("/")[2], image.get("alt", ""), *map(mark_of, (image, *near))))
    return bool(FURNITURE.search(named[:1000].lower())) or _is_advertisement(image, base)


def _sizes(image: HtmlElement) -> Iterator[tuple[int, int]]:
    """Each size in pixels the page gives the image, with the least it must be."""
    least = {"width": NARROWEST, "height": LOWEST, "data-w": NARROWEST}
    for name, most in least.items():
        value = (image.get(name) or "").strip().removesuffix("px")
        if value.isdigit() and len(value) <= 5:
            yield int(value), most
    for name, value in PIXELS.findall((image.get("style") or "")[:500].lower()):
        yield int(value), least[name]


def _is_advertisement(image: HtmlElement, base: str) -> bool:
    """Whether it is a link to another site, and not to the same picture in a larger size."""
    link = next((element for element in image.iterancestors("a")), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    host = urlsplit(urljoin(base, href)).hostname if href.startswith(("http", "//")) else None
    return host is not None and host != urlsplit(base).hostname and not PICTURE_FILE.search(href)
