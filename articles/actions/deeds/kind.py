"""What every kind of deed answers: who may, what will come of it, how it is done to one article and undone."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from articles.models import Article, DeedRow

# What was chosen, and what undoing one row needs: both are stored as JSON.
Said = dict[str, Any]
Trace = dict[str, Any]

# Sentences stand in the rows of a deed in English and are translated where they are shown.
CHANGED = gettext_noop("it changed since you looked at it")
CHANGED_SINCE = gettext_noop("it was changed since, and is left as it is")
NOT_ALLOWED = gettext_noop("you may not do this to it")
STOPPED = gettext_noop("stopped before its turn")


class Needs(Enum):
    """What somebody must be allowed before a deed is done to an article."""

    EDIT = "edit"
    EDIT_ALL = "edit all"
    PUBLISH = "publish"
    # an article that readers see is joined to another one by publishers only
    JOIN = "join"


class Refused(Exception):
    """It is not done to this article; the message is a sentence for the editor."""


class NothingToDo(Exception):
    """The article is already as it is meant to be."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of a row before anything is done: that nothing will be, and why."""

    outcome: str
    told: str = ""


UNCHANGED = Outlook(DeedRow.Outcome.UNCHANGED)


def refusal(told: str) -> Outlook:
    """Return what is said beforehand of an article to which it cannot be done."""
    return Outlook(DeedRow.Outcome.FAILED, told)


class Kind(ABC):
    """One thing that can be done to many articles."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    # what is said on the page that asks: what it does, and what undoing it gives back
    explanation: ClassVar[str | Promise]
    needs: ClassVar[Needs] = Needs.EDIT

    def says(self, said: Said) -> str:
        """Return what is done, with what was chosen, in the language of whoever asks."""
        return str(self.title)

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        """Return the articles to which it will not be done, by their numbers, in a number of queries that is fixed."""
        return {}

    def hold(self, numbers: Sequence[int], said: Said) -> None:
        """Lock the articles of a batch before the first of them is written, in the order in which all writers do."""
        Article.objects.filter(pk__in=numbers).hold()

    @abstractmethod
    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        """Do it to one article and return what undoing it has to know.

        Raises `NothingToDo`, `Refused`, and `StaleVersion` when the article changed since `version` was read.
        """

    @abstractmethod
    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        """Give back what was, to an article that is locked; raises `Refused` where what was done no longer stands."""


def save_claimed(article: Article, *columns: str) -> None:
    """Save these columns of a claimed article, and the moment it was changed."""
    article.save(update_fields=[*columns, "changed_at"])
