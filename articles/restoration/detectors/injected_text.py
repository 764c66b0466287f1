"""Words a site has put into the text: stock links, calls to its app or its account."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "injected_text"
SEVERITY = "warning"

PATTERNS = (
    # 老百姓(603883,股吧) · 某公司（00700.HK，行情）
    (re.compile(r"[（(]\d{5,6}(?:\.[A-Z]{2})?[,，][ ]?(?:股吧|行情|诊股|资讯|买入|[,，]){1,4}[)）]"), 0.95),
    (
        re.compile(
            r"(?:请前往|请下载|下载|打开)[^。！？\n]{1,12}(?:APP|App|app|客户端)[^。！？\n]{0,12}(?:阅读|查看|全文)[。！]?"
        ),
        0.9,
    ),
    (
        re.compile(
            r"[（(【\[]?(?:更多精彩|更多资讯|更多内容|欢迎关注)[^。！？\n]{0,20}(?:公众号|关注|扫码|二维码)[^。！？\n]{0,20}[。！)）】\]]?"
        ),
        0.7,
    ),
)


def detect(text: Text) -> Iterator[Finding]:
    """Yield what was put in; the suggestion is to take it out."""
    for number, block in enumerate(text.blocks):
        for pattern, confidence in PATTERNS:
            for match in pattern.finditer(block):
                yield Finding(CODE, SEVERITY, number, match.start(), match.end(), match[0], "", confidence)
