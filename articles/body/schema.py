"""What the body of an article may hold, and how large it may be."""

import re

import nh3

MAX_BYTES = 5_000_000
MAX_DEPTH = 200
MAX_ADDRESS = 2_000

HEADINGS = frozenset({"h2", "h3", "h4"})
MARKS = ("a", "strong", "em", "sub", "sup")

# Names that say the same thing in other words. Every name that is neither here nor in ELEMENTS loses its tags and
# keeps its text.
BOXES = (
    "address",
    "article",
    "aside",
    "center",
    "details",
    "dialog",
    "dd",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "header",
    "hgroup",
    "legend",
    "main",
    "nav",
    "optgroup",
    "option",
    "search",
    "section",
    "summary",
)
RENAMED = {
    **dict.fromkeys(BOXES, "div"),
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "menu": "ul",
    "dir": "ul",
}

# What nh3 may let through: the schema itself and the few elements our own normaliser still has to turn into it.
ELEMENTS = frozenset(
    {
        "blockquote",
        "br",
        "caption",
        "div",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
) | frozenset(MARKS)
VOID = frozenset({"br", "img"})
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})

# C0 and C1 controls but tab, newline, form feed and return; the two noncharacters XML forbids.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Separators that would be taken for line ends by other programs.
SEPARATORS = re.compile("[\u2028\u2029]")

ADDRESS = re.compile(r"(https?)://([^\s/?#\\][^\s\\]*)|(mailto):([^\s@\\]+@[^\s\\]+)", re.IGNORECASE)
OUR_MEDIA = re.compile(r"/media(?:/[^\s/\\?#\"'<>%]+)+")


class BodyRefused(ValueError):
    """The text cannot become the body of an article; the message says why."""


class BodyTooLarge(BodyRefused):
    """The text has more bytes than a body may have."""


class BodyTooDeep(BodyRefused):
    """The text is nested deeper than anything a person writes."""


class BodyNotText(BodyRefused):
    """The text holds what is no character."""


def check_size(html: str) -> None:
    """Refuse what is too large or cannot be written as UTF-8."""
    try:
        size = len(html.encode())
    except UnicodeEncodeError:
        raise BodyNotText("The text holds half of a surrogate pair, which is no character.") from None
    if size > MAX_BYTES:
        raise BodyTooLarge(f"The text has {size:,} bytes; {MAX_BYTES:,} are allowed.")


def clean_text(text: str) -> str:
    """Take out the code points no database, feed or XML file accepts.

    >>> clean_text("預\\x00算")
    '預算'
    """
    return SEPARATORS.sub(" ", FORBIDDEN.sub("", text))


def clean_address(address: str) -> str | None:
    """Return the address of a link as it is stored, or None where a link may not lead there.

    >>> clean_address(" HTTP://example.org/村 务 ")
    'http://example.org/村%20务'
    """
    address = re.sub(r"[\t\r\n\f]+", "", clean_text(address)).strip().replace(" ", "%20")
    match = ADDRESS.fullmatch(address[: MAX_ADDRESS + 1])
    if match is None or len(address) > MAX_ADDRESS:
        return None
    if match[1]:
        return f"{match[1].lower()}://{match[2]}"
    return f"mailto:{match[4]}"


def clean_media_path(path: str) -> str | None:
    """Return the path of a picture when it is one of ours, or None.

    A dot segment or a percent sign could lead out of the media folder, so neither is taken.
    """
    if len(path) > MAX_ADDRESS or OUR_MEDIA.fullmatch(path) is None:
        return None
    return None if {".", ".."} & set(path.split("/")) else path


def clean_number(digits: str, *, least: int, most: int) -> int | None:
    """Return the whole number of an attribute, or None where it is none or out of bounds."""
    if not re.fullmatch(r"-?[0-9]{1,5}", digits):
        return None
    number = int(digits)
    return number if least <= number <= most else None


def sanitise(html: str) -> str:
    """Build the tree a browser would build, and keep only known elements and attributes."""
    return nh3.clean(
        html,
        tags=set(ELEMENTS),
        attributes={element: set(names) for element, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
