"""How lines of Chinese stand on a page: read off the place of each character, and held against the rules for them."""

from collections.abc import Iterator

from playwright.sync_api import Page

# The shortest and the longest line that has no Latin in it, by the width of the window.
WIDTHS = {
    320: (14, 18),
    360: (16, 20),
    390: (18, 22),
    768: (34, 38),
    1024: (34, 38),
    1280: (34, 38),
    1366: (34, 38),
    1920: (34, 38),
}
NEVER_FIRST, NEVER_LAST = "，。、；：？！）》”’」』〕…", "（《“‘「『〔"
# The smallest text of an article, and the least and most room a line of it takes, in times its size.
BODY, LEAST, MOST = 17, 1.7, 1.9
LINES = """() => [...document.querySelectorAll(".text p, .text li:not(:has(p)), .abstract p")].map((paragraph) => {
  const lines = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let bottom = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("sup, .unseen, .number")) continue;
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      if (bottom === null || box.top > bottom - 4) lines.push("");
      bottom = box.bottom;
      lines[lines.length - 1] += node.data[at];
    }
  }
  return {lines, isProse: paragraph.matches(".text > p")};
})"""
SIZES = """() => [...document.querySelectorAll(".text > p")].slice(0, 1).map((paragraph) => {
  const style = getComputedStyle(paragraph);
  return [parseFloat(style.fontSize), parseFloat(style.lineHeight) / parseFloat(style.fontSize)];
})"""


def read(page: Page) -> list[dict]:
    """Return the lines of each paragraph, and whether it is one of the text's own, as the browser broke them."""
    return page.evaluate(LINES)


def faults(page: Page, width: int) -> Iterator[str]:
    """Yield each line that breaks a rule, and sizes that do."""
    for paragraph in read(page):
        yield from broken(paragraph["lines"])
        if paragraph["isProse"]:
            yield from uneven(paragraph["lines"], *WIDTHS[width])
    for size, height in page.evaluate(SIZES):
        if size < BODY or not LEAST <= height <= MOST:
            yield f"text of {size} px with lines of {height:.2f}"


def broken(lines: list[str]) -> Iterator[str]:
    """Yield lines that begin or end with a mark that may not stand there, and a last line of one character."""
    yield from (f"begins with a mark: {line}" for line in lines[1:] if line[0] in NEVER_FIRST)
    yield from (f"ends with a mark: {line}" for line in lines[:-1] if line[-1] in NEVER_LAST)
    if len(lines) > 1 and len(lines[-1].strip()) < 2:
        yield f"last line of one character: {lines[-1]}"


def uneven(lines: list[str], least: int, most: int) -> Iterator[str]:
    """Yield lines between the first and the last that are too short or too long; Latin is no measure."""
    for line in lines[1:-1]:
        if not least <= len(line) <= most and not any("!" <= character <= "~" for character in line):
            yield f"{len(line)} characters: {line}"
