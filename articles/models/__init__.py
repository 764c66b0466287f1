"""Every table; the one door: other rooms import from `articles.models` only."""

from articles.models.article import Article
from articles.models.author import Author, AuthorAlias, Byline
from articles.models.deed import Deed, DeedRow
from articles.models.desk import Presence, PreviewLink, SavedView, WorkingCopy, new_token
from articles.models.edition import Edition, Hand, digest_of, letters_of
from articles.models.fields import slug_from
from articles.models.finding import CLASSES, Finding, name_of_class
from articles.models.gathering import gathered
from articles.models.house import HouseRules, Run
from articles.models.letter import LONGEST_PASSAGE, LONGEST_REMARK, Letter, new_ticket
from articles.models.named import Alias, Immutable, Named, addresses_like, keep_findable
from articles.models.picture import Picture
from articles.models.precise import PreciseDate, date_text, parse_precise
from articles.models.reads import DayOfReads, Mark, Tally
from articles.models.search import SearchDocument
from articles.models.site import PageName, Site, SitePage
from articles.models.source import Source, SourceAlias, SourceDomain
from articles.models.tag import Tag, TagAlias, TaggedArticle, string_from_tags, tags_from_string
from articles.models.theme import Excerpt, Placement, Theme, ThemeAlias
from articles.models.versioned import StaleVersion, Versioned, VersionedQuerySet
from articles.models.witness import Capture, Witness

__all__ = [
    "CLASSES",
    "LONGEST_PASSAGE",
    "LONGEST_REMARK",
    "Alias",
    "Article",
    "Author",
    "AuthorAlias",
    "Byline",
    "Capture",
    "DayOfReads",
    "Deed",
    "DeedRow",
    "Edition",
    "Excerpt",
    "Finding",
    "Hand",
    "HouseRules",
    "Immutable",
    "Letter",
    "Mark",
    "Named",
    "PageName",
    "Picture",
    "Placement",
    "PreciseDate",
    "Presence",
    "PreviewLink",
    "Run",
    "SavedView",
    "SearchDocument",
    "Site",
    "SitePage",
    "Source",
    "SourceAlias",
    "SourceDomain",
    "StaleVersion",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "Tally",
    "Theme",
    "ThemeAlias",
    "Versioned",
    "VersionedQuerySet",
    "Witness",
    "WorkingCopy",
    "addresses_like",
    "date_text",
    "digest_of",
    "gathered",
    "keep_findable",
    "letters_of",
    "name_of_class",
    "new_ticket",
    "new_token",
    "parse_precise",
    "slug_from",
    "string_from_tags",
    "tags_from_string",
]
