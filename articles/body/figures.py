"""The pictures that stand in a canonical body: what is said of them, and where one may be put."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.body.blocks import block_lines, blocks, inner_text
from articles.body.normalising import normalise

IMAGE = re.compile(r'\A<img src="(?P<src>[^"]*)"(?: alt="(?P<alt>[^"]*)")?(?P<sizes>[^>]*)>')
CAPTION = re.compile(r"\A<figcaption>(.*)</figcaption>")
# what programs write for a description when nobody wrote one; pasting.js has the same, and a test sees to it
NO_WORDS = re.compile(
    r"^(?:(?:微信)?(?:图片|图像|圖片|圖像|照片|截图|截圖)|image|picture|photo|img|dsc|screenshot)?[\s_\-0-9]*$"
    r"|\.(?:jpe?g|png|gif|webp|bmp|emf|wmf)(?:$|[?!@])|^[a-z]:\\|^说明: |描述已自动生成",
    re.IGNORECASE,
)


class NoSuchPicture(ValueError):
    """The body has no picture of this number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A picture in a body; `alt` is None where nobody has described it yet, and empty where it is decorative."""

    number: int
    src: str
    alt: str | None
    caption: str

    @property
    def is_described(self) -> bool:
        """Whether somebody said what it shows, or that it is decorative."""
        return self.alt is not None and (not self.alt or says_something(self.alt))


def says_something(alt: str) -> bool:
    """Return whether these words describe a picture: the name of a file, or “picture”, does not.

    >>> says_something("村口的公示栏"), says_something("image1.png"), says_something("图片 3")
    (True, False, False)
    """
    return not NO_WORDS.search(" ".join(alt.split()))


def pictures(body: str) -> list[Standing]:
    """Return the pictures of a canonical body in their order, numbered from 0.

    >>> pictures('<figure>\\n<img src="/media/a.png" alt="">\\n<figcaption>井</figcaption>\\n</figure>')
    [Standing(number=0, src='/media/a.png', alt='', caption='井')]
    """
    lines = body.split("\n")
    found = []
    for number, (at, image) in enumerate(_images(lines)):
        alt = image["alt"]
        caption = CAPTION.fullmatch(lines[at + 1])
        found.append(
            Standing(
                number,
                html.unescape(image["src"]),
                None if alt is None else html.unescape(alt),
                inner_text(caption[1]) if caption else "",
            )
        )
    return found


def describe(body: str, number: int, *, alt: str | None, caption: str) -> str:
    """Return the body with this said of one picture; a caption in the same words keeps its emphasis and links.

    Raises `NoSuchPicture`.
    """
    lines = body.split("\n")
    at, image = _image(lines, number)
    said = "" if alt is None else f' alt="{html.escape(alt)}"'
    lines[at] = f'<img src="{image["src"]}"{said}{image["sizes"]}>'
    standing = CAPTION.fullmatch(lines[at + 1])
    if caption != (inner_text(standing[1]) if standing else ""):
        lines[at + 1 : at + 1 + bool(standing)] = [f"<figcaption>{html.escape(caption)}</figcaption>"]
    return normalise("\n".join(lines))


def remove(body: str, number: int) -> str:
    """Return the body without the picture and its caption. Raises `NoSuchPicture`."""
    lines = body.split("\n")
    at, _ = _image(lines, number)
    end = lines.index("</figure>", at)
    return "\n".join(lines[: at - 1] + lines[end + 1 :])


def insert(body: str, figure: str, *, after: int | None) -> str:
    """Return the body with the figure behind the block `after` (-1: before all), or at its end for None.

    It stands behind the list, table or quotation that holds the block, not in it.
    """
    lines = body.split("\n") if body else []
    numbers = [number for number, _ in block_lines(body)]
    at = len(lines)
    if after is not None and after < len(numbers):
        at = ends(lines)[numbers[after]] + 1 if after >= 0 else 0
    return normalise("\n".join([*lines[:at], figure, *lines[at:]]))


def figure(src: str, *, alt: str | None, caption: str = "", width: int, height: int) -> str:
    """Return a picture as a body writes it."""
    said = "" if alt is None else f' alt="{html.escape(alt)}"'
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{html.escape(src)}"{said} width="{width}" height="{height}">{below}</figure>'


def places(body: str) -> list[tuple[int, str]]:
    """Return the blocks a picture may stand behind: of what holds several, the last; each with its text."""
    lines = body.split("\n")
    line_ends = ends(lines)
    last = {line_ends[number]: index for index, (number, _) in enumerate(block_lines(body))}
    texts = blocks(body)
    return [(index, texts[index].text) for index in last.values()]


def ends(lines: Sequence[str]) -> list[int]:
    """For each line of a canonical body, the line where the outermost element around it ends."""
    found: list[int] = []
    depth = 0
    for number, line in enumerate(lines):
        if line.startswith("</"):
            depth -= 1
        elif not line.endswith(">") or ("</" not in line and not line.startswith("<img")):
            depth += 1
        if depth == 0:
            found += [number] * (number + 1 - len(found))
    return found


def _images(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that are pictures: in a canonical body each has one of its own, and a figure is closed behind it."""
    for number, line in enumerate(lines):
        if image := IMAGE.fullmatch(line):
            yield number, image


def _image(lines: Sequence[str], number: int) -> tuple[int, re.Match[str]]:
    for index, found in enumerate(_images(lines)):
        if index == number:
            return found
    raise NoSuchPicture(number)
