"""Showing a text in the other script: conversion for the eye, never for the store."""

from functools import cache

import opencc

from articles.chinese.scripts import script_of, traditional_only

# the languages of the site that set every Chinese text in one script
SCRIPT_OF_LANGUAGE = {"zh-hans": "hans", "zh-hant": "hant"}

# OpenCC leaves quotation marks as they are; each script has its own.
TO_CORNERS = str.maketrans("“”‘’", "「」『』")
TO_CURLY = str.maketrans("「」『』", "“”‘’")


def shown_in(text: str, script: str) -> str:
    """Return `text` (plain or HTML, whose tags are ASCII) in the script `hans` or `hant`.

    Traditional is Taiwan's standard of characters (裡, 著, 群眾) without its vocabulary: documents keep their words.

    >>> shown_in("他说：“群众的眼睛是雪亮的。”", "hant")
    '他說：「群眾的眼睛是雪亮的。」'
    """
    if script == "hant":
        if any(map(traditional_only, text)):  # mixed words (关系關系) would be converted in part only
            text = _converter("t2s").convert(text)
        return _converter("s2tw").convert(text).translate(TO_CORNERS)
    return _converter("t2s").convert(text).translate(TO_CURLY)


def shown_to(language: str, text: str, script: str = "") -> str:
    """Return `text` as readers of a language of the site see it; `script` is its own, found out where not given.

    A text that is in their script already is left alone: a second conversion could only harm it.

    >>> shown_to("zh-hant", "群众", "hans"), shown_to("en", "群众", "hans")
    ('群眾', '群众')
    """
    wanted = SCRIPT_OF_LANGUAGE.get(language, "")
    if not text or not wanted or (script or script_of(text)) == wanted:
        return text
    return shown_in(text, wanted)


@cache
def _converter(table: str) -> opencc.OpenCC:
    """The converter is the same for all threads, and costs a fifth of a second to load."""
    return opencc.OpenCC(table)
