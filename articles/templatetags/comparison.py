"""How the rows of `restoration.comparing` are drawn: what is gone, what has come, and characters nobody sees."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.restoration.comparing import Row

register = template.Library()

# The classes of findings that are told apart by colour and pattern; those of one number are of one kind.
SLOTS = {
    "glyph_substitution": 1,
    "mixed_script": 1,
    "punctuation_width": 2,
    "missing_stop": 2,
    "masked_text": 3,
    "lost_characters": 3,
    "truncated": 3,
    "ocr_confusion": 4,
    "mojibake": 4,
    "lost_bytes": 4,
    "machine_converted": 4,
    "doubled_phrase": 5,
    "injected_text": 6,
    "inserted_pinyin": 6,
    "machine_tail": 6,
    "running_head": 6,
    "page_cut": 7,
    "glued_byline": 7,
    "glued_heading": 7,
}
OTHER = 8
UNSEEN = re.compile(
    "[\x00-\x08\t\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e01ef]|\n"
)
NAMES = {"\n": "¶", "\t": "⇥", "\u3000": "□", "\xa0": "␣"}


@register.filter
def slot(code: str) -> int:
    """Return the number of the colour and pattern of a class of findings."""
    return SLOTS.get(code, OTHER)


@register.filter
def unseen(text: str) -> SafeString:
    """Return the text with a sign for each character that cannot be seen.

    >>> unseen("账\u200b目<")
    '账<span class="unseen" title="U+200B">U+200B</span>目&lt;'
    """
    # safe: the text is escaped first, and a sign is made of one character's own name and number
    return mark_safe(UNSEEN.sub(_sign, conditional_escape(text)))  # noqa: S308


def _sign(match: re.Match[str]) -> str:
    character = match[0]
    name = f"U+{ord(character):04X}"
    behind = "\n" if character == "\n" else ""
    return f'<span class="unseen" title="{name}">{NAMES.get(character, name)}</span>{behind}'


@register.filter
def left_side(row: Row) -> SafeString:
    """Return the paragraph of the left text, what is gone from it marked."""
    return mark_safe("".join(_drawn(run) for run in row.runs if run.kind != "in"))  # noqa: S308 -- each run is escaped


@register.filter
def right_side(row: Row) -> SafeString:
    """Return the paragraph of the right text with what has come; where there is room for one text only, with both."""
    return mark_safe(  # noqa: S308 -- each run is escaped
        "".join(_drawn(run, "narrow" if run.kind == "out" else "") for run in row.runs)
    )


def _drawn(run: Any, place: str = "") -> str:
    """A run may name the finding that covers it: `code` gives its colour, `title` says what it is."""
    text, code = unseen(run.text), getattr(run, "code", "")
    if run.kind == "same" and not code:
        return text
    finding = getattr(run, "finding", 0)
    element, words = {"out": ("del", _("deleted")), "in": ("ins", _("inserted"))}.get(run.kind, ("mark", _("marked")))
    classes = f"{place} slot-{slot(code)}" if code else place
    return format_html(
        '<{} class="{}"{}><span class="visually-hidden">[{}] </span>{}</{}>',
        element,
        classes.strip(),
        format_html(' title="{}" data-finding="{}"', run.title, finding) if finding else "",
        f"{words} {run.title}" if finding else words,
        text,
        element,
    )
