"""What an edition still lacks before it can be handed in or published."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.actions import excerpting, picturing
from articles.models import Article, Edition, Finding


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: how grave it is (a severity of findings), the words for it, and where it can be mended."""

    severity: str
    text: str | Promise
    address: str


def lacks(article: Article) -> list[Lack]:
    """Return what the edition that editors see lacks, the gravest first."""
    edition = article.current
    form = reverse("admin:articles_article_change", args=[article.pk])
    found = [
        *([] if edition.body_html else [Lack("error", _("There is no text."), f"{form}#text")]),
        *_of_pictures(edition, reverse("admin:articles_article_pictures", args=[article.pk])),
        *_of_findings(edition, reverse("admin:articles_article_restore", args=[article.pk])),
    ]
    found += _of_passages(article)
    if not (edition.original_source_id or edition.original_source_printed):
        found.append(Lack("warning", _("It is not known where it first appeared."), f"{form}#provenance"))
    if not edition.original_date:
        found.append(Lack("warning", _("It is not known when it first appeared."), f"{form}#provenance"))
    if not edition.bylines.exists():
        found.append(Lack("warning", _("No author is named."), f"{form}#identity"))
    if not article.placements.exists():
        found.append(Lack("info", _("It stands in no theme."), f"{form}#themes"))
    return found


def _of_pictures(edition: Edition, address: str) -> list[Lack]:
    count = len(picturing.undescribed(edition.body_html))
    text = ngettext(
        "%(count)d picture has neither a description nor the mark of a decorative one.",
        "%(count)d pictures have neither a description nor the mark of a decorative one.",
        count,
    )
    return [Lack("error", text % {"count": count}, address)] if count else []


def _of_passages(article: Article) -> list[Lack]:
    count = sum(place is None for _, place in excerpting.standing(article))
    text = ngettext(
        "The words of %(count)d passage under a theme are gone from the text; readers will not find it there.",
        "The words of %(count)d passages under themes are gone from the text; readers will not find them there.",
        count,
    )
    address = f"{reverse('admin:articles_article_arrange', args=[article.pk])}#lost"
    return [Lack("warning", text % {"count": count}, address)] if count else []


def _of_findings(edition: Edition, address: str) -> list[Lack]:
    found = edition.findings.open().order_by().values("severity").annotate(count=Count("pk"))
    counts = {row["severity"]: row["count"] for row in found}
    words = {
        "error": _("%(count)d open findings say that something is wrong."),
        "warning": _("%(count)d open findings ask for a look."),
        "info": _("%(count)d open findings are worth knowing."),
    }
    worst_first = [severity for severity in reversed(Finding.Severity.values) if severity in counts]
    return [Lack(severity, words[severity] % {"count": counts[severity]}, address) for severity in worst_first]
