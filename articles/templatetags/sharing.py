"""An address as a picture that a telephone reads."""

from functools import lru_cache

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# modules of white around the picture, as ISO/IEC 18004 asks
QUIET = 4


@register.simple_tag
def qr(address: str) -> SafeString:
    """Return the QR code of the address: SVG with black on white in any look, the address for its name."""
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', address, _drawn(str(address)))


@lru_cache(maxsize=512)
def _drawn(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=QUIET, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308  # segno draws numbers only
