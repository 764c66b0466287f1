"""What an HTML page's article is called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from articles.chinese.names import is_name
from articles.chinese.scripts import to_simplified
from articles.intake.metadata.found import ABOVE, Found, in_head

# the library's title column holds no more; what is longer is a paragraph, not a title
LONGEST_TITLE = 300
SHORTEST_TITLE = 4
SHORTEST_SHORT = 2
# how much of an article tells what it is about
LONGEST_OPENING = 5_000
LEAST_SHARED = 0.5
MOST_OF_FOREIGN = 0.2
# `<title>` may be the site alone; then the title is in large print or bold above the text, whose words it shares
LONGEST_SITE, SITE_ENDING, MOST_OF_SITE = 16, 4, 0.5
LINES_NEAR, LONGEST_LOUD, LEAST_LOUD = 15, 60, 0.2
META_NAMES = ("articletitle", "citation_title", "og:title", "dc.title", "twitter:title", "title")
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
TITLE_MARK = re.compile(
    r"title|(?<![a-z])tit(?![a-z])|headline|heading|biaoti|(?<![a-z])bt(?![a-z])|subject", re.IGNORECASE
)
NOT_TITLE_MARK = re.compile(r"site|side|related|nav|widget|modal|hot|recommend|sub|logo|list|aside", re.IGNORECASE)
ORIGINAL = re.compile(r"^[\[【（(]?原(?:标)?题为?[】\]]?(?:[:：][ \u3000]{0,3}|(?=《))(.{4,300}?)[）)\]】]?$")
# [转帖]一个会计的退休日 · 村务公开工作讲稿.doc: what forums and libraries of documents add
ADDED_BEFORE = re.compile(r"^[\[【](?:转帖|转载|转贴|原创|分享|推荐)[\]】][ \u3000]{0,2}(?=.{4})")
ADDED_BEHIND = re.compile(r"(?<=.{4})\.(?:docx?|pdf|pptx?|xlsx?|txt|wps)$", re.IGNORECASE)
SUBTITLE_MARK = re.compile(r"sub-?title|subtit|fubiaoti|futitle|title2|ftitle", re.IGNORECASE)
DASH_LINE = re.compile(r"^(?:——|--|―)[^。]{4,60}$")

NOT_LETTERS = re.compile(r"[\W_]+")
SEPARATOR = re.compile(r"[ \u3000]{0,3}(?:[_|｜丨»]+|--+|[-–](?=[^-–]{2,40}$)|(?<= )[-–](?= ))[ \u3000]{0,3}")
SITE_WORD = re.compile(
    r"网|频道|新闻|日报|晚报|[\u4e00-\u9fff]报$|论坛|平台|官网|门户|中心|在线|资讯|客户端|首页|传媒|公司|学会|协会|大学|学院|博客|栏目|"
    r"\.(?:com|cn|net|org)|portal|archiver|office|news|设计$|两岸|生活$|时政|要闻|要聞|財經|财经",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the page that may be its title; `place` is its number among the lines, `spaced` and `signed` as in
    `Line`."""

    text: str
    element: str
    mark: str
    place: int
    is_linked: bool = False
    spaced: str = ""
    signed: str = ""
    order: int = 0
    is_loud: bool = False


def find_title(lines: Sequence[Candidate], head_title: str, meta: Mapping[str, str], text: str = "") -> Found[str]:
    """Return the title, or "" when the page shows none that fits.

    `lines` are those above the text. First choice is the longest of them (two, where a break splits the title) that
    the page's `<title>` repeats, then what the head of the page says, a heading near the text, and `<title>` itself.
    Where the heading shares its words with the beginning of the article, `text`, and `<title>` is about something
    else, the address has changed hands, and the heading is believed.
    """
    original = next((match[1] for line in lines if (match := ORIGINAL.match(line.text))), "")
    found = next((choice for choice in _choices(lines, head_title, meta, text) if _fits(choice)), Found(""))
    return replace(found, value=_without_spam(found.value, original))


