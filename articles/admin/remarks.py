"""What is worth knowing of each article before something is done to many: what it lacks, how unlike the other it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions.likeness import share
from articles.admin.readiness import Lack, lacks_of
from articles.models import Article, Deed, DeedRow

# Copies of one text, however damaged, share nearly all of it; what shares less than half is another text.
ALIKE, UNLIKE = 0.9, 0.5

Remarks = Mapping[int, Sequence[Lack]]


def beside(deed: Deed, rows: Iterable[DeedRow]) -> Iterator[tuple[DeedRow, Sequence[Lack]]]:
    """Yield the rows of a deed that nobody has begun, each with what whoever decides on it should know."""
    remark = KINDS.get(deed.kind)
    found: Remarks = {}
    if remark:
        articles = Article.objects.filter(pk__in=[row.key for row in rows]).select_related("working", "live")
        found = remark(list(articles), deed)
    for row in rows:
        yield row, found.get(row.key, ())


def _lacks(articles: Sequence[Article], deed: Deed) -> Remarks:
    return lacks_of(articles)


def _unlike(articles: Sequence[Article], deed: Deed) -> Remarks:
    """Say how much of each duplicate's text stands in that of the article that stays."""
    survivor = Article.objects.select_related("working", "live").filter(pk=deed.said["survivor"]).first()
    if survivor is None:
        return {}
    shares = {article.pk: share(article.current.body_text, survivor.current.body_text) for article in articles}
    return {pk: [_likeness(pk, shared)] for pk, shared in shares.items() if shared < ALIKE}


def _likeness(pk: int, shared: float) -> Lack:
    words = (
        _("Another text: it shares only %(share)d %% with the article that stays.")
        if shared < UNLIKE
        else _("It shares %(share)d %% with the article that stays; what differs does not go over.")
    )
    severity = "error" if shared < UNLIKE else "warning"
    return Lack(severity, words % {"share": shared * 100}, reverse("admin:articles_article_change", args=[pk]))


KINDS: dict[str, Callable[[Sequence[Article], Deed], Remarks]] = {
    "submit": _lacks,
    "publish": _lacks,
    "schedule": _lacks,
    "join": _unlike,
}
