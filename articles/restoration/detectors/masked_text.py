"""Words that a site has masked: 中国***, 20__年, ××同志."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "masked_text"
SEVERITY = "error"

HAN = "[\u4e00-\u9fff]"
MASK = re.compile(
    rf"(?<={HAN})[*＊]{{2,8}}|(?<![*＊])[*＊]{{2,8}}(?={HAN}|[，。、,])"
    rf"|(?<=20)_{{2}}(?=年)|_{{2,4}}(?=[省市县区镇乡村年月])|[xX×]{{1,3}}(?=(?:同志|省|市|县|区|镇|乡|村|书记|主任))"
)


def detect(text: Text) -> Iterator[Finding]:
    """Yield the masks; what stood there is never guessed."""
    for number, block in enumerate(text.blocks):
        for match in MASK.finditer(block):
            yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], None, 0.9)