def _choices(lines: Sequence[Candidate], head_title: str, meta: Mapping[str, str], text: str) -> Iterator[Found[str]]:
    heading = _heading(lines)
    short = _short(lines, head_title)
    yield Found(short, "short", short, ABOVE)
    if _is_foreign(head_title, heading, text):
        yield Found(heading, "heading_of_text", heading, ABOVE)
    if _is_site(head_title, text):
        loud = heading or _loud(lines, text)
        yield Found(loud, "heading_of_text", loud, ABOVE)
    repeated = _repeated(lines, head_title)
    yield Found(repeated, "repeated", repeated, ABOVE)
    for name in META_NAMES:
        said = meta.get(name, "")
        shown = _repeated(lines, said)
        yield Found(shown, "repeated", shown, ABOVE) if shown else in_head(_without_site(said), name)
    yield Found(heading, "heading", heading, ABOVE)
    yield in_head(_without_site(head_title), head_title, "head_title")


def _is_foreign(head_title: str, heading: str, text: str) -> bool:
    """Whether `<title>` has nothing of the heading and of the text, while the heading has much of the text."""
    said, shown, written = _pairs(head_title), _pairs(heading), _pairs(text)
    if not said or not shown or said & shown:
        return False
    return len(shown & written) >= LEAST_SHARED * len(shown) and len(said & written) <= MOST_OF_FOREIGN * len(said)


def _is_site(head_title: str, text: str) -> bool:
    """Whether `<title>` is the name of the site, of which the text does not speak."""
    said = _pairs(head_title)
    is_name = (
        not SEPARATOR.search(head_title)
        and len(head_title) <= LONGEST_SITE
        and bool(SITE_WORD.search(head_title[-SITE_ENDING:]))
    )
    return is_name and len(said & _pairs(text)) <= MOST_OF_SITE * len(said)


def _loud(lines: Sequence[Candidate], text: str) -> str:
    """The line in bold or large print that shares most with the text, with the others of its block."""
    written = _pairs(text)
    near = [
        line for line in lines[-LINES_NEAR:] if line.is_loud and not line.is_linked and len(line.text) <= LONGEST_LOUD
    ]
    blocks = [
        "".join(line.text for line in near if line.order == order)
        for order in dict.fromkeys(line.order for line in near)
    ]
    shared = {block: len(_pairs(block) & written) for block in blocks if len(letters(block)) >= SHORTEST_TITLE}
    best = max(shared, key=lambda block: shared[block], default="")
    return best if best and shared[best] >= LEAST_LOUD * len(_pairs(best)) else ""


def _pairs(text: str) -> set[str]:
    plain = NOT_LETTERS.sub("", to_simplified(text[:LONGEST_OPENING])).lower()
    return {plain[place : place + 2] for place in range(len(plain) - 1)}


def part_author(title: str, lines: Sequence[str], authors: Sequence[str], has_unit: bool) -> tuple[str, str]:
    """Return the title without an author's name run into its end, and that name; ("…", "") where there is none.

    The rest of the page must say so: a line or title marks (《…》) show the title alone, the byline has the name, or
    the page prints an author's unit and names nobody, and nothing else on it has the name.

    >>> part_author("第三本账簿温小舟", ["《第三本账簿》读后"], [], has_unit=False)
    ('第三本账簿', '温小舟')
    """
    for length in (3, 2, 4):
        rest, name = title[:-length], title[-length:]
        if len(letters(rest)) < SHORTEST_TITLE or not is_name(name):
            continue
        is_shown = any(letters(line) == letters(rest) or f"《{rest}》" in line for line in lines)
        elsewhere = any(name in line for line in lines if not line.startswith(title))
        is_missing = has_unit and not authors and length == 3 and not elsewhere
        if name in authors or is_shown or is_missing:
            return rest.rstrip(" \u3000"), name
    return title, ""


def place_of(lines: Sequence[Candidate], title: str, before: int) -> int:
    """Return the number of the line that shows the title, or the better half of it; -1 where none does.

    Of several it is the last above line `before`, where the text begins: some pages show their title at the top too.
    """
    own = (line for line in lines if line.element != "title" and not line.is_linked)
    shown = [line.place for line in own if _shows(line.text, title)]
    above = [place for place in shown if place < before]
    return above[-1] if above else next(iter(shown), -1)


def _shows(text: str, title: str) -> bool:
    part, whole = letters(text), letters(title)
    return bool(part) and 2 * len(part) >= len(whole) and (whole.startswith(part) or whole.endswith(part))


