"""What templates need to set Chinese well and to name a page in every language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles import citations
from articles.chinese.scripts import script_of
from articles.models import Edition, Finding, Site, name_of_class, parse_precise
from articles.templatetags import setting, showing

register = template.Library()

CHARACTERS_A_MINUTE = 400
# Up to a pause with what closes after it; 、 and ， part a title too often to end a line at each.
PHRASE = re.compile("[^：？！；—]++(?:[：？！；—]++[”’」』》）]*+)*+|[：？！；—]++")
LANGUAGE_NAMES = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
LANGUAGE_OF_SCRIPT = {"hant": "zh-hant"}

register.filter("shown", showing.shown)
register.filter("language_tag", showing.language_tag)
register.filter("is_converted", showing.is_converted)
register.filter("own_tag", showing.own_tag)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """This very page in one of the site's languages."""

    name: str
    tag: str
    path: str
    is_current: bool


@register.filter
def chinese(text: str, script: str = "") -> SafeString:
    """Show a Chinese text in the script of the page; on an English page it says which language it is in."""
    text = str(text)
    if not showing.stands_out(text):
        return conditional_escape(showing.shown(text, script))
    return format_html('<span lang="{}">{}</span>', showing.language_tag(script or script_of(text)), text)


@register.filter
def language_of(text: str) -> str:
    """Return the language tag of a text of which the script is not recorded, as it is shown on this page."""
    return showing.language_tag(script_of(text))


@register.filter
def phrases(title: str) -> SafeString:
    """Hold the parts of a title together, so that a line ends where the title pauses, not inside a word.

    >>> phrases("一年之后：七个村的观察")
    '<span class="phrase">一年之后：</span><span class="phrase">七个村的观察</span>'
    """
    return format_html_join("", '<span class="phrase">{}</span>', ((part,) for part in PHRASE.findall(title)))


@register.filter
def minutes(character_count: int) -> int:
    """Return how long reading so many characters takes, in whole minutes and never none."""
    return max(1, -(-character_count // CHARACTERS_A_MINUTE))


@register.filter
def is_web_address(address: str) -> bool:
    """Say whether an address may be a link: the page a copy was found on may name any address for its own."""
    return address.startswith(("http://", "https://"))


@register.filter
def printed_date(text: str) -> str:
    """Return a date a copy bears in the reader's language; what is no ISO date is shown as it was printed."""
    moment, precision = parse_precise(text)
    return Edition(original_date=moment, original_precision=precision).original_date_text or text


@register.filter
def finding_class(code: str) -> str:
    """Return the name of a class of findings."""
    return str(name_of_class(code))


@register.simple_tag
def set_text(edition: Edition, marked: Iterable[Finding] = ()) -> setting.SetText:
    """Return the edition's text as a page shows it, these findings marked in it."""
    return setting.set_text(edition, marked or ())


@register.simple_tag(takes_context=True)
def site_identity(context: template.Context) -> Site:
    """Return what the site is called and who keeps it; a page for errors brings it along, and asks no database."""
    return context.get("identity") or Site.shown()


@register.simple_tag
def page_language() -> str:
    """Return the language tag of the page."""
    return LANGUAGE_TAGS.get(get_language() or "", LANGUAGE_TAGS[settings.LANGUAGE_CODE])


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context, path: str = "") -> list[PageAddress]:
    """Return the addresses of this page, or of `path`, in every language offered, the present one marked."""
    path = path or context["request"].get_full_path()
    site = site_identity(context)
    return [
        PageAddress(LANGUAGE_NAMES[code], LANGUAGE_TAGS[code], address_in(code, path), code == get_language())
        for code, _name in settings.LANGUAGES
        if site.offers(code)
    ]


@register.simple_tag(takes_context=True)
def canonical(context: template.Context, path: str, script: str) -> str:
    """Return the full address of `path` in the language whose script is the text's own."""
    code = LANGUAGE_OF_SCRIPT.get(script, settings.LANGUAGE_CODE)
    offered = code if site_identity(context).offers(code) else settings.LANGUAGE_CODE
    return absolute(address_in(offered, path), context["request"])


@register.simple_tag(takes_context=True)
def cite(context: template.Context, edition: Edition, style: str, passage: int | None = None) -> str:
    """Return the reference to the edition, or to one paragraph of it, as it is cited on this day."""
    address = context["request"].build_absolute_uri(edition.permanent_address)
    said = {"language": get_language() or "", "address": address, "accessed": timezone.localdate()}
    return citations.cite(edition, style, passage=passage, **said)


@register.filter
def absolute(path: str, request: HttpRequest) -> str:
    """Return the full address of a path of this site."""
    return request.build_absolute_uri(path)


def address_in(code: str, path: str) -> str:
    """Return the path of the same page in another language.

    >>> address_in("zh-hant", "/en/themes/"), address_in("zh-hans", "/zh-hant/")
    ('/zh-hant/themes/', '/')
    """
    root = get_script_prefix()
    first, slash, rest = path.removeprefix(root).partition("/")
    if first not in LANGUAGE_NAMES:
        rest = first + slash + rest
    prefix = "" if code == settings.LANGUAGE_CODE else f"{code}/"
    # a path that began with two slashes would lead to another site
    return f"{root}{prefix}{rest.lstrip('/')}"
