"""Deeds that change texts, first of all: captures read again.

Undo puts the edition, its findings and excerpts back row by row as they were, not step by step the way they came: that
gives back the same text whatever rule made the change, and is done only where nobody wrote in the text since.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy, gettext_noop

from articles.actions import editing, preserving, rereading
from articles.actions.deeds.kind import (
    CHANGED_SINCE,
    Kind,
    Needs,
    NothingToDo,
    Outlook,
    Refused,
    Said,
    Trace,
    refusal,
)
from articles.models import Article, Edition, Finding, Hand, Witness

NO_CAPTURE = gettext_noop("no bytes of it are kept that could be read")
HANDED_IN = gettext_noop("it waits for review")


class TextKind(Kind):
    """A deed whose undo puts the text back as it was."""

    @abstractmethod
    def change(self, article: Article, version: int, said: Said, by: User) -> None:
        """Change the text of the article, which is claimed at this version."""

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = _read(number)
        was = _text(article)
        self.change(article, version, said, by)
        article = _read(number)
        begun = article.working_id if article.current.pk != was["edition"] else None
        return {**was, "begun": begun, "now": preserving.digest(_text(article)["rows"])}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        if preserving.digest(_text(article)["rows"]) != trace["now"]:
            raise Refused(CHANGED_SINCE)
        article.touch()
        if trace["begun"]:
            article.working = None
            Edition.objects.get(pk=trace["begun"]).delete()
        else:
            Finding.objects.filter(edition=trace["edition"]).delete()
            Hand.objects.filter(edition=trace["edition"]).delete()
            preserving.put_back(trace["rows"])
            article = _current(article)
        Witness.objects.filter(pk=trace["witness"]).update(made_digest=trace["made_digest"])
        editing.refresh(article)


def _current(article: Article) -> Article:
    """Let a claimed article hold its working edition as it stands now."""
    if article.working is not None:
        article.working.refresh_from_db()
    return article


def _read(number: int) -> Article:
    return Article.objects.select_related("live", "working").get(pk=number)


def _text(article: Article) -> Trace:
    """The edition an editor sees with what hangs on its text; one that is published never changes and is left out."""
    edition = article.current
    itself = [edition] if edition.number is None else []
    tables = (edition.findings, edition.excerpts, edition.bylines, edition.hands)
    hanging = [row for rows in tables for row in rows.order_by("pk")]
    witness = rereading.first_capture(article)
    return {
        "edition": edition.pk,
        "rows": preserving.keep([*itself, *hanging]),
        "witness": witness.pk if witness else None,
        "made_digest": witness.made_digest if witness else "",
    }


class Reread(TextKind):
    name = "reread"
    title = gettext_lazy("Read again by today’s rules")
    explanation = gettext_lazy(
        "The first capture is read again. Where nobody wrote in the text since, the new text takes its place, in a new "
        "working edition if the article is published; where somebody did, the text stays and new findings are offered. "
        "Undo puts text and findings back as they were."
    )
    needs: ClassVar[Needs] = Needs.EDIT_ALL

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        kept = set(Witness.objects.filter(capture__isnull=False).values_list("article", flat=True))
        waiting = {each.pk for each in articles if each.working and each.working.state == Edition.State.SUBMITTED}
        outlooks = {article.pk: refusal(NO_CAPTURE) for article in articles if article.pk not in kept}
        return {number: refusal(HANDED_IN) for number in waiting} | outlooks

    def change(self, article: Article, version: int, said: Said, by: User) -> None:
        try:
            reread = rereading.reread(article, version=version, by=by)
        except rereading.HandedIn:
            raise Refused(HANDED_IN) from None
        except rereading.CannotReread:
            raise Refused(NO_CAPTURE) from None
        if not reread.took_text and not reread.findings:
            raise NothingToDo
