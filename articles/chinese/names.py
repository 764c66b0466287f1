"""Names of persons."""

import re
from pathlib import Path

from articles.chinese.scripts import to_simplified

LONGEST_LINE = 2_000

DATA = Path(__file__).parent / "data"


def _words(file: str) -> frozenset[str]:
    return frozenset((DATA / file).read_text(encoding="utf-8").split())


# 百家姓 with the surnames common today, compound ones included
SURNAMES = _words("surnames.txt")

# what stands where names stand and begins like one
NOT_NAMES = _words("not_names.txt")
# towns, which datelines set beside names (何清 安阳报道), and words that a longer name may begin with
WHOLE_WORDS = frozenset(
    "江城 江门 江阴 黄山 黄冈 金华 金昌 常州 常德 常熟 安阳 安庆 安顺 包头 滕州 郑州 梅州 柳州 池州 徐州 "
    "苏州 万州 龙岩 阳江 阳泉 阳朔 马鞍山 周口 乐山 乐清 昌都 昌吉 白城 白山 平凉 曲靖 曲阜 韶关 娄底 吉林 "
    "吉安 洪湖 许昌 商丘 商洛 荆州 荆门 通化 通辽 通州 怀化 武威 武夷山 高雄 高邮 石家庄 石狮 石河子 桂林 海口 "
    "海东 宣城 宿迁 秦皇岛 贺州 焦作 满洲里 广元 广安 东阳 东营 唐山 何以".split()
)
# 东山镇, 南塘村: places are called by surnames too
ENDS_PLACE = ("镇", "乡", "村")
NEVER_IN_NAMES = frozenset("的了吗呢们这那你她它把被摄编者讯网报社厅局县市省区版处")

# 阿班·毛力提汗 · 格桑•边觉: given and family name of peoples who put a point between them, and foreign names
POINTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・‧．][\u4e00-\u9fff]{1,8}){1,3}")
HAN = re.compile(r"[\u4e00-\u9fff]{2,5}")

# 王 明: newspapers set a two-character name as wide as its neighbours of three
SPREAD = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u00a0\u3000]{1,4}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
BETWEEN_NAMES = re.compile(r"[ \t\u00a0\u3000、，,；;/／|｜&＆]{1,20}")
AND = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与](?=[\u4e00-\u9fff]{2})")


def is_name(text: str) -> bool:
    """Return whether the text can be a person's name: surname and one to three characters, or parts joined by a point.

    >>> is_name("欧阳晓"), is_name("阿班·毛力提汗"), is_name("本报"), is_name("编辑部")
    (True, True, False, False)
    """
    if POINTED.fullmatch(text):
        return True
    if not HAN.fullmatch(text):
        return False
    plain = to_simplified(text)
    if plain in WHOLE_WORDS or plain in NOT_NAMES or plain[:2] in NOT_NAMES or NEVER_IN_NAMES.intersection(plain):
        return False
    if len(plain) > 2 and plain.endswith(ENDS_PLACE):
        return False
    if plain[:2] in SURNAMES:
        return 3 <= len(plain) <= 4
    return plain[0] in SURNAMES and len(plain) <= 3


def split_names(text: str) -> list[str]:
    """Return the names in a run such as 张三 李四、王五, in order; what is no name is left out.

    >>> split_names("王 明　李晓红、欧阳静")
    ['王明', '李晓红', '欧阳静']
    """
    closed = SPREAD.sub(_close, text[:LONGEST_LINE])
    parts = [
        part for piece in BETWEEN_NAMES.split(closed) for part in ([piece] if is_name(piece) else AND.split(piece))
    ]
    return list(dict.fromkeys(part for part in parts if is_name(part)))


def _close(match: re.Match[str]) -> str:
    whole = match[1] + match[2]
    return whole if is_name(whole) else match[0]
