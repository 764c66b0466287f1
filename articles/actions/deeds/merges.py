"""The deed that makes one article of several of the same work."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from articles.actions import joining
from articles.actions.deeds.kind import CHANGED_SINCE, Kind, Needs, Outlook, Refused, Said, Trace, refusal
from articles.models import Article, DeedRow

STAYS = gettext_noop("this is the article that stays")
CANNOT_STAY = gettext_noop("the article that is to stay was merged or withdrawn itself")
NOT_PUBLIC = gettext_noop("readers see it, and would be led to an article they do not see; publish that one first")
JOINED = gettext_noop("it was merged into another article already")


class Join(Kind):
    name = "join"
    title = gettext_lazy("Merge duplicates")
    explanation = gettext_lazy(
        "Copies, captures, placements, tags and excerpts go to the article that stays. A duplicate that readers saw is "
        "withdrawn as merged and leads them there; a draft leaves the lists. Undo gives every one of them back its own."
    )
    needs = Needs.JOIN

    def says(self, said: Said) -> str:
        return gettext("Merge into article %(number)d") % {"number": said["survivor"]}

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        outlooks = {each.pk: refusal(JOINED) for each in articles if each.merged_into_id}
        return outlooks | {said["survivor"]: Outlook(DeedRow.Outcome.UNCHANGED, STAYS)}

    def hold(self, numbers: Sequence[int], said: Said) -> None:
        joining.hold(numbers, said["survivor"])

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        found = Article.objects.in_bulk([number, said["survivor"]])
        try:
            return joining.join(found[number], found[said["survivor"]], version=version, by=by)
        except joining.SurvivorNotPublic:
            raise Refused(NOT_PUBLIC) from None
        except joining.AlreadyJoined:
            raise Refused(JOINED) from None
        except (joining.CannotJoin, KeyError):
            raise Refused(CANNOT_STAY) from None

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        try:
            joining.part(article, trace, by=by)
        except joining.NotAsJoined:
            raise Refused(CHANGED_SINCE) from None
