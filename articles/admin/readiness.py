"""What an edition still lacks before it can be handed in or published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import body
from articles.actions import excerpting, picturing
from articles.models import Article, Byline, Edition, Excerpt, Finding, Placement

# What is tiring to read on a screen: a paragraph of more characters than this, a text of so many without a heading.
LONG_PARAGRAPH, LONG_WITHOUT_HEADING = 600, 2_500


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: how grave it is (a severity of findings), the words for it, and where it can be mended."""

    severity: str
    text: str | Promise
    address: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the database says of these articles, asked for once."""

    findings: dict[int, dict[str, int]]
    signed: set[int]
    placed: set[int]
    excerpted: set[int]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "_Rows":
        keys, editions = [article.pk for article in articles], [article.current.pk for article in articles]
        findings: dict[int, dict[str, int]] = {}
        waiting = Finding.objects.open().filter(edition__in=editions).order_by().values_list("edition", "severity")
        for edition, severity, count in waiting.annotate(count=Count("pk")):
            findings.setdefault(edition, {})[severity] = count
        return cls(
            findings,
            set(Byline.objects.filter(edition__in=editions).values_list("edition", flat=True)),
            set(Placement.objects.filter(article__in=keys).values_list("article", flat=True)),
            set(Excerpt.objects.filter(edition__article__in=keys).values_list("edition__article", flat=True)),
        )


def lacks(article: Article) -> list[Lack]:
    """Return what the edition that editors see lacks, the gravest first."""
    return lacks_of([article])[article.pk]


def lacks_of(articles: Sequence[Article]) -> dict[int, list[Lack]]:
    """Return what each of the articles lacks, the gravest first, by their numbers."""
    rows = _Rows.of(articles)
    return {article.pk: list(_lacks(article, rows)) for article in articles}


def _lacks(article: Article, rows: _Rows) -> Iterator[Lack]:
    edition = article.current
    form = reverse("admin:articles_article_change", args=[article.pk])
    if not edition.body_html:
        yield Lack("error", _("There is no text."), f"{form}#text")
    yield from _of_pictures(edition, reverse("admin:articles_article_pictures", args=[article.pk]))
    yield from _of_findings(
        rows.findings.get(edition.pk, {}), reverse("admin:articles_article_restore", args=[article.pk])
    )
    if article.pk in rows.excerpted:
        yield from _of_passages(article)
    if not (edition.original_source_id or edition.original_source_printed):
        yield Lack("warning", _("It is not known where it first appeared."), f"{form}#provenance")
    if not edition.original_date:
        yield Lack("warning", _("It is not known when it first appeared."), f"{form}#provenance")
    if edition.pk not in rows.signed:
        yield Lack("warning", _("No author is named."), f"{form}#identity")
    yield from _of_length(edition, f"{form}#text")
    if article.pk not in rows.placed:
        yield Lack("info", _("It stands in no theme."), f"{form}#themes")


def _of_pictures(edition: Edition, address: str) -> Iterator[Lack]:
    count = len(picturing.undescribed(edition.body_html))
    text = ngettext(
        "%(count)d picture has neither a description nor the mark of a decorative one.",
        "%(count)d pictures have neither a description nor the mark of a decorative one.",
        count,
    )
    if count:
        yield Lack("error", text % {"count": count}, address)


def _of_passages(article: Article) -> Iterator[Lack]:
    count = sum(place is None for _, place in excerpting.standing(article))
    text = ngettext(
        "The words of %(count)d passage under a theme are gone from the text; readers will not find it there.",
        "The words of %(count)d passages under themes are gone from the text; readers will not find them there.",
        count,
    )
    address = f"{reverse('admin:articles_article_arrange', args=[article.pk])}#lost"
    if count:
        yield Lack("warning", text % {"count": count}, address)


def _of_findings(counts: dict[str, int], address: str) -> Iterator[Lack]:
    words = {
        "error": _("%(count)d open findings say that something is wrong."),
        "warning": _("%(count)d open findings ask for a look."),
        "info": _("%(count)d open findings are worth knowing."),
    }
    for severity in reversed(Finding.Severity.values):
        if severity in counts:
            yield Lack(severity, words[severity] % {"count": counts[severity]}, address)


def _of_length(edition: Edition, address: str) -> Iterator[Lack]:
    """What makes a text tiring to read: copies often lost their paragraphs and headings."""
    blocks = body.blocks(edition.body_html)
    count = sum(len(block.text) > LONG_PARAGRAPH for block in blocks)
    text = ngettext(
        "%(count)d paragraph has more than %(most)d characters.",
        "%(count)d paragraphs have more than %(most)d characters.",
        count,
    )
    if count:
        yield Lack("info", text % {"count": count, "most": LONG_PARAGRAPH}, address)
    if sum(len(block.text) for block in blocks) > LONG_WITHOUT_HEADING and not any(map(_is_heading, blocks)):
        text = _("It has more than %(most)d characters and no heading.")
        yield Lack("info", text % {"most": LONG_WITHOUT_HEADING}, address)


def _is_heading(block: body.Block) -> bool:
    return block.element in body.HEADINGS
