"""Markup that a site shows as text: <br>, ?/p>, [/url], {$content}."""

import re

from articles.intake.repairs.edits import Edit
from articles.intake.repairs.sheet import Sheet

CODE = "html_residue"

# a text about markup or programs shows it on purpose
ABOUT_MARKUP = re.compile(
    r"HTML|[Hh]tml|标签|標籤|标记语言|標記語言|代码|代碼|程式碼|模板|变量|變數|编程|浏览器|瀏覽器|JavaScript|Vue"
)

PARAGRAPH = r"</?(?:p|br|div|section|li|ul|ol|tr|td|table|tbody|h[1-6])(?: [^<>]{0,300})?/?>"
INLINE = r"</?(?:span|strong|b|em|i|u|font|img|a|center|o:p)(?: [^<>]{0,300})?/?>"
# the < was taken for half a character
CUT_TAG = r"(?<=[。！？”…?])/(?:p|span|div|strong)>$"
BBCODE = (
    r"\[/(?:url|img|b|i|u|color|size|font|align|quote|center|attach)\]"
    r"|\[(?:url|img|color|size|font|align|quote|center)(?:=[^\[\]]{0,200})?\]"
)
TEMPLATE = r"\{\$[\w.]{1,60}\}|\[!--[\w.]{1,40}--\]|\{/?dede:[^{}]{0,200}\}"
MARKUP = re.compile(f"(?P<paragraph>{PARAGRAPH})|{INLINE}|{CUT_TAG}|{BBCODE}|{TEMPLATE}", re.IGNORECASE)
# beyond this it is no residue, and parting the text at each would take long
MOST_SIGNS = 20_000
SIGNS = re.compile(r"[<>]|\[[/!a-zA-Z]|\{[$/d]")


def repair(sheet: Sheet) -> None:
    """Take it out; a paragraph ends where its tag says so."""
    suspects = [block for block, text in enumerate(sheet.texts) if SIGNS.search(text)]
    if not suspects or ABOUT_MARKUP.search("\n".join(sheet.texts)):
        return
    if sum(len(SIGNS.findall(sheet.texts[block])) for block in suspects) > MOST_SIGNS:
        return
    seams = {
        block: [match.start() for match in MARKUP.finditer(sheet.texts[block]) if match["paragraph"]]
        for block in suspects
    }
    seams = {block: places for block, places in seams.items() if places}
    sheet.split(seams)
    sheet.change(
        Edit(CODE, block, match.start(), match.end())
        for block, text in enumerate(sheet.texts)
        if SIGNS.search(text)
        for match in MARKUP.finditer(text)
    )
