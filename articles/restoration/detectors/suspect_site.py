"""A page whose surroundings advertise betting or pornography: its domain has probably changed hands."""

import re
from collections.abc import Iterator

from articles.chinese.scripts import to_simplified
from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "suspect_site"
SEVERITY = "warning"
MOST_SHOWN = 5

WORDS = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:365|88|66|bet)\d{0,3}(?:网址|网站|娱乐|体育|投注|平台|官网)|(?<![a-z])bet ?\d{2,4}"
    r"|真人(?:百家乐|娱乐|荷官)|百家乐|老虎机|私彩|娱乐城|葡京|威尼斯人(?:娱乐|网)"
    r"|博彩(?:网站|公司|平台)|皇冠(?:体育|足球|现金)|开户送|注册送|娱乐网址|(?:真钱|现金)(?:游戏|棋牌)|电子游艺"
    r"|(?:亚博|开云|乐鱼|万博|必威|凯发|优德)(?:体育|娱乐|官网|app)|(?:澳门)?新葡(?:京|新)|亚游集团|PG电子|麻将胡了"
    r"|(?:亚洲|国产|欧美|日韩)[^。\n]{0,8}(?:精品|[一二三]区|av)|成人(?:电影|视频|网站|小说)|黄色(?:网站|视频)|久久(?:精品|综合|热)|(?<![a-z])av(?:在线|天堂)",
    re.IGNORECASE,
)
# honest portals have sold lottery tickets and written about these things
HINTS = re.compile(r"时时彩|北京赛车|六合彩|无码|棋牌|彩票平台")
FEWEST_HINTS = 2


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding, placed at the beginning of the body, with the telling words."""
    around = to_simplified(text.around)
    words = list(dict.fromkeys(match[0] for match in WORDS.finditer(around)))
    hints = list(dict.fromkeys(HINTS.findall(around)))
    if words or len(hints) >= FEWEST_HINTS:
        told = [*words, *hints][:MOST_SHOWN]
        yield Finding(CODE, SEVERITY, 0, 0, 0, "、".join(told), None, min(0.9, 0.6 + 0.1 * len(told)))
