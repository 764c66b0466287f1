"""How the rows of `restoration.comparing` are drawn: what is gone, what has come, and characters nobody sees."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.restoration.bodies import Change
from articles.restoration.comparing import Row, Run

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
KINDS = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("heading 2"),
    "h3": gettext_lazy("heading 3"),
    "h4": gettext_lazy("heading 4"),
    "quote": gettext_lazy("blockquote"),
    "item": gettext_lazy("list item"),
    "numbered": gettext_lazy("numbered list item"),
    "td": gettext_lazy("table cell"),
    "th": gettext_lazy("table header cell"),
    "figcaption": gettext_lazy("caption"),
}
MARKS = {
    "strong": gettext_lazy("bold"),
    "em": gettext_lazy("italic"),
    "sub": gettext_lazy("subscript"),
    "sup": gettext_lazy("superscript"),
    "br": gettext_lazy("line break"),
}
# of longer words only the beginning is said
MOST_WORDS = 30


@register.filter
def slot(code: str) -> int:
    """Return the number of the colour and pattern of a class of findings."""
    return SLOTS.get(code, OTHER)


@register.filter
def unseen(text: str) -> SafeString:
    """Return the text with a sign for each character that cannot be seen.

    >>> unseen("账\u200b目<")
    '账<span class="sign" title="U+200B">U+200B</span>目&lt;'
    """
    # safe: the text is escaped first, and a sign is made of one character's own name and number
    return mark_safe(UNSEEN.sub(_sign, conditional_escape(text)))  # noqa: S308


def _sign(match: re.Match[str]) -> str:
    character = match[0]
    name = f"U+{ord(character):04X}"
    behind = "\n" if character == "\n" else ""
    return f'<span class="sign" title="{name}">{NAMES.get(character, name)}</span>{behind}'


@register.filter
def drawn(runs: Iterable[Run]) -> SafeString:
    """Return the runs of one side, what stands there alone marked."""
    return mark_safe("".join(map(_drawn, runs)))  # noqa: S308 -- each run is escaped


@register.filter
def left_side(row: Row) -> SafeString:
    """Return the paragraph of the left text, what is gone from it marked."""
    return drawn(run for run in row.runs if run.kind != "in")


@register.filter
def in_signs(text: str) -> str:
    """Return the text for where no markup can stand, characters that cannot be seen by their names.

    >>> in_signs("账\u200b目")
    '账U+200B目'
    """
    return UNSEEN.sub(lambda match: NAMES.get(match[0], f"U+{ord(match[0]):04X}"), text)


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


@register.filter
def in_words(change: Change) -> str:
    """Return what differs beside the words, as a person would say it.

    >>> in_words(Change("link", "https://a.example/", "", "账目"))
    'link removed from “账目”: https://a.example/'
    """
    words = Truncator(change.words).chars(MOST_WORDS)
    return SAID.get(change.code, _of_mark)(change.old, change.new, words)


def _of_kind(old: str | None, new: str | None, words: str) -> str:
    before, after = (", ".join(str(KINDS[kind]) for kind in (kinds or "").split()) for kinds in (old, new))
    return f"{before} → {after}"


def _of_frame(old: str | None, new: str | None, words: str) -> str:
    return _("the list, table or quotation around it is divided or numbered otherwise")


def _of_link(old: str | None, new: str | None, words: str) -> str:
    said = {"words": words, "old": old, "new": new}
    if not old:
        return _("link added to “%(words)s”: %(new)s") % said
    if not new:
        return _("link removed from “%(words)s”: %(old)s") % said
    return _("link on “%(words)s”: %(old)s → %(new)s") % said


def _of_mark(old: str | None, new: str | None, words: str) -> str:
    said = [_("%(mark)s removed: “%(words)s”") % {"mark": _marks(old), "words": words}] if old else []
    said += [_("%(mark)s added: “%(words)s”") % {"mark": _marks(new), "words": words}] if new else []
    return ", ".join(said)


def _marks(names: str | None) -> str:
    return ", ".join(str(MARKS[name]) for name in (names or "").split())


def _of_picture(old: str | None, new: str | None, words: str) -> str:
    if not old:
        return _("picture added: %(new)s") % {"new": new}
    if not new:
        return _("picture removed: %(old)s") % {"old": old}
    return _("picture: %(old)s → %(new)s") % {"old": old, "new": new}


def _of_place(old: str | None, new: str | None, words: str) -> str:
    return _("picture moved here from elsewhere in the text")


def _of_description(old: str | None, new: str | None, words: str) -> str:
    before, after = (_("none") if alt is None else f"“{alt}”" if alt else _("decorative") for alt in (old, new))
    return _("description of the picture: %(old)s → %(new)s") % {"old": before, "new": after}


def _of_size(old: str | None, new: str | None, words: str) -> str:
    return _("size of the picture: %(old)s → %(new)s") % {"old": old or "–", "new": new or "–"}


SAID: dict[str, Callable[[str | None, str | None, str], str]] = {
    "kind": _of_kind,
    "frame": _of_frame,
    "link": _of_link,
    "picture": _of_picture,
    "place": _of_place,
    "alt": _of_description,
    "size": _of_size,
}
