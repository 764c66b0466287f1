"""Doing one thing to many articles: fixed and looked at first, done in batches, told row by row, taken back."""

from articles.actions.deeds.kind import Kind, Needs, NothingToDo, Outlook, Refused, Said
from articles.actions.deeds.kinds import KINDS, is_of_names, sentence, title
from articles.actions.deeds.running import (
    BATCH,
    MOST_ROWS,
    CannotCarryOn,
    CannotUndo,
    TooMany,
    begin,
    carry_on,
    close,
    is_begun,
    stop,
    undo,
    waits_for_undo,
)

__all__ = [
    "BATCH",
    "KINDS",
    "MOST_ROWS",
    "CannotCarryOn",
    "CannotUndo",
    "Kind",
    "Needs",
    "NothingToDo",
    "Outlook",
    "Refused",
    "Said",
    "TooMany",
    "begin",
    "carry_on",
    "close",
    "is_begun",
    "is_of_names",
    "sentence",
    "stop",
    "title",
    "undo",
    "waits_for_undo",
]
