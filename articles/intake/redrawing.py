"""A picture from outside is drawn anew, so that nothing but its pixels comes in.

Runs in the child of `confined`: whatever it needs is imported at its top.
"""

import json
from dataclasses import asdict, dataclass, field
from io import BytesIO

# loaded late otherwise: for a picture that says how it was held, or that a telephone took twice
from PIL import (  # noqa: F401
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from articles.intake.decoding import Unreadable, gettext_noop

# it loads the formats it knows when the first picture is opened, which is too late
Image.preinit()
# The formats are named again when a picture is opened: an importer elsewhere may have taught Pillow others.
FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        GifImagePlugin.GifImageFile,
        WebPImagePlugin.WebPImageFile,
    )
)
# what can be drawn in 300 MB: a JPEG is read at a smaller size, a WebP is there three times
MEGAPIXELS = {"JPEG": 40, "PNG": 25, "GIF": 25, "WEBP": 15}
WIDEST = 1_600
# what the body of an article may say of a picture's height
HIGHEST = 20_000
QUALITY = 85
# what telephones and small windows load instead, each only where it is clearly narrower than the picture
COPIES = (480, 960)
NEARLY = 0.9
QUALITY_OF_COPIES = 80
# a photograph kept without loss is several times as large for nothing a reader sees
LARGEST_PNG = 400_000
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}

# modes whose pixels can be averaged as they are
SMOOTH = {"L", "LA", "RGB", "RGBA"}
# grey of sixteen bits; older Pillows call it I
WIDE = {"I", "I;16"}
# how a camera was held: from five on, width and height are exchanged
ORIENTATION, ON_ITS_SIDE = 0x0112, 5

# smaller ones are icons, lines and buttons
NARROWEST, LOWEST = 120, 80
# what an editor chooses may be smaller, but not the pixel that counts readers
SMALLEST = 24
SIDE_OF_SAMPLE = 64
DARK, LIGHT = 64, 192

TOO_LARGE = gettext_noop("The picture has more than %(most)d megapixels.")
TOO_SMALL = gettext_noop("The picture is smaller than %(least)d pixels; readers would not see it.")
TOO_THIN = gettext_noop(
    "Fitted to the page, the picture would be a line of less than %(least)d pixels; cut it into parts."
)
NO_PICTURE = gettext_noop("This is no picture that can be shown: choose a JPEG, PNG, WebP or GIF.")


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as readers get it, and its narrower copies by their width, all of them WebP.

    `data` is empty where it is none of an article: an icon, or a code to scan.
    """

    width: int
    height: int
    media_type: str = ""
    data: bytes = b""
    copies: dict[int, bytes] = field(default_factory=dict)


def redraw(data: bytes) -> bytes:
    """Return the picture drawn anew, packed for `unpack`: its first frame, upright, at most 1,600 pixels wide."""
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        kind = _kind(image)
        if image.width < NARROWEST or image.height < LOWEST or image.height > HIGHEST * 2:
            return _pack(Redrawn(image.width, image.height))
        plain = _small(image)
    if min(plain.size) < SMALLEST or _is_code(plain):
        return _pack(Redrawn(plain.width, plain.height))
    return _pack(_drawn(plain, kind))


def redraw_chosen(data: bytes) -> bytes:
    """Return the picture an editor chose, as `redraw` does, without asking whether it belongs to an article."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise Unreadable(NO_PICTURE) from None
    except Image.DecompressionBombError:
        raise Unreadable(TOO_LARGE, most=max(MEGAPIXELS.values())) from None
    with image:
        kind = _kind(image)
        if min(image.size) < SMALLEST:
            raise Unreadable(TOO_SMALL, least=SMALLEST)
        plain = _small(image)
    if min(plain.size) < SMALLEST:
        raise Unreadable(TOO_THIN, least=SMALLEST)
    return _pack(_drawn(plain, kind))


