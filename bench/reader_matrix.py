"""Every kind of public page, looked at in Chromium: `.venv/bin/python bench/reader_matrix.py http://127.0.0.1:8000`.

Some addresses of each kind are found by following links from the home page; others can be named after the site's own.
Each is opened in every language and at every width, in light and dark, and held against WCAG 2.2 AA (axe), its own
width, the content policy and the browser's console; text also against the smallest size and the rules for lines.
"""

import argparse
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.tests import services
from articles.tests.browser import lines

LANGUAGES = ("", "/zh-hant", "/en")
WIDTHS = (320, 390, 768, 1024, 1366, 1920)
# The dark page differs from the light one in its colours alone, so that the rules about colours say all there is.
RULES = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# Files, what only script asks for, and what is not for readers.
NO_PAGE = re.compile(r"\.\w{2,4}$|/cite/.|/(read|useful|counts)/$|^/(admin|static|media|en|zh-hant)/")
NAMED = re.compile(r"^/(themes|sources|authors|tags|pages|letters)/[^/]+")
SMALLEST = 14
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
AXE = """async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations.flatMap(
  ({id, nodes}) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 120)}`))"""
SMALL = """(smallest) => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    const words = node.data.trim().slice(0, 20);
    if (words && parent.checkVisibility() && size < smallest - 0.01) found.add(`${size}px: ${words}`);
  }
  return [...found];
}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site")
    parser.add_argument("paths", nargs="*", help="further addresses, as of pages to which no link leads")
    parser.add_argument("--each", type=int, default=2, help="so many addresses of each kind (2)")
    given = parser.parse_intermixed_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
        context = browser.new_context()
        paths = [*found(context.new_page(), given.site, given.each), *given.paths] if given.each else given.paths
        began, faults, looks = time.monotonic(), 0, 0
        for path in paths:
            print(path, flush=True)
            for fault in looked(context, given.site, path):
                print(f"  {fault}", flush=True)
                faults += 1
            looks += len(LANGUAGES) * len(WIDTHS) * len(RULES)
        browser.close()
    print(f"{len(paths)} pages, {looks} looks, {faults} faults, {time.monotonic() - began:.0f} s")
    return faults > 0


def found(page: Page, site: str, most: int) -> Iterator[str]:
    """Yield addresses that links lead to from the home page, at most so many of each kind."""
    waiting, seen, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        kind = re.sub(r"\d+", "N", NAMED.sub(r"/\1/NAME", re.sub(r"=[^&]*", "=", path)))
        if kinds[kind] == most:
            continue
        kinds[kind] += 1
        yield path
        page.goto(site + path)
        for href in page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))"):
            address = urlsplit(urljoin(site + path, href))
            led = unquote(address.path) + (f"?{address.query}" if address.query else "")
            if site.endswith(address.netloc) and not NO_PAGE.search(address.path) and led not in seen:
                seen.add(led)
                waiting.append(led)


def looked(context: BrowserContext, site: str, path: str) -> Iterator[str]:
    """Yield each fault of the page, with the language, width and scheme that showed it."""
    for prefix in LANGUAGES:
        for width in WIDTHS:
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.add_init_script(LISTEN)
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site + prefix + path)
            where = f"{prefix or '/zh-hans'} {width}"
            yield from (f"{where} {fault}" for fault in at_rest(page, width, said))
            page.evaluate(AXE_SCRIPT)
            for scheme, rules in RULES.items():
                page.emulate_media(color_scheme=scheme)
                yield from (f"{where} {scheme} {fault}" for fault in page.evaluate(AXE, rules))
            page.close()


def at_rest(page: Page, width: int, said: list[str]) -> Iterator[str]:
    """Yield what is wrong before axe, which writes a style of its own into the page."""
    yield from page.evaluate("window.violations")
    yield from (text for text in said if not text.startswith("Failed to load resource"))  # 404 and 410 are pages too
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{wide} wide"
    yield from page.evaluate(SMALL, SMALLEST)
    yield from lines.faults(page, width)


if __name__ == "__main__":
    sys.exit(main())
