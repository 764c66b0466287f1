"""What every kind of page says of its text, beside title and byline."""

from articles.intake.draft import Draft
from articles.intake.metadata import keywords, published, source
from articles.intake.metadata.readings import take
from articles.intake.metadata.surroundings import Surroundings


def describe(draft: Draft, around: Surroundings) -> None:
    """Set source, editor, date, abstract, keywords, tags and path of channels, and keep where each was read."""
    take(draft, "original_source", source.find_source(around), around)
    take(draft, "editor", source.find_editor(around), around)
    take(draft, "published", published.find_published(around), around)
    take(draft, "abstract", keywords.find_abstract(around), around)
    take(draft, "keywords", keywords.find_keywords(around), around)
    take(draft, "tags", keywords.find_tags(around), around)
    take(draft, "breadcrumb", keywords.find_breadcrumb(around), around)
