"""The readers' addresses; each stands three times: plain, under /zh-hant/ and under /en/."""

from django.urls import path, register_converter

from articles.views import (
    browsing,
    citing,
    comparing,
    downloading,
    lent,
    letters,
    pages,
    reading,
    reads,
    searching,
    themes,
)


class NameConverter:
    """A slug that may be Chinese."""

    regex = r"[\w-]{1,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter:
    """A whole number that every database has room for; a longer one is simply not found."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class YearConverter(NumberConverter):
    """A year of four digits."""

    regex = r"[1-9][0-9]{3}"


class MonthConverter(NumberConverter):
    """A month, written as one would say it: 1 to 12."""

    regex = r"[1-9]|1[0-2]"


class TokenConverter(NameConverter):
    """An address part that was made at random."""

    regex = r"[\w-]{20,60}"


class TicketConverter(NameConverter):
    """The number of a letter, however somebody wrote it down."""

    regex = r"[2-9A-Za-z]{4}-[2-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return value.upper()


class StyleConverter(NameConverter):
    """A form of citation."""

    regex = "gbt7714|plain|bibtex|ris|csl-json"


class SuffixConverter(NameConverter):
    """A kind of file to take an article away in."""

    regex = "txt|md|docx|epub"


register_converter(NameConverter, "name")
register_converter(TicketConverter, "ticket")
register_converter(StyleConverter, "style")
register_converter(SuffixConverter, "suffix")
register_converter(TokenConverter, "token")
register_converter(NumberConverter, "number")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

urlpatterns = [
    path("", browsing.home, name="home"),
    path("articles/", browsing.latest, name="latest"),
    path("articles/<number:pk>/", reading.article, name="article"),
    path("articles/<number:pk>/editions/<number:number>/", reading.edition, name="edition"),
    path("articles/<number:pk>/report/", letters.report, name="report"),
    path("letters/", letters.ledger, name="ledger"),
    path("letters/<ticket:ticket>/", letters.letter, name="letter"),
    path("articles/<number:pk>/compare/", comparing.compare, name="compare"),
    path("articles/<number:pk>/read/", reads.read, name="read"),
    path("articles/<number:pk>/useful/", reads.useful, name="useful"),
    path("articles/<number:pk>/counts/", reads.counts, name="counts"),
    path("hot/", reads.hot, name="hot"),
    path("search/", searching.page, name="search"),
    path("search/feed/", searching.feed, name="search_feed"),
    path("search/suggest/", searching.suggest, name="search_suggest"),
    path("opensearch.xml", searching.description, name="opensearch"),
    path("preview/<token:token>/", lent.lent, name="lent"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<name:slug>/", themes.theme, name="theme"),
    path("themes/<name:slug>/<year:year>/", themes.theme_year, name="theme_year"),
    path("articles/<number:pk>/cite/", citing.page, name="cite_page"),
    path("articles/<number:pk>/cite/<style:style>", citing.cited, name="cite"),
    path("articles/<number:pk>/editions/<number:number>/cite/", citing.page, name="edition_cite_page"),
    path("articles/<number:pk>/editions/<number:number>/cite/<style:style>", citing.cited, name="edition_cite"),
    path("articles/<number:pk>.<suffix:suffix>", downloading.article, name="download"),
    path("articles/<number:pk>/editions/<number:number>.<suffix:suffix>", downloading.article, name="edition_download"),
    path("themes/<name:slug>.epub", downloading.theme, name="theme_download"),
    path("sources/", browsing.sources, name="sources"),
    path("sources/<name:slug>/", browsing.source, name="source"),
    path("authors/", browsing.authors, name="authors"),
    path("authors/<name:slug>/", browsing.author, name="author"),
    path("tags/", browsing.tags, name="tags"),
    path("tags/<name:slug>/", browsing.tag, name="tag"),
    path("archive/", browsing.archive, name="archive"),
    path("archive/<year:year>/", browsing.archive_year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", browsing.archive_month, name="archive_month"),
    path("pages/<name:slug>/", pages.page, name="page"),
]
