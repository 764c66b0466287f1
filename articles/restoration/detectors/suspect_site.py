"""A page whose surroundings advertise betting or pornography: its domain has probably changed hands."""

import re
from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "suspect_site"
SEVERITY = "warning"
MOST_SHOWN = 5

WORDS = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:365|88|66|bet)\d{0,3}(?:网址|网站|娱乐|体育|投注|平台|官网)|bet ?\d{2,4}"
    r"|真人(?:百家乐|娱乐|荷官)|百家乐|老虎机|私彩|娱乐城|葡京|威尼斯人(?:娱乐|网)"
    r"|博彩(?:网站|公司|平台)|皇冠(?:体育|足球)|开户送|注册送|娱乐网址"
    r"|(?:亚洲|国产|欧美|日韩)[^。\n]{0,8}(?:精品|[一二三]区|av)|成人(?:电影|视频|网站|小说)|黄色(?:网站|视频)",
    re.IGNORECASE,
)
# honest portals have sold lottery tickets and written about these things
HINTS = re.compile(r"时时彩|北京赛车|六合彩|无码|棋牌|彩票平台")
FEWEST_HINTS = 2


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding, placed at the beginning of the body, with the telling words."""
    words = list(dict.fromkeys(match[0] for match in WORDS.finditer(text.around)))
    hints = list(dict.fromkeys(HINTS.findall(text.around)))
    if words or len(hints) >= FEWEST_HINTS:
        told = [*words, *hints][:MOST_SHOWN]
        yield Finding(CODE, SEVERITY, 0, 0, 0, "、".join(told), None, min(0.9, 0.6 + 0.1 * len(told)))