def _kind(image: Image.Image) -> str:
    """The format the picture came in; refuses one that is larger than can be drawn."""
    kind = "JPEG" if image.format == MpoImagePlugin.MpoImageFile.format else image.format or ""
    if image.width * image.height > MEGAPIXELS[kind] * 1_000_000:
        raise Unreadable(TOO_LARGE, most=MEGAPIXELS[kind])
    return kind


def _drawn(plain: Image.Image, kind: str) -> Redrawn:
    written, drawn = _written(plain, kind)
    copies = {width: _copy(plain, width) for width in COPIES if width < plain.width * NEARLY}
    return Redrawn(plain.width, plain.height, MEDIA_TYPES[written], drawn, copies)


def _copy(image: Image.Image, width: int) -> bytes:
    height = max(1, round(image.height * width / image.width))
    narrow = image.resize((width, height), Image.Resampling.LANCZOS)
    return _saved(narrow, "WEBP", quality=QUALITY_OF_COPIES)


def _small(image: Image.Image) -> Image.Image:
    """The picture upright, in plain colours and no wider than readers get it; a large one is never there twice."""
    is_on_its_side = image.getexif().get(ORIENTATION, 1) >= ON_ITS_SIDE
    box = (HIGHEST, WIDEST) if is_on_its_side else (WIDEST, HIGHEST)
    # a large JPEG is read at half its size or less
    image.draft("RGB", (WIDEST, max(1, WIDEST * image.height // image.width)))
    image = _of_eight_bits(image)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    small = image if image.mode in SMOOTH else image.convert(mode)
    small.thumbnail(box, Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(small).convert(mode)


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of sixteen bits by the upper eight of them, which Pillow takes of coloured ones by itself.

    Converted as it is, all that is lighter than nearly black would be white. No format of ours holds other wide pixels.
    """
    if image.mode not in WIDE:
        return image
    grey = image.point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info:
        grey.info["transparency"] = image.info["transparency"] >> 8
    return grey


def unpack(packed: bytes) -> Redrawn:
    """Return what `redraw` made."""
    head, _, rest = packed.partition(b"\n")
    described = json.loads(head)
    sizes = described.pop("sizes")
    pieces: dict[int, bytes] = {}
    for width, size in sizes:
        pieces[width], rest = rest[:size], rest[size:]
    return Redrawn(**described, data=pieces.pop(0), copies=pieces)


def _pack(redrawn: Redrawn) -> bytes:
    """The sizes of the picture (0) and of its copies, then their bytes one behind the other."""
    head = asdict(redrawn)
    pieces = {0: head.pop("data"), **head.pop("copies")}
    head["sizes"] = [(width, len(piece)) for width, piece in pieces.items()]
    return json.dumps(head).encode() + b"\n" + b"".join(pieces.values())


def _written(image: Image.Image, kind: str) -> tuple[str, bytes]:
    """The bytes of the picture in the format it came in, as far as we write that; a large photograph as JPEG."""
    if kind == "WEBP":
        return "WEBP", _saved(image, "WEBP", quality=QUALITY)
    if kind != "JPEG":
        drawn = _saved(image, "PNG", optimize=True)
        if image.mode == "RGBA" or len(drawn) <= LARGEST_PNG:
            return "PNG", drawn
    return "JPEG", _saved(image, "JPEG", quality=QUALITY, optimize=True, progressive=True)


def _saved(image: Image.Image, kind: str, **how: int | bool) -> bytes:
    # a fresh picture has no profile, comment or camera data to write down
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, kind, **how)
    return out.getvalue()


def _is_code(image: Image.Image) -> bool:
    """Whether it looks like a code to scan: square, nearly all black or white, and much of it black."""
    if not 0.8 < image.width / image.height < 1.25:
        return False
    small = image.convert("L").resize((SIDE_OF_SAMPLE, SIDE_OF_SAMPLE), Image.Resampling.NEAREST)
    counts = small.histogram()
    total = SIDE_OF_SAMPLE**2
    dark, light = sum(counts[:DARK]) / total, sum(counts[LIGHT:]) / total
    return dark + light > 0.9 and 0.2 < dark < 0.7
