"""Dumps that crawlers write as JSON: one object whose fields are title, author, date, source and text."""

import json

# the label a reader of lines knows for each name of a field; the text goes by its own lines
LABELS = {
    "标题": ("title", "headline"),
    "作者": ("author", "authors", "byline"),
    "来源": ("source", "media", "site_name"),
    "发布时间": ("pubdate", "pub_date", "publish_time", "published", "pubtime", "date", "time"),
    "责任编辑": ("editor",),
    "关键词": ("keywords",),
    "本文地址": ("url", "link"),
}
TEXTS = ("content", "text", "body", "article")


def unfold(dump: str) -> str:
    """Return the object as lines with labels and the text below them; what is no such object comes back as it is.

    >>> unfold('{"title": "渡口", "author": "何清", "content": "船还没有来。"}')
    '标题：渡口\\n作者：何清\\n船还没有来。'
    """
    if not dump.lstrip("\ufeff \t\r\n").startswith("{"):
        return dump
    try:
        fields = json.loads(dump.strip("\ufeff \t\r\n"), strict=False)
    except (ValueError, RecursionError):
        return dump
    text = _first(fields, TEXTS) if isinstance(fields, dict) else ""
    if not text:
        return dump
    head = [f"{label}：{value}" for label, names in LABELS.items() if (value := _first(fields, names))]
    return "\n".join([*head, text])


def _first(fields: dict[str, object], names: tuple[str, ...]) -> str:
    """The first of the fields that holds words, or a list of them."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = "、".join(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
