"""The deed that accepts one class of repairs in many articles."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from articles.actions import restoring
from articles.actions.deeds.kind import NothingToDo, Outlook, Refused, Said
from articles.actions.deeds.texts import TextKind
from articles.models import Article, DeedRow, Finding, name_of_class

NOTHING_OPEN = gettext_noop("nothing of this class waits in it")
WORDS_GONE = gettext_noop("the words no longer stand where they stood")


class AcceptClass(TextKind):
    name = "accept_class"
    title = gettext_lazy("Accept a class of repairs")
    explanation = gettext_lazy(
        "Every suggestion of this class becomes a repair, in a new working edition where the article is published. "
        "Undo puts the text back as it was."
    )

    def says(self, said: Said) -> str:
        return gettext("Accept repairs: %(name)s") % {"name": name_of_class(said["code"])}

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        waiting = Finding.objects.open().filter(code=said["code"], suggestion__isnull=False)
        editions = set(waiting.values_list("edition", flat=True))
        idle = (each for each in articles if (each.working_id or each.live_id) not in editions)
        return {article.pk: Outlook(DeedRow.Outcome.UNCHANGED, NOTHING_OPEN) for article in idle}

    def change(self, article: Article, version: int, said: Said, by: User) -> None:
        try:
            restoring.accept_class(article, said["code"], version=version, by=by)
        except restoring.WordsGone:
            raise Refused(WORDS_GONE) from None
        except restoring.CannotDecide:
            raise NothingToDo from None
