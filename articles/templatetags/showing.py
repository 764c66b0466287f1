"""Which script a page is in, and how a Chinese text is shown on it."""

from django.utils.translation import get_language

from articles.chinese import conversion
from articles.chinese.conversion import SCRIPT_OF_LANGUAGE
from articles.chinese.scripts import HAN

TAGS = {"hans": "zh-Hans", "hant": "zh-Hant"}


def page_script() -> str:
    """Return the script of the page that is being made; empty where each text stays in its own."""
    return SCRIPT_OF_LANGUAGE.get(get_language() or "", "")


def shown(text: str, script: str = "") -> str:
    """Return the text, plain or HTML, in the script of the page; `script` is its own, found out where not given."""
    return conversion.shown_to(get_language() or "", text, script)


def is_converted(script: str) -> bool:
    """Say whether a text of this script is shown in another one on this page."""
    return page_script() not in ("", script)


def language_tag(script: str) -> str:
    """Return the language tag of a text of this script as it is shown on this page."""
    return TAGS.get(page_script() or script, "zh")


def own_tag(script: str) -> str:
    """Return the language tag of a text of this script that is shown as it stands, converted on no page."""
    return TAGS.get(script, "zh")


def stands_out(text: str) -> bool:
    """Say whether the text needs a language tag of its own: Chinese on a page that is not."""
    return not page_script() and HAN.search(text) is not None
