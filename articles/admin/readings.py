"""How a capture was read, shown to editors: every field with its place, its rule and how sure that is."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Promise] = {
    "title": _("title"),
    "subtitle": _("subtitle"),
    "authors": _("authors"),
    "original_source": _("original source"),
    "site": _("site"),
    "editor": _("editor"),
    "published": _("date"),
    "abstract": _("abstract"),
    "keywords": _("keywords"),
    "tags": _("tags"),
    "breadcrumb": _("path of channels"),
    "url": _("address"),
    "body": _("text"),
}
PLACES: dict[str, Promise] = {
    "under the title": _("under the title"),
    "first paragraphs": _("first paragraphs"),
    "last paragraphs": _("last paragraphs"),
    "below the text": _("below the text"),
    "above the text": _("above the text"),
    "around the text": _("around the text"),
    "page head": _("head of the page"),
    "pictures": _("pictures"),
    "properties": _("properties of the file"),
    "title": _("title"),
    "text": _("text"),
}
RULES: dict[str, Promise] = {
    "account": _("name of the account"),
    "alone": _("stands alone on its line"),
    "beside_date": _("stands beside the date"),
    "beside_source": _("stands beside the source"),
    "breaks": _("many short lines, as a poem has"),
    "buttons": _("stands beside the buttons"),
    "container": _("box that such systems use for texts"),
    "credit": _("sentence about the first printing"),
    "dash": _("line that begins with a dash"),
    "date_line": _("date without a label"),
    "day_first": _("day-first date that the head confirms"),
    "head_title": _("title of the window"),
    "heading": _("heading nearest the text"),
    "heading_of_text": _("heading that shares its words with the text"),
    "issue": _("issue of the journal"),
    "journal": _("name of the journal"),
    "justext": _("density of running text (jusText)"),
    "label": _("label"),
    "marked": _("line that the page marks so"),
    "meta": _("value in the head of the page"),
    "path": _("path of channels"),
    "picture": _("description of a picture"),
    "printed": _("address printed on the page"),
    "readability": _("paragraphs that belong together (Readability)"),
    "repeated": _("line that the window’s title repeats"),
    "reporter": _("reporter’s line"),
    "rough": _("label with no exact date"),
    "said_and_shown": _("value in the head that the page shows"),
    "sentence": _("sentence about the site"),
    "short": _("short heading that the window’s title begins with"),
    "sign_off": _("signature behind the last sentence"),
    "signed": _("date on the last line"),
    "title": _("part of the title"),
    "title_line": _("likeliest line above the text"),
    "trafilatura": _("several signs together (Trafilatura)"),
    "weak_meta": _("application’s name in the head of the page"),
    "weight": _("element with most of the text"),
    "with_unit": _("stands with an affiliation"),
}


def table(readings: Sequence[Mapping]) -> str:
    """Return the readings of a witness as a table, or a dash where there are none."""
    if not readings:
        return "–"
    heads = (_("field"), _("value"), _("where it stood"), _("rule and how sure it is"))
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        format_html_join("", '<th scope="col">{}</th>', ((head,) for head in heads)),
        format_html_join(
            "",
            '<tr><th scope="row" class="nowrap">{}</th><td>{}</td><td>{}<br>{}</td><td>{}<br>{}</td></tr>',
            map(_row, readings),
        ),
    )


def _row(reading: Mapping) -> tuple[str | Promise, ...]:
    return (
        FIELDS.get(reading["field"], reading["field"]),
        reading["value"],
        PLACES.get(reading["place"], reading["place"]),
        reading["line"],
        RULES.get(reading["rule"], reading["rule"]),
        gettext("%(percent)d %%") % {"percent": round(100 * reading["confidence"])},
    )
