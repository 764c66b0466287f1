"""Rows of the library that are called like another one: told before there are two of them."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.chinese import pinyin

MOST_TWINS = 5


def twins_of(row: Any, name: str) -> list[Any]:
    """Other rows of the table that bear this name, or have it for an alias, in either script."""
    folded = pinyin.folded(name)
    others = type(row)._default_manager.filter(search_key__contains=f"|{folded}|").exclude(pk=row.pk)
    return [
        other
        for other in others.prefetch_related("aliases")[: MOST_TWINS * 4]
        if folded in {pinyin.folded(known) for known in (other.name, *(str(alias) for alias in other.aliases.all()))}
    ][:MOST_TWINS]


def links_to(rows: list[Any]) -> SafeString:
    """Return the names of the rows, each of which leads to its form in a new tab."""
    addresses = [(reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk]), row) for row in rows]
    return format_html_join("、", '<a href="{}" target="_blank">{}</a>', addresses)
