"""A text that a machine put into the other script: 干部 and 由于 in a Traditional one, 着名 in a Simplified one.

Hong Kong and Taiwan write 幹部, 由於, 關係; a machine that knows one form for each character leaves the old one
standing or takes the wrong one everywhere (皇後, 製度).
"""

from collections.abc import Iterator

from articles.restoration.findings import Finding
from articles.restoration.text import Text

CODE = "machine_converted"
SEVERITY = "warning"

# words left in Simplified, by the characters that people write in them
LEFT = {
    genuine: words.split()
    for genuine, words in {
        "於": "由于 關于 對于 至于 處于 位于 屬于 等于 基于 鑒于 善于 便于 流于 限于 用于 忠于 過于 終于 敢于 勇于",
        "並": "并且 并不 并非 并將 并對 并與 并為 并進 并沒 并無 并未 并以 并由 并向 并從 并在 并把 并能 并使 并提",
        "幹乾": "干部 干群 骨干 能干 實干 苦干 干勁 干旱 干燥 干凈 干活 干什么 干什麼",
        "裡裏": "這里 那里 哪里 心里 家里 夜里 城里 手里 眼里 嘴里 里面 里邊 屋里",
        "範": "規范 范圍 示范 模范 師范 防范 典范 范疇 范例",
        "後": "以后 之后 然后 后來 最后 后面 前后 落后 今后 背后 后果 后者 隨后",
        "係繫": "關系 聯系 維系",
        "製": "制造 制作 研制 制品 復制 繪制 監制",
        "鬆": "放松 輕松 松散 寬松 松懈",
        "準": "准備 標准 准確 水准 准則 瞄准",
        "徵": "特征 征求 征收 象征 征集 征地",
        "採": "采取 采用 采訪 采購 采納 開采",
        "鬥": "斗爭 奮斗 戰斗 斗志 搏斗",
        "衝": "沖突 沖擊 沖動 沖鋒",
        "餘": "其余 剩余 多余 業余 余額 余地",
        "遊": "旅游 游客 游覽 游戲",
        "誌": "雜志 標志",
        "捨": "取舍 舍棄 舍得",
        "雲": "云南 云彩 風云 烏云",
        "穀": "谷物 稻谷 五谷 糧谷",
        "醜": "丑陋 丑聞 丑惡",
        "幾": "几乎 几個 几年 几十 好几",
        "築": "建筑 修筑 構筑",
        "劃": "計划 規划 划分 策划",
        "誇": "夸大 夸張 浮夸",
        "傑": "杰出 豪杰",
        "鬱": "憂郁 抑郁",
        "緻": "細致 精致",
        "麵": "面包 面粉 面條",
    }.items()
}
# 于 and 并 have been written so in books of all times
IN_OLD_BOOKS = frozenset({"於", "並"})
FEWEST_GROUPS, FEWEST_TIMES = 2, 3

# the wrong one of several Traditional characters
WRONG = (
    "皇後 方麵 全麵 公裏 裏程 鄰裏 若幹 幹預 幹涉 幹擾 製度 控製 限製 製定 製約 強製 體係 曆史 經曆 學曆 簡曆 農歷 "
    "日歷 北鬥 漏鬥 長徵 徵途 遊泳 代錶 錶示 發錶 錶現 錶達 同誌 誌願 誌氣 心髒 方嚮 恢複 彆人 鬆樹 山穀 迴答"
).split()
FEWEST_WRONG = 2

# Simplified made of Taiwan's spelling: 著 taken for 着, 乾 for 干, and what has one form only left as it was
SIMPLIFIED = (
    "着名的 着名学者 着名作家 着名专家 显着 卓着 着作权 着称 土着 原着 巨着 论着 专着 名着 干隆 干坤 其馀 业馀 剩馀 "
    "多馀 馀下 馀额 什麽 那麽 这麽 怎麽 瞭解 甚麽"
).split()
FEWEST_SIMPLIFIED = 2
MOST_SHOWN = 5


def detect(text: Text) -> Iterator[Finding]:
    """Yield one finding, placed at the beginning of the body, with some of the telling words."""
    whole = "\n".join(text.blocks)
    if text.script == "hans":
        words = [] if "著" in whole else [word for word in SIMPLIFIED if word in whole]
        told = words if len(words) >= FEWEST_SIMPLIFIED else []
    else:
        told = _left(whole) or _wrong(whole)
    if told:
        yield Finding(CODE, SEVERITY, 0, 0, 0, "、".join(told[:MOST_SHOWN]), None, min(0.9, 0.6 + 0.1 * len(told)))


def _left(whole: str) -> list[str]:
    """Return words left in Simplified, where several characters stand so and more often than as people write them."""
    groups, times = {}, 0
    for genuine, words in LEFT.items():
        found = {word: count for word in words if (count := whole.count(word))}
        if sum(found.values()) > sum(map(whole.count, genuine)):
            groups[genuine] = list(found)
            times += sum(found.values())
    telling = len(groups) >= FEWEST_GROUPS and times >= FEWEST_TIMES and not IN_OLD_BOOKS.issuperset(groups)
    return [word for words in groups.values() for word in words] if telling else []


def _wrong(whole: str) -> list[str]:
    words = [word for word in WRONG if word in whole]
    return words if len(words) >= FEWEST_WRONG else []
