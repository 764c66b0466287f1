"""The pictures of pages inside a PDF that was scanned and then read by a machine; each is drawn anew.

Runs in the child of `confined`: whatever it needs is imported or looked up at its top. Only a photograph of a whole
page is taken, as its scanner wrote it (JPEG): other pictures of a PDF are pieces, masks and colour spaces that need a
renderer.
"""

from itertools import islice
from typing import Any

from pypdf.errors import LimitReachedError

from articles.intake import redrawing
from articles.intake.decoding import Unreadable, gettext_noop
from articles.intake.readers import pdf_pages

MOST_PAGES = 20
MOST_BYTES = 10_000_000
# pixels; a scan of a page has at least seventy to the inch
SMALLEST = 500
# how far its form may be from that of its page
LIKE = 0.15

NOT_IN_IT = gettext_noop("The document holds no such picture.")
TOO_LARGE = gettext_noop("The picture is larger than %(most)d MB.")


def find(data: bytes) -> list[dict[str, str]]:
    """Return the pages of which the PDF holds a picture, by their numbers, among its first twenty."""
    try:
        return [
            {"name": str(number), "alt": "", "before": ""}
            for number, page in enumerate(islice(_pages(data), MOST_PAGES), 1)
            if _picture_of(page) is not None
        ]
    except LimitReachedError:
        raise Unreadable(pdf_pages.TOO_LARGE) from None


def draw(asked: bytes) -> bytes:
    """Return the picture of one page, packed for `redrawing.unpack`; `asked` is its number, a newline and the PDF."""
    name, _, data = asked.partition(b"\n")
    wanted = int(name) if name.isdigit() and len(name) < 4 else 0
    page = next(islice(_pages(data), wanted - 1, wanted), None) if 0 < wanted <= MOST_PAGES else None
    picture = _picture_of(page) if page is not None else None
    if picture is None:
        raise Unreadable(NOT_IN_IT)
    if len(picture) > MOST_BYTES:
        raise Unreadable(TOO_LARGE, most=MOST_BYTES // 1_000_000)
    return redrawing.redraw_chosen(picture)


def _pages(data: bytes) -> Any:
    return pdf_pages.opened(data).pages


def _picture_of(page: Any) -> bytes | None:
    """The bytes of the picture that fills the page, as the scanner wrote them; None where there is none, or several."""
    resources = _whole(page.get("/Resources"))
    inside = _whole(resources.get("/XObject")) if isinstance(resources, dict) else None
    found = [_whole(one) for one in islice(inside.values(), 50)] if isinstance(inside, dict) else []
    fitting: list[Any] = [one for one in found if isinstance(one, dict) and _fills(one, page)]
    return fitting[0].get_data() if len(fitting) == 1 else None


def _whole(held: Any) -> Any:
    """What a reference leads to, or what stands there itself."""
    return held.get_object() if hasattr(held, "get_object") else held


def _fills(one: Any, page: Any) -> bool:
    """Whether this is one photograph in the form of its page."""
    width, height = one.get("/Width"), one.get("/Height")
    is_photograph = one.get("/Subtype") == "/Image" and one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"])
    if not is_photograph or not isinstance(width, int) or not isinstance(height, int):
        return False
    if min(width, height) < SMALLEST:
        return False
    across, down = abs(float(page.mediabox.width)), abs(float(page.mediabox.height))
    return down > 0 and across > 0 and abs(width / height * down / across - 1) <= LIKE
