"""Ways to write: the row, what the browser of somebody who opened it sends, and what somebody quicker does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
from django.contrib.auth.models import User
from django.urls import reverse

from articles.actions import (
    captured,
    capturing,
    deeds,
    editing,
    picturing,
    placing,
    publishing,
    restoring,
    reviewing,
    storing,
)
from articles.models import Article, HouseRules, Site, SitePage, Tag, Theme
from articles.tests import make
from articles.tests.admin.people import browser_of
from articles.tests.admin.test_conflicts import sent_by_form
from articles.tests.intake.test_pictures import picture

Sent = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Way:
    """One way to write: the row, what the browser of somebody who opened it would send, and what they type.

    Who is quicker writes the same way, or as `quicker` says; who comes second is answered by `lost`. Dear is one whose
    pictures are drawn anew each time.
    """

    name: str
    row: Callable[[int], Any]
    opened: Callable[[Any, Any], Sent]
    typed: Callable[[str], dict[str, Any]] = lambda words: {}
    quicker: Callable[[Any], object] | None = None
    lost: int = 409
    is_dear: bool = False


def page(row, name):
    return reverse(f"admin:articles_{row._meta.model_name}_{name}", args=[row.pk])


def form(table, row, column, **more):
    """Return the way through the form of a table."""

    def opened(client, row):
        return page(row, "change"), sent_by_form(client.get(page(row, "change")))

    return Way(f"{table} form", row, opened, lambda words: {column: words}, **more)


def step(name, row, **fields):
    """Return the way through a step of publication; `fields` are sent besides, and `words` names the one for words."""
    words = fields.pop("words", "")
    typed = (lambda text: {words: text}) if words else (lambda text: {})

    def opened(client, article):
        return page(article, name), {f"version-{article.pk}": article.version, **fields}

    return Way(name, row, opened, typed)


def desk(name, row, /, words="", is_dear=False, **fields):
    """Return the way through a desk of an article, which sends its version as such."""
    typed = (lambda text: {words: text}) if words else (lambda text: {})

    def opened(client, article):
        known = {key: value(article) if callable(value) else value for key, value in fields.items()}
        return page(article, name), {"version": article.version, **known}

    return Way(f"{name} {fields.get('do') or fields.get('deed', '')}", row, opened, typed, is_dear=is_dear)


def deletion(table, row, **more):
    """Return the way of who deletes what somebody wrote in since they were asked whether to."""

    def opened(client, row):
        return page(row, "delete"), {"post": "yes", "version": row.version}

    return Way(f"{table} deletion", row, opened, quicker=saved, **more)


def draft(number=0):
    return make.article(f"第{number}篇")


def published(number=0):
    return make.article(f"第{number}篇", published=True)


def begun_anew(number=0):
    article = published(number)
    return editing.revise(article, version=article.version, by=None, subtitle="新")


def scheduled(number=0):
    article = draft(number)
    publishing.publish(article, version=article.version, by=None, at=publishing.moment() + timedelta(days=9))
    return Article.objects.get(pk=article.pk)


def submitted(number=0):
    article = draft(number)
    reviewing.submit(article, version=article.version, by=User.objects.get(username="chief"))
    return Article.objects.get(pk=article.pk)


def with_finding(number=0):
    article = draft(number)
    make.finding(article, suggestion="议", found="议")
    return article


def with_lost_word(number=0):
    article = draft(number)
    make.finding(article, code="lost_characters", found="议")
    return article


def excerpt(number=0):
    article = draft(number)
    return make.excerpt(article, make.theme(f"第{article.pk}篇的选段"), "每一笔都写明用处")


def with_excerpt(number=0):
    return excerpt(number).edition.article


def excerpt_of(article):
    return article.working.excerpts.get().pk


def chief():
    return User.objects.get(username="chief")


def repaired(number=0):
    article = with_finding(number)
    keys = article.working.findings.values_list("pk", flat=True)
    return restoring.accept(article, list(keys), version=article.version, by=chief()).article


def dismissed(number=0):
    article = with_finding(number)
    keys = article.working.findings.values_list("pk", flat=True)
    return restoring.dismiss(article, list(keys), version=article.version, by=chief(), reason="原文如此。").article


def with_picture(number=0):
    shown = picturing.choose(picture(300, 200), by=chief())
    return make.article(f"第{number}篇", f'<p>一句话。</p><figure><img src="{shown.src}" alt=""></figure>')


def with_theme(number=0):
    theme = make.theme(f"有顺序的主题{number}")
    make.article(f"第{number}篇", theme=theme)
    return Theme.objects.get(pk=theme.pk)


def source(number=0):
    return make.source(f"青禾日报{number}")


def author(number=0):
    return make.author(f"示例作者{number}")


def theme(number=0):
    return make.theme(f"主题{number}")


def saved(row):
    type(row).objects.get(pk=row.pk).save()


def new_theme(article):
    return make.theme(f"第{article.pk}篇的主题").pk


def new_tag(number=0):
    return Tag.objects.create(name=f"旧标签{number}")


def ordered(client, theme):
    address = page(theme, "arrange")
    return address, dict(client.get(address).context["carried"]) | {"save": "1"}


def restoring_of_edition(client, article):
    address = reverse("admin:articles_article_restore_edition", args=[article.pk, article.live_id])
    return address, {f"version-{article.pk}": article.version}


def placed(number=0):
    return make.article(f"第{number}篇", theme=make.theme(f"第{number}个主题"), reason="旧的理由")


def placement_of(article):
    return article.placements.get().pk


def tagged(number=0):
    return make.article(f"第{number}篇", tags=("账目",))


def in_document(number=0):
    document, data = docx.Document(), BytesIO()
    document.add_picture(BytesIO(picture(300, 200)))
    document.save(data)
    article = draft(number)
    capture = storing.store(data.getvalue(), media_type=capturing.MEDIA_TYPES["docx"])
    make.witness(article, capture=capture)
    return article


def named_in_document(article):
    (offered,) = captured.offered(capture_of(article), article)
    return offered.name


def capture_of(article):
    return article.witnesses.get().capture


def any_picture(number=0):
    return picturing.choose(picture(300, 200), by=chief())


def credited(client, shown):
    return reverse("admin:articles_article_picture_credit"), {"src": shown.src, "version": shown.version}


def of_many(action, **said):
    """Return what a step taken by articles of the list sends."""

    def opened(client, article):
        sent = {"action": action, "_selected_action": article.pk, "confirmed": "yes", **said}
        return reverse("admin:articles_article_changelist"), sent | {f"version-{article.pk}": article.version}

    return opened


def revised(article):
    editing.revise(Article.objects.get(pk=article.pk), version=article.version, by=None, subtitle="别人写的副题")


def begun(kind, articles, **said):
    return deeds.begin(kind, articles, said, by=chief())


def previewed(client, article):
    deed = begun("add_tags", Article.objects.filter(pk=article.pk), tags=["预算"])
    return reverse("admin:articles_article_deed", args=[deed.pk]), {"act": "carry_on"}


def undone(client, article):
    theme = article.placements.get().theme
    article.placements.all().delete()
    deed = begun("add_theme", Article.objects.filter(pk=article.pk), theme=theme.pk, name=theme.name, reason="")
    deeds.carry_on(deed, by=chief())
    return reverse("admin:articles_article_deed", args=[deed.pk]), {"act": "undo"}


def given_reason(article):
    placing.give_reason(article.placements.get(), "别人写的理由")


def joined(theme):
    one = theme.placements.get().article
    stays = draft(99)
    deed = begun("join", Article.objects.filter(pk=one.pk), survivor=stays.pk, name=stays.title)
    deeds.carry_on(deed, by=chief())


def deleted_from(theme):
    article = theme.placements.get().article
    sent = {"post": "yes", "version": article.version}
    browser_of(chief()).post(page(article, "delete"), sent)


def ordered_with_words(client, theme):
    address, sent = ordered(client, theme)
    return address, sent | {f"reason-{theme.placements.get().article_id}": "我写的理由"}


def merged(make_one):
    """Return the way of who merges a name in which somebody wrote since they looked at it."""

    def opened(client, gone):
        stays = make_one(77)
        sent = {"into": stays.pk, "version": gone.version, "into_version": stays.version}
        return page(gone, "merge"), sent

    return opened


def two_copies(number=0):
    article = draft(number)
    for outlet in ("日报", "晚报"):
        capture = storing.store(f"{outlet}{number}\n{make.BODY}".encode(), media_type="text/plain")
        make.witness(article, make.source(f"{outlet}{number}"), capture=capture)
    return article


def collated(client, article):
    left, right = article.witnesses.order_by("pk")
    pair = f"?left={left.pk}&right={right.pk}"
    return page(article, "collate") + pair, {"version": article.version, "take": "0000000000000000-left"}


def come_in(number=0):
    return capturing.take_in(capturing.Page(f"村口的账本\n\n{LONG}\n".encode(), name="a.txt")).article


def further_copy(article):
    capturing.take_in(capturing.Page(f"村口的账本\n\n{LONG}\n\n转载。\n".encode(), name="b.txt"))


def house(number=0):
    HouseRules.objects.update(needs_other_reviewer=False)
    return HouseRules.current()


def site(number=0):
    return Site.current()


def site_page(number=0):
    Site.current()
    return SitePage.objects.create(slug=f"page-{number}", title=f"第{number}页")


LONG = "\n\n".join(
    f"第{number}段：议事会把预算贴在村口，每一笔都写明用处，谁都可以来问，一年两次。" for number in range(12)
)
