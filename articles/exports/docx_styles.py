"""How our Word documents are set: A4, Song type at 12 points, paragraphs indented by two characters."""

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from articles.exports.docx_xml import FOOTNOTE_MARK, FOOTNOTE_STYLE, element

TEXT, QUOTE, BYLINE, LABEL = "BodyText", "Quote", "WenmaiByline", "WenmaiLabel"
ABSTRACT, APPARATUS, SIGN_OFF = "WenmaiAbstract", "WenmaiApparatus", "WenmaiSignOff"
CONTINUED, FIGURE, AFTER_TABLE = "ListContinue", "WenmaiFigure", "WenmaiAfterTable"
CELL, HEAD_CELL = "WenmaiCell", "WenmaiHeadCell"

MARGIN = 25
TEXT_WIDTH = 210 - 2 * MARGIN
TEXT_TWIPS = round(TEXT_WIDTH / 25.4 * 1440)

# Faces that Windows and Office for the Mac bring; other programs take what they have in their place.
FACES = {
    "zh-Hans": ("宋体", "黑体", "楷体", "zh-CN"),
    "zh-Hant": ("新細明體", "微軟正黑體", "標楷體", "zh-TW"),
}
JUSTIFIED = '<w:jc w:val="both"/>'
INDENTED = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
GREY = '<w:color w:val="555555"/>'


class Look(NamedTuple):
    """How paragraphs of one style stand and are written, as WordprocessingML; `face` is song, hei or kai."""

    paragraph: str
    run: str = ""
    face: str = "song"


def _spaced(before: int, after: int, line: int = 360) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _sized(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _heading(level: int, half_points: int) -> Look:
    where = f'<w:keepNext/><w:keepLines/>{_spaced(320, 160)}<w:outlineLvl w:val="{level}"/>'
    return Look(where, f'<w:b/><w:color w:val="000000"/>{_sized(half_points)}', "hei")


SMALL = f"{GREY}{_sized(20)}"
LOOKS = {
    "Normal": Look(_spaced(0, 0), _sized(24)),
    "Title": Look(
        f'{_spaced(0, 160, 300)}<w:jc w:val="center"/>', f'<w:b/><w:color w:val="000000"/>{_sized(40)}', "hei"
    ),
    "Subtitle": Look(f'{_spaced(0, 160, 300)}<w:jc w:val="center"/>', f'<w:color w:val="000000"/>{_sized(28)}', "kai"),
    "Heading1": _heading(0, 30),
    "Heading2": _heading(1, 26),
    "Heading3": _heading(2, 24),
    TEXT: Look(f"{_spaced(0, 0)}{INDENTED}{JUSTIFIED}"),
    QUOTE: Look(
        f'{_spaced(80, 80)}<w:ind w:left="480" w:right="480" w:firstLineChars="200" w:firstLine="480"/>{JUSTIFIED}',
        '<w:color w:val="000000"/>',
        "kai",
    ),
    CONTINUED: Look(f'{_spaced(0, 0)}<w:ind w:left="480"/>{JUSTIFIED}'),
    "Caption": Look(f'{_spaced(60, 240, 300)}<w:jc w:val="center"/>', SMALL),
    FIGURE: Look(f'<w:keepNext/>{_spaced(240, 60, 240)}<w:jc w:val="center"/>'),
    BYLINE: Look(f'{_spaced(0, 40, 300)}<w:jc w:val="center"/>', SMALL, "kai"),
    LABEL: Look(f"<w:keepNext/>{_spaced(280, 60, 300)}", f"<w:b/>{_sized(21)}", "hei"),
    ABSTRACT: Look(f"{_spaced(0, 60, 320)}{INDENTED}{JUSTIFIED}", _sized(21), "kai"),
    APPARATUS: Look(f"{_spaced(0, 40, 300)}", _sized(20)),
    SIGN_OFF: Look(f'{_spaced(240, 0)}<w:jc w:val="right"/>', SMALL),
    CELL: Look(_spaced(20, 20, 280), _sized(21)),
    HEAD_CELL: Look(_spaced(20, 20, 280), f"<w:b/>{_sized(21)}"),
    AFTER_TABLE: Look(_spaced(0, 0, 240)),
    FOOTNOTE_STYLE: Look(_spaced(0, 0, 260), _sized(18)),
}
NAMES = {FOOTNOTE_STYLE: "footnote text", FOOTNOTE_MARK: "footnote reference"}


def dress(document: Any, language: str) -> None:
    """Give the document paper, faces and styles; `language` is the tag of its text."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    song, hei, kai, region = FACES.get(language, FACES["zh-Hans"])
    faces = {"song": song, "hei": hei, "kai": kai}
    for key, look in LOOKS.items():
        style = _style(document, key, WD_STYLE_TYPE.PARAGRAPH)
        said = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{faces[look.face]}"/>'
        _put(style, "w:pPr", look.paragraph)
        _put(style, "w:rPr", said + look.run + (f'<w:lang w:eastAsia="{region}"/>' if key == "Normal" else ""))
    _put(_style(document, FOOTNOTE_MARK, WD_STYLE_TYPE.CHARACTER), "w:rPr", '<w:vertAlign w:val="superscript"/>')
    # or the few characters before a break inside a paragraph would be spread over the whole line
    document.settings.element.find(qn("w:compat")).insert(0, element("w:doNotExpandShiftReturn"))


def _style(document: Any, key: str, kind: WD_STYLE_TYPE) -> Any:
    found = next((style for style in document.styles if style.style_id == key), None)
    if found is None:
        found = document.styles.add_style(NAMES.get(key, key.replace("Wenmai", "Wenmai ")), kind)
        found.element.styleId = key
    return found.element


def _put(style: Any, name: str, inner: str) -> None:
    """Give the style these properties and no others."""
    for old in style.findall(name, style.nsmap):
        style.remove(old)
    made = parse_xml(f"<{name} {nsdecls('w')}>{inner}</{name}>")
    paragraph = style.find("w:pPr", style.nsmap)
    if name == "w:rPr" and paragraph is not None:
        paragraph.addnext(made)
    else:
        before = style.find("w:rPr", style.nsmap)
        before.addprevious(made) if before is not None else style.append(made)


def numbering(document: Any, start: int) -> int:
    """Return the key of a new numbered list that begins with `start`: without one, all lists would count on."""
    numbers = document.part.numbering_part.element
    style = next(style for style in document.styles if style.style_id == "ListNumber")
    usual = style.element.pPr.numPr.numId.val
    made = numbers.add_num(numbers.num_having_numId(usual).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)
