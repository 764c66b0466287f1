"""Dumps that crawlers write as fields: title, author, date, source and text, as JSON, as lines or as columns."""

import json
import re
from itertools import takewhile

# the label a reader of lines knows for each name of a field; the text goes by its own lines
LABELS = {
    "标题": ("title", "headline"),
    "作者": ("author", "authors", "byline"),
    "来源": ("source", "media"),
    "发布时间": ("pubdate", "pub_date", "publish_time", "published", "pubtime", "date", "time"),
    "责任编辑": ("editor",),
    "关键词": ("keywords",),
    "网站": ("sitename", "site_name"),
    "本文地址": ("url", "link"),
}
TEXTS = ("content", "text", "body", "article")


# title: 渡口 · author: 何清, above the text of a dump
FIELD = re.compile(r"(?P<name>[a-z_]{2,20}):[ ]?(?P<value>[^\n]{0,500})")
FEWEST_FIELDS = 3
# 标题<TAB>渡口 · 正文<TAB>船还没有来。
COLUMN = re.compile(r"^(标题|题目|作者|来源|日期|时间|发布时间|关键词|编辑|责任编辑|正文|内容)\t", re.MULTILINE)


def unfold(dump: str) -> str:
    """Return the object as lines with labels and the text below them; what is no such object comes back as it is.

    >>> unfold('{"title": "渡口", "author": "何清", "content": "船还没有来。"}')
    '标题：渡口\\n作者：何清\\n船还没有来。'
    """
    if not dump.lstrip("\ufeff \t\r\n").startswith("{"):
        return _unfold_columns(_unfold_lines(dump))
    try:
        fields = json.loads(dump.strip("\ufeff \t\r\n"), strict=False)
    except (ValueError, RecursionError):
        return dump
    text = _first(fields, TEXTS) if isinstance(fields, dict) else ""
    if not text:
        return dump
    return "\n".join([*_labelled(fields), text])


def _unfold_lines(dump: str) -> str:
    """The fields above the text, one on each line and perhaps between dashes."""
    lines = dump.lstrip("\ufeff \t\r\n").splitlines()
    start = 1 if lines and lines[0].strip() == "---" else 0
    read = list(takewhile(bool, (FIELD.fullmatch(line.strip()) for line in lines[start:])))
    fields: dict[str, object] = {field["name"]: field["value"].strip("\"' ") for field in read if field}
    if "title" not in fields or len(fields) < FEWEST_FIELDS:
        return dump
    rest = lines[start + len(read) :]
    return "\n".join([*_labelled(fields), *(rest[1:] if rest and rest[0].strip() == "---" else rest)])


def _unfold_columns(dump: str) -> str:
    if len(COLUMN.findall(dump)) < FEWEST_FIELDS:
        return dump
    return COLUMN.sub(lambda match: f"{match[1]}：" + ("\n" if match[1] in ("正文", "内容") else ""), dump)


def _labelled(fields: dict[str, object]) -> list[str]:
    return [f"{label}：{value}" for label, names in LABELS.items() if (value := _first(fields, names))]


def _first(fields: dict[str, object], names: tuple[str, ...]) -> str:
    """The first of the fields that holds words, or a list of them."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = "、".join(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
