"""Rows for tests, made the way editors make them, so that editions, copies and counts are real."""

from datetime import datetime

from django.contrib.auth.models import User

from articles import body as bodies
from articles.actions import editing, letters, placing, publishing
from articles.chinese.scripts import script_of
from articles.models import Article, Author, Edition, Excerpt, Finding, Letter, Source, Theme, Witness

BODY = "议事会把预算贴在村口，每一笔都写明用处。\n有不清楚的地方，当场就可以问。"


def article(
    title: str = "预算贴在村口",
    body: str = BODY,
    *,
    published: bool | datetime = False,
    authors: tuple[Author | str, ...] = (),
    affiliation: str = "",
    theme: Theme | None = None,
    reason: str = "",
    tags: tuple[str, ...] = (),
    is_demonstration: bool = False,
    **written,
) -> Article:
    """Return an article; `body` is HTML or plain lines, `published` may be the moment it is before its readers from."""
    html = html_of(body)
    written.setdefault("script", script_of(title + bodies.plain_text(html)))
    made = editing.start(
        by=None,
        title=title,
        body_html=html,
        bylines=[editing.Signature(author(name), affiliation=affiliation) for name in authors],
        is_demonstration=is_demonstration,
        **written,
    )
    if tags:
        made.tags.add(*tags)
    if theme:
        placing.place(made, theme, reason=reason)
    return publish(made, at=published if isinstance(published, datetime) else None) if published else made


def publish(article: Article, *, at: datetime | None = None, reason: str = "") -> Article:
    """Put the article's working edition before its readers, and return the article as it stands now."""
    publishing.publish(article, version=article.version, by=None, at=at, reason=reason)
    return Article.objects.get(pk=article.pk)


def revised(article: Article, body: str | None = None, *, reason: str = "改正一处。", **written) -> Article:
    """Return the article after one more published edition."""
    if body is not None:
        written["body_html"] = html_of(body)
    return publish(editing.revise(article, version=article.version, by=None, **written), reason=reason)


def withdrawn(article: Article, reason: str = Article.Withdrawal.ERROR, **said) -> Article:
    """Return the published article after it was taken back."""
    publishing.withdraw(article, version=article.version, reason=reason, **said)
    return Article.objects.get(pk=article.pk)


def html_of(body: str) -> str:
    """Return the body; plain lines become its paragraphs."""
    return bodies.normalise(body) if body.lstrip().startswith("<") else bodies.from_paragraphs(body.splitlines())


def edition(article: Article) -> Edition:
    """Return the edition an editor would see."""
    return Article.objects.get(pk=article.pk).current


def source(name: str = "青禾日报", *, aliases: tuple[str, ...] = (), domains: tuple[str, ...] = (), **given) -> Source:
    made = Source.objects.create(name=name, **given)
    for alias in aliases:
        made.aliases.create(name=alias)
    for domain in domains:
        made.domains.create(name=domain)
    return made


def theme(name: str = "预算公开", parent: Theme | None = None, **columns) -> Theme:
    return Theme.objects.create(name=name, parent=parent, **columns)


def author(name: Author | str = "示例作者甲", **columns) -> Author:
    """Return the author of this name, made where there is none."""
    if isinstance(name, Author):
        return name
    return Author.objects.get_or_create(name=name, defaults=columns)[0]


def witness(article: Article, source: Source | None = None, **columns) -> Witness:
    return Witness.objects.create(article=article, source=source, **columns)


def excerpt(article: Article, theme: Theme, passage: str, **columns) -> Excerpt:
    """Place the passage, which stands in one block of the article's current edition, under the theme."""
    current = edition(article)
    block = next(block for block in bodies.blocks(current.body_html) if passage in block.text)
    start = block.text.index(passage)
    place = {"block": block.index, "start": start, "end": start + len(passage), "exact": passage}
    return Excerpt.objects.create(theme=theme, edition=current, **place, **columns)


def finding(article: Article, code: str = "punctuation_width", **columns) -> Finding:
    """Return a finding at the first character of the article's current edition."""
    given = {"block": 0, "start": 0, "end": 1, "severity": "warning", "confidence": 0.9, **columns}
    return Finding.objects.create(edition=edition(article), code=code, **given)


def letter(article: Article, kind: str = "correction", *, outcome: str = "", **written) -> Letter:
    """Return a letter about the article, received as readers' letters are, and decided on where an outcome is given."""
    made = letters.receive(edition(article), letters.Written(kind, **written))
    if outcome == Letter.Outcome.ACCEPTED:
        return letters.accept(made, version=made.version, by=None)
    if outcome == Letter.Outcome.DECLINED:
        return letters.decline(made, version=made.version, by=None, reason="查过原报，原文如此。")
    return made


def editor(name: str = "editor", **columns) -> User:
    return User.objects.create_user(name, is_staff=True, **columns)
