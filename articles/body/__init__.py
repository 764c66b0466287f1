"""The body of an article: what it may hold, its blocks, and how to name a place in it."""

from articles.body.blocks import Block, blocks, from_paragraphs, plain_text, prose
from articles.body.normalising import normalise, take_apart
from articles.body.notes import refer
from articles.body.places import TITLE, Place, find, find_all, place_at, places_at, replace
from articles.body.schema import HEADINGS, MAX_BYTES, MAX_DEPTH, BodyNotText, BodyRefused, BodyTooDeep, BodyTooLarge

__all__ = [
    "HEADINGS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "TITLE",
    "Block",
    "BodyNotText",
    "BodyRefused",
    "BodyTooDeep",
    "BodyTooLarge",
    "Place",
    "blocks",
    "find",
    "find_all",
    "from_paragraphs",
    "normalise",
    "place_at",
    "places_at",
    "plain_text",
    "prose",
    "refer",
    "replace",
    "take_apart",
]
