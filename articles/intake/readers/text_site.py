"""On whose site a dump was taken, as far as the dump says so."""

import re
from collections.abc import Sequence

from articles.intake.metadata.found import AROUND, Found
from articles.intake.readers.text_lines import Line
from articles.restoration.detectors.suspect_site import WORDS as SUSPECT

LONGEST = 300
NAME = r"[\u4e00-\u9fffA-Za-z0-9]{2,20}?"
ENDS = "网|網|在线|在線|文库|文庫|新闻网|党建网|频道|客户端"

# 江城党建网 打印 纠错: the site among the buttons under the title
BESIDE_BUTTONS = re.compile(rf"({NAME}(?:{ENDS}))[ |｜]{{1,4}}(?:打印|纠错|糾錯|收藏|分享|字号|字號|评论|關閉|关闭)")
SENTENCES = (
    re.compile(r"^网站(?:名称)?[:：][ ]?([\u4e00-\u9fffA-Za-z0-9]{2,20})$"),
    # 欢迎来到江城资料网！
    re.compile(rf"(?:欢迎|歡迎)(?:您)?(?:来到|來到|访问|訪問|光临|光臨|进入)({NAME}(?:{ENDS}))(?=[\W_]|$)"),
    # 江城文库网仅提供信息存储空间
    re.compile(rf"(?:^|[\W_\d])({NAME}(?:{ENDS}))(?:仅|僅|只)(?:提供|作为|作為)"),
    # 版权所有 © 江城新闻网
    re.compile(rf"(?:©|版权所有|版權所有|Copyright)[^\u4e00-\u9fff]{{0,40}}({NAME}(?:{ENDS}))(?=[\W_]|版|$)"),
    re.compile(rf"(?:^|[\W_\d])({NAME}(?:{ENDS}))[ ]?(?:©|版权所有|版權所有)"),
    # © 2020 山居笔记
    re.compile(r"^©[ \d-]{1,12}([\u4e00-\u9fff]{2,12})$"),
)
# 江城文库网 → 江城文库: the address word behind a name that is complete
ADDRESS_WORD = re.compile(r"(?<=文库|文庫)[网網]$")


def find_site(below_title: Sequence[Line], around: Sequence[Line]) -> Found[str]:
    """Return the site's name from the buttons under the title, its welcome, its terms or its copyright line."""
    for line in below_title:
        match = BESIDE_BUTTONS.match(line.text[:LONGEST])
        if match:
            return Found(match[1], "buttons", line.text)
    for pattern in SENTENCES:
        for line in around:
            match = pattern.search(line.text[:LONGEST])
            if match and not SUSPECT.search(line.text[:LONGEST]):
                return Found(ADDRESS_WORD.sub("", match[1]), "sentence", line.text, AROUND)
    return Found("")
