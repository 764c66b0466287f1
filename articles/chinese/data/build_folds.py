"""Write folds.txt anew: python -m articles.chinese.data.build_folds

Takes what the OpenCC of requirements.txt and this Python's Unicode say of every single character; no phrase rule has a
say, so that a short query and a long text can never be folded differently.
"""

from collections import defaultdict
from pathlib import Path
from unicodedata import normalize

import opencc

TARGET = Path(__file__).with_name("folds.txt")
LAST = 0x2FA1D
SURROGATES = range(0xD800, 0xE000)
# regional standards to OpenCC's own, then Traditional to Simplified
TABLES = ("tw2t", "hk2t", "t2s")
# what OpenCC leaves apart, because one of the two has a second reading, or is a variant no standard of today has: a
# search must not. The first of each group is the one that is kept.
ALSO = {
    variant: group[0]
    for group in (
        "干乾 着著 征徵 借藉 了瞭 于於 里裡裏 面麵麪 账帐 只祇 它牠 你妳 复覆 沉沈 余馀 并竝 回廻 侄姪 冰氷 污汚 "
        "效効傚 丘坵 堤隄 果菓 琅瑯 疏疎 炮砲 窗窓牕 纸帋 胸胷 体躰 逼偪 遍徧 邻隣 哄閧 雁鴈 韭韮 和龢 清淸 兹玆 "
        "概槪 值値 步歩 每毎 宝寳 雠讐 喧諠 稿藁稾 厂厰 捻撚 阔濶 鹅鵞 柏栢 凳櫈 箸筯 妒妬 奶嬭 妍姸 凭凴 伫竚 "
        "麻蔴 仿倣 抵觝 淫婬 咒呪 啖噉 姻婣 幕幙 庶庻 德悳 惭慙 憩憇 救捄 携擕 考攷 映暎 期朞 历歴 漱潄 暖煗 "
        "笺牋 奔犇 砖甎 苏甦 耕畊 略畧 亩畮 叠疉 皋皐 碗盌 寨砦 粳稉 稚穉 窑窰 俟竢 管筦 繁緐 总縂 翻繙 樽罇 "
        "剪翦 听聼 肯肎 肠膓 船舩 花芲 盖葢 蛇虵 歌謌 趁趂 辄輙 村邨 乡鄕 锁鎻 矿鑛 炉鑪𬬻 闹閙 坑阬 飘飃 饰餙 "
        "膳饍 驳駮 粗麤 鳖鼈 剩賸 羁覊 蕊蘂 蜂蠭 蟆蟇 裸躶 阱穽 驱敺 捶搥 眯瞇 斤觔 春旾 拿拏挐 斗鬪鬭 馈餽 懒嬾 "
        "笑咲 宁寜 榨搾 秋秌 告吿 即卽 既旣 郎郞 教敎 尚尙 黑黒 晚晩 涉渉 收収 绿緑 录録 真眞 慎愼 镇鎭 颠顚 "
        "研硏 并倂 饼餠 瓶甁 圆円"
    ).split()
    for variant in group[1:]
}
HEADER = """\
# what a search takes for one character, and the characters it takes for it: scripts, variants, widths and capitals.
# Every line replaces one character by one. Origin and licences: see README.md.
"""


def main() -> None:
    """Write the table beside this file."""
    groups = defaultdict(list)
    for before, after in _folds().items():
        groups[after].append(before)
    lines = (f"{after}\t{''.join(groups[after])}\n" for after in sorted(groups))
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


def _folds() -> dict[str, str]:
    chars = [chr(code) for code in range(0x21, LAST + 1) if code not in SURROGATES]
    single = [folded if len(folded := normalize("NFKC", char).lower()) == 1 else char for char in chars]
    for table in TABLES:
        converted = opencc.OpenCC(table).convert("\n".join(single)).split("\n")
        single = [new if len(new) == 1 else old for old, new in zip(single, converted, strict=True)]
    folds = {char: ALSO.get(char, ALSO.get(folded, folded)) for char, folded in zip(chars, single, strict=True)}
    return {char: _settled(char, folds) for char in chars if _settled(char, folds) not in (char, "\t", " ")}


def _settled(char: str, folds: dict[str, str]) -> str:
    """Follow the folds to their end: folding what is folded already changes nothing."""
    seen = {char}
    while (after := folds.get(char, char)) not in seen:
        seen.add(after)
        char = after
    return char


if __name__ == "__main__":
    main()
