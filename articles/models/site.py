"""What this site is called, who keeps it, and its own pages: about, help, accessibility and what else it has to say."""

from dataclasses import dataclass, fields
from typing import Any

from django.core.cache import cache
from django.core.validators import EmailValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models.fields import CountField, HanSlugField, LineField, ProseField
from articles.models.gathering import gathered
from articles.models.versioned import Versioned, VersionedQuerySet

ENGLISH, TRADITIONAL = "en", "zh-hant"
KEPT_AS, LAST_KNOWN = "site-identity", "site-last-known"
# So long another process, with a cache of its own, may still show what stood there before.
KEPT_FOR = 60


class SiteQuerySet(VersionedQuerySet["Site"]):
    """The one row, claimed at the version that was read."""


class SitePageQuerySet(VersionedQuerySet["SitePage"]):
    """Pages of the site, each claimed at the version that was read."""


class Remembered(Versioned):
    """A row that every page shows something of: it is read from the cache, which each write empties."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        _forget()
        return deleted


def _forget() -> None:
    """Twice: for this transaction, and once more for whoever read the old row before it was over."""
    cache.delete(KEPT_AS)
    transaction.on_commit(lambda: cache.delete(KEPT_AS))


class Site(Remembered):
    """The one row that says what this site is called and who answers for it; where there is none, its defaults do."""

    ONLY = 1

    name = LineField(_("name"), max_length=40, default="文脉")
    name_en = LineField(_("name in English"), max_length=60, default="Wenmai", blank=True)
    tagline = LineField(_("tagline"), max_length=80, default="可查出处的中文文库", blank=True)
    tagline_en = LineField(
        _("tagline in English"), max_length=120, default="A curated library of Chinese articles", blank=True
    )
    logo = models.ForeignKey(
        "articles.Picture", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    organiser = LineField(_("organiser"), max_length=100, blank=True, help_text=_("Who keeps this site."))
    filing_number = LineField(
        _("filing number"), max_length=60, blank=True, help_text=_("As given by the ministry, for example 京ICP备…号.")
    )
    address = LineField(_("postal address"), max_length=200, blank=True)
    email = LineField(_("e-mail"), max_length=200, blank=True, validators=[EmailValidator()])
    phone = LineField(_("telephone"), max_length=60, blank=True)
    rights = ProseField(
        _("rights statement"),
        max_length=1_000,
        default="各篇文章的权利属于作者和最初刊载的媒体；本站的整理、校勘和说明文字，注明出处即可引用。",
        blank=True,
    )
    rights_en = ProseField(
        _("rights statement in English"),
        max_length=1_000,
        default="Rights in the articles stay with their authors and first publishers. What this library adds, its"
        " repairs and notes, may be quoted with its name.",
        blank=True,
    )
    offers_traditional = models.BooleanField(_("offers Traditional Chinese"), default=True)
    offers_english = models.BooleanField(_("offers English"), default=True)
    featured = models.ForeignKey(
        "articles.Theme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("featured theme"),
        help_text=_("The first articles of this theme, in its order, open the home page. Empty: the latest do."),
    )

    objects = SiteQuerySet.as_manager()

    # of what the cache gives out: the site's pages by name
    pages_shown: "tuple[PageName, ...]" = ()

    class Meta:
        verbose_name = _("identity of the site")
        verbose_name_plural = _("identity of the site")
        constraints = [models.CheckConstraint(name="site_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Site":
        return cls.objects.get_or_create(pk=cls.ONLY)[0]

    @classmethod
    def remembered(cls) -> "Site":
        """What was last known of the site, without asking the database; the defaults where that is nothing."""
        return cache.get(LAST_KNOWN) or cls()

    @classmethod
    def shown(cls) -> "Site":
        """The site as its pages show it, with `logo` and `pages_shown`: one query a minute for each cache."""
        site = cache.get(KEPT_AS)
        if site is None:
            site = cls._read()
            cache.set(KEPT_AS, site, KEPT_FOR)
            cache.set(LAST_KNOWN, site, None)
        return site

    @classmethod
    def _read(cls) -> "Site":
        names = {field.name: field.name for field in fields(PageName)}
        pages = gathered(SitePage.objects.all(), "site", "pk", place="position", pk="pk", **names)
        site = cls.objects.select_related("logo").annotate(pages_there=pages).filter(pk=cls.ONLY).first() or cls()
        there = sorted(getattr(site, "pages_there", None) or [], key=lambda page: (page["place"], page["pk"]))
        site.pages_shown = tuple(PageName(**{name: page[name] for name in names}) for page in there)
        return site

    @property
    def shown_name(self) -> str:
        return _in_language(self.name, english=self.name_en)

    @property
    def shown_tagline(self) -> str:
        return _in_language(self.tagline, english=self.tagline_en)

    @property
    def shown_rights(self) -> str:
        return _in_language(self.rights, english=self.rights_en)

    def offers(self, language: str) -> bool:
        """Say whether readers may come by this language; Simplified Chinese stands at the root and always is there."""
        return {TRADITIONAL: self.offers_traditional, ENGLISH: self.offers_english}.get(language, True)


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as the foot of every other page leads to it."""

    slug: str
    title: str
    title_hant: str
    title_en: str

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])

    @property
    def shown_title(self) -> str:
        return _in_language(self.title, traditional=self.title_hant, english=self.title_en)


class SitePage(Remembered):
    """A page of the site's own, in three languages; a text that is not there is shown as the Simplified one."""

    BODIES = ("body_html", "body_hant", "body_en")

    site = models.ForeignKey(Site, models.CASCADE, default=Site.ONLY, editable=False, related_name="pages")
    slug = HanSlugField(_("address"), help_text=_("The last part of its address, which stays as it is."))
    position = CountField(_("position"), default=0)
    title = LineField(_("title"), max_length=100)
    title_hant = LineField(
        _("title in Traditional characters"), max_length=100, blank=True, help_text=_("Empty: converted.")
    )
    title_en = LineField(_("title in English"), max_length=100, blank=True)
    body_html = ProseField(_("text"), blank=True)
    body_hant = ProseField(_("text in Traditional characters"), blank=True)
    body_en = ProseField(_("text in English"), blank=True)

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])

    @property
    def shown_title(self) -> str:
        return _in_language(self.title, traditional=self.title_hant, english=self.title_en)

    @property
    def shown_body(self) -> str:
        return _in_language(self.body_html, traditional=self.body_hant, english=self.body_en)


def _in_language(text: str, *, traditional: str = "", english: str = "") -> str:
    """Return the text written for the language of the page; the Simplified one where none was."""
    return {TRADITIONAL: traditional, ENGLISH: english}.get(get_language() or "") or text
