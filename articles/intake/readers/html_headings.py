"""Which paragraphs of an article are headings, whatever the page made them of."""

import re
from collections.abc import Sequence

from articles.intake.readers.html_blocks import Block

LONGEST = 40
LONGEST_MARKED = 80
# 一、基本情况 · 第二章 预算
FIRST_LEVEL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|第[一二三四五六七八九十百]{1,4}[章编部篇节][ \u3000、：:]?)"
    r"[^，。；！？]{1,40}"
)
# （一）收入
SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][^，。；！？]{1,40}")
# 2.1. 样本 · 3.2 结果: journals give every level the same element
DEEPER = re.compile(r"\d{1,2}[.．]\d{1,2}(?![\d年月日万亿元%％])")
LOWEST = 4
COMMAS = re.compile("[，,]")
ENDS_SENTENCE = tuple("。；，,;：:、…")
HEADINGS = ("h2", "h3", "h4")


def mark(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with numbered and bold short paragraphs made headings, and overlong headings paragraphs.

    A paragraph is a heading only when running text follows: items of a list (一、… 二、…) stay paragraphs.
    """
    levels = [_level(block) for block in blocks]
    bold = 3 if any(level == 2 for level in levels) else 2
    levels = [bold if level == 0 else level for level in levels]
    for index in range(len(blocks)):
        if levels[index] and not _introduces(index, levels):
            levels[index] = None
    return [_with_level(block, level) for block, level in zip(blocks, levels, strict=True)]


def _level(block: Block) -> int | None:
    """2 to 4 for a heading, 0 for a bold line that may be one, None for text."""
    if block.element in HEADINGS:
        is_short = len(block.text) <= LONGEST_MARKED and not block.text.endswith("。")
        level = int(block.element[1]) + bool(DEEPER.match(block.text))
        return min(level, LOWEST) if is_short else None
    if block.element != "p" or len(block.text) > LONGEST or block.text.endswith(ENDS_SENTENCE):
        return None
    is_bold = block.is_strong and not block.is_linked
    for level, pattern in ((2, FIRST_LEVEL), (3, SECOND_LEVEL)):
        # a comma speaks for a sentence, but not in bold
        if pattern.fullmatch(COMMAS.sub("", block.text) if is_bold else block.text):
            return level
    return 0 if is_bold else None


def _introduces(index: int, levels: Sequence[int | None]) -> bool:
    """Whether text or a lower heading follows."""
    following = levels[index + 1] if index + 1 < len(levels) else levels[index]
    return following is None or following > (levels[index] or 0)


def _with_level(block: Block, level: int | None) -> Block:
    element = block.element
    if level:
        element = f"h{level}"
    elif element in HEADINGS:
        element = "p"
    return Block(element, block.html, block.text, block.order, block.mark, block.linked, block.strong)