def find_subtitle(lines: Sequence[Candidate], title: str, before: int) -> Found[str]:
    """Return the line under the title that is marked as a subtitle or begins with a dash, or ""."""
    below = place_of(lines, title, before)
    for line in lines:
        is_dashed = bool(DASH_LINE.match(line.text))
        if below < line.place <= below + 3 and (is_dashed or SUBTITLE_MARK.search(line.mark)):
            subtitle = line.text.lstrip("—-―").strip()[:LONGEST_TITLE]
            is_new = letters(line.text) not in letters(title)
            return Found(subtitle if is_new else "", "dash" if is_dashed else "marked", line.text)
    return Found("")


def letters(text: str) -> str:
    """Return what of a title counts when two are compared: letters and digits, in Simplified characters."""
    return _letters(text[: 2 * LONGEST_TITLE])


# every line above the text is compared with a dozen values
@lru_cache(maxsize=4_000)
def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", to_simplified(text)).lower()


def _fits(choice: Found[str]) -> bool:
    is_long = len(choice.value) >= SHORTEST_TITLE or (choice.rule == "short" and bool(choice.value))
    return is_long and len(choice.value) <= LONGEST_TITLE


def _short(lines: Sequence[Candidate], head_title: str) -> str:
    """A title of two or three characters (秤砣), where `<title>` begins with it and an element for titles shows it."""
    first = SEPARATOR.split(head_title.strip(), maxsplit=1)[0].strip()
    shown = (line for line in lines if line.text == first and line.element != "title" and not line.is_linked)
    is_marked = any(line.element in HEADINGS or TITLE_MARK.search(line.mark) for line in shown)
    return (
        first
        if is_marked and SHORTEST_SHORT <= len(letters(first)) < SHORTEST_TITLE and not SITE_WORD.search(first)
        else ""
    )


def _repeated(lines: Sequence[Candidate], head_title: str) -> str:
    """The line, or two lines on end, that stand in `<title>`: at its start before elsewhere, longer before shorter."""
    wanted = letters(head_title)
    if not wanted:
        return ""
    found = [
        (wanted.startswith(part), len(part), text)
        for text, part in _singles_and_pairs(lines)
        if len(part) >= SHORTEST_TITLE and part in wanted and len(text) <= LONGEST_TITLE
    ]
    starting = [each for each in found if each[0]]
    if starting:
        return max(starting, key=lambda each: each[1])[2]
    # a site's name may stand before the title: Site - Title
    ending = [each for each in found if wanted.endswith(letters(each[2])) and not SITE_WORD.search(each[2])]
    return max(ending, key=lambda each: each[1])[2] if ending else ""


def _singles_and_pairs(lines: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.element != "title":
            yield line.text, letters(line.text)
    for first, second in pairwise(lines):
        if (
            first.element != "title"
            and len(letters(first.text)) >= SHORTEST_TITLE
            and letters(second.text)
            and first.text != second.text
        ):
            yield _joined(first.text, second.text), letters(first.text + second.text)


def _joined(first: str, second: str) -> str:
    return f"{first} {second}" if first[-1].isascii() and second[0].isascii() else first + second


def _heading(lines: Sequence[Candidate]) -> str:
    """The heading nearest the text, or the line whose element is called a title."""
    near = [line for line in reversed(lines) if not line.is_linked and 6 <= len(line.text) <= 100]
    headings = [line for line in near if line.element in HEADINGS and not NOT_TITLE_MARK.search(line.mark)]
    marked = [line for line in near if TITLE_MARK.search(line.mark) and not NOT_TITLE_MARK.search(line.mark)]
    return next((line.text for line in headings + marked if len(letters(line.text)) >= SHORTEST_TITLE), "")


def _without_site(head_title: str) -> str:
    """Cut the names of channel and site from the end of `<title>`, and a site's from its start."""
    parts = [part.strip() for part in SEPARATOR.split(head_title) if part and part.strip()]
    while len(parts) > 1 and (len(parts[-1]) <= 6 or SITE_WORD.search(parts[-1])):
        parts.pop()
    if len(parts) == 1:
        return parts[0]
    end = head_title.rfind(parts[-1]) + len(parts[-1]) if parts else 0
    return head_title[:end].strip()


def _without_spam(title: str, original: str) -> str:
    """Drop what a hijacked site set before the title, where the page also prints the original title (原标题：…)."""
    if original and title != original and letters(title).endswith(letters(original)) and title.startswith(("[", "【")):
        return original
    return ADDED_BEHIND.sub("", ADDED_BEFORE.sub("", title))
