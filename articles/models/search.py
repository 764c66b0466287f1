"""What the search index knows of an article, as it was put into it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, LineField, ProseField


class SearchDocument(models.Model):
    """What an article can be found by, folded; the index beside this table holds the pieces of it.

    Readers find the published edition, editors the one they work on and every copy; where both find the same there is
    one document for both.

    The text is kept because the pieces that were put in have to be known when they are taken out again.
    """

    class Audience(models.TextChoices):
        EDITORS = "editors", _("editors")
        READERS = "readers", _("readers")
        BOTH = "both", _("editors and readers")

    # whose documents a search of each looks in
    OF_EDITORS = (Audience.EDITORS, Audience.BOTH)
    OF_READERS = (Audience.READERS, Audience.BOTH)

    LONGEST_READING = 1_000
    # the columns of the index, in their order
    COLUMNS = ("title", "names", "addresses", "body")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    audience = LineField(max_length=10, choices=Audience, default=Audience.EDITORS)
    # by which rules its pieces were made; those of older rules are made anew by `reindex`
    rules = CountField(default=0)
    title = ProseField(blank=True)
    names = ProseField(blank=True)
    addresses = ProseField(blank=True)
    body = ProseField(blank=True)
    # what the title that readers see may be looked for by while it is typed; see `pinyin.search_key`
    reading = LineField(max_length=LONGEST_READING, blank=True)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["article", "audience"], name="search_document_is_one")]
        indexes = [models.Index(fields=["rules", "article"], name="search_document_by_rules")]

    def __str__(self) -> str:
        return f"{self.article_id} ({self.audience})"
