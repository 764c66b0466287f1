"""Every table; the one door: other rooms import from `articles.models` only."""

from articles.models.article import Article, StaleVersion
from articles.models.author import Author, Byline
from articles.models.edition import Edition, digest_of, letters_of
from articles.models.finding import Finding, name_of_class
from articles.models.named import Immutable
from articles.models.picture import Picture
from articles.models.precise import PreciseDate, parse_precise
from articles.models.source import Source, SourceAlias, SourceDomain
from articles.models.tag import Tag, TaggedArticle, string_from_tags, tags_from_string
from articles.models.theme import Excerpt, Placement, Theme
from articles.models.witness import Capture, Witness

__all__ = [
    "Article",
    "Author",
    "Byline",
    "Capture",
    "Edition",
    "Excerpt",
    "Finding",
    "Immutable",
    "Picture",
    "Placement",
    "PreciseDate",
    "Source",
    "SourceAlias",
    "SourceDomain",
    "StaleVersion",
    "Tag",
    "TaggedArticle",
    "Theme",
    "Witness",
    "digest_of",
    "letters_of",
    "name_of_class",
    "parse_precise",
    "string_from_tags",
    "tags_from_string",
]
