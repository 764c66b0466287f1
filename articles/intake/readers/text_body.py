"""The paragraphs and headings of an article in a dump."""

import re
from collections.abc import Sequence

from articles.chinese.scripts import to_simplified
from articles.intake.readers.text_lines import SENTENCE_END, Kind, Line

TEXT_KINDS = frozenset({Kind.PROSE, Kind.SHORT, Kind.LISTED})

# the first level of headings, then the second; 1.利益问题 counts only where no sentence follows
LEVELS = (
    ("h2", re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十百]{1,4}[章节部编])")),
    ("h3", re.compile(r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d))")),
)
LONGEST_HEADING = 40
HEADING_HAN = range(4, 31)
LONG_PARAGRAPH = 40

# a link inside a sentence makes a dump break the line around it
CONTINUES = re.compile(r"[，。、；：！？”’）》」』】,;:!?)]")
LINK_TEXT = 20

# 某某研究中心对群众来说: the body that wrote the text, run into its first sentence
UNIT = re.compile(
    r"([\u4e00-\u9fff]{4,28}?(?:研究中心|研究院|研究所|课题组|编辑部|党校|理论中心|大学|学院))"
    r"(?=对[^，。,]{1,20}(?:来说|而言|来讲)|习近平总书记|党的十[八九]大|当前[,，])"
)

# （执笔人：某研究院研究员某某） at the very end
SIGNED = re.compile(
    r"[（(【\[](?:本文)?(?:执笔人?|作者|作者单位|作者系|撰稿|记者|文)(?:[:：]|系|为)[^()（）。]{2,60}[)）】\]][。.]?$"
)

Paragraph = tuple[str, str]


def texts(lines: Sequence[Line]) -> list[str]:
    """Return the running text of the article's lines: furniture and repeats gone, lines broken at links rejoined."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in lines:
        if line.kind not in TEXT_KINDS or (line.text in seen and len(line.text) >= LONG_PARAGRAPH):
            continue
        seen.add(line.text)
        if kept and CONTINUES.match(line.text) and not line.after_blank:
            link = kept.pop() if _is_link(kept) else ""
            kept[-1] += link + line.text
        else:
            kept.append(line.text)
    return kept


def _is_link(kept: list[str]) -> bool:
    """Whether the last line is a link's text, taken out of the sentence above it."""
    return len(kept) > 1 and len(kept[-1]) <= LINK_TEXT and not SENTENCE_END.search(kept[-2][-8:])


def split_unit(first: str) -> tuple[str, str]:
    """Return the institution that is run into the first sentence, or "", and the sentence.

    >>> split_unit("江城市村务公开研究中心对村民来说，账目就是信任。")
    ('江城市村务公开研究中心', '对村民来说，账目就是信任。')
    """
    match = UNIT.match(to_simplified(first[:120]))
    return (first[: match.end(1)], first[match.end(1) :]) if match else ("", first)


def split_signature(last: str) -> tuple[str, str]:
    """Return the text before a signature in brackets at its end, and the signature without them.

    >>> split_signature("账目公开了，心也就齐了。（执笔人：甄小雨）")
    ('账目公开了，心也就齐了。', '执笔人：甄小雨')
    """
    tail = to_simplified(last[-100:])
    match = SIGNED.search(tail)
    if not match:
        return last, ""
    start = len(last) - len(tail) + match.start()
    return last[:start].rstrip(), last[start:].rstrip("。.")[1:-1]


def with_elements(paragraphs: Sequence[str]) -> list[Paragraph]:
    """Return each paragraph with its element: p, or h2 and h3 for headings."""
    return [(_element(paragraphs, place), text) for place, text in enumerate(paragraphs)]


def _element(paragraphs: Sequence[str], place: int) -> str:
    text = paragraphs[place]
    if len(text) > LONGEST_HEADING or SENTENCE_END.search(text[-8:]) or text.endswith(("，", ",", "、")):
        return "p"
    for element, pattern in LEVELS:
        if pattern.match(text):
            return element
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else ""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    is_heading = han in HEADING_HAN and 2 * han >= len(text) and len(below) >= LONG_PARAGRAPH
    return "h2" if is_heading and (place == 0 or len(paragraphs[place - 1]) >= LONG_PARAGRAPH) else "p"
