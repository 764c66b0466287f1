"""Where an article or a passage of it stands: its themes and tags, suggestions, and excerpts from its own text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import body
from articles.actions import excerpting, placing, suggesting
from articles.admin import conflicts, rules, typed
from articles.admin.arranging_forms import AspectForm, ExcerptForm, PassageForm, PlaceForm, ReasonForm, TagForm
from articles.admin.base import Page
from articles.admin.keys import as_key, version_read
from articles.models import Article, Edition, Excerpt, Placement, StaleVersion, Tag, Theme

EXCERPT = "articles.add_excerpt"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph, and the excerpts it lies in."""

    text: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    element: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for on this screen."""

    admin: Any
    request: HttpRequest
    article: Article

    @property
    def key(self) -> int:
        return as_key(self.request.POST.get("key")) or 0


class Refused(Exception):
    """What was typed cannot be done; the forms say why."""

    def __init__(self, **forms: Any) -> None:
        self.forms = forms


def arrange_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text with what was taken from it; place, tag and take passages."""
    article = _article(as_key(str(pk)) or 0)
    if article is None:
        return typed.gone(admin, request, lambda: _words(request))
    if not admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(admin, request, article)
    deed = request.POST.get("do", "")
    if deed not in DEEDS or not _may(request, article, deed):
        raise PermissionDenied
    try:
        with transaction.atomic():
            version = version_read(request)
            DEEDS[deed](Asked(admin, request, Article.objects.claim(article.pk, version)))
    except StaleVersion:
        now = _article(article.pk)
        mine = _typed(request, now) if now else []
        return conflicts.stale(admin, request, article, mine, lost=() if mine else _words(request))
    except Refused as refused:
        return _page(admin, request, article, **refused.forms, status=400)
    return HttpResponseRedirect(request.get_full_path())


def _may(request: HttpRequest, article: Article, deed: str) -> bool:
    """Whoever may write the article may place and tag it; passages of themes are the editors' to take."""
    user = rules.editor_of(request)
    return rules.may_edit(user, article) and (deed not in OF_EXCERPTS or user.has_perm(EXCERPT))


def _article(pk: int) -> Article | None:
    return Article.objects.select_related("live", "working").filter(pk=pk).first()


def _typed(request: HttpRequest, now: Article) -> list[typed.Typed]:
    """What was typed into the form that came second, beside what stands there by now."""
    sent, deed = request.POST, request.POST.get("do")
    base = conflicts.unseal(sent.get("base", ""), now)
    if deed == "tag":
        return typed.into(TagForm(sent), base, TagForm(initial={"names": _named(now.tag_items.select_related("tag"))}))
    if deed == "take":
        return typed.into(ExcerptForm(sent), base)
    key = as_key(sent.get("key")) or 0
    if deed == "describe" and (excerpt := _passages(now).filter(pk=key).first()):
        return typed.into(
            AspectForm(sent, instance=excerpt), base, AspectForm(instance=excerpt), about=str(excerpt.theme)
        )
    placed = now.placements.select_related("theme")
    if deed == "reason" and (placement := placed.filter(pk=key).first()):
        reason = {"reason": placement.reason}
        return typed.into(ReasonForm(sent), base, ReasonForm(initial=reason), about=str(placement.theme))
    if deed == "place":
        theme = as_key(sent.get("place-theme")) or 0
        standing = placed.filter(theme=theme).first()
        stands = PlaceForm(initial={"theme": theme, "reason": standing.reason}) if standing else None
        stood = None if base is None else {"place-reason": base.get(str(theme), "")}
        return typed.into(PlaceForm(sent), stood, stands)
    return []


def _words(request: HttpRequest) -> typed.Said:
    return typed.words_of(request, PlaceForm(), TagForm(), ExcerptForm(), ReasonForm())


def _named(tag_items: Iterable[Any]) -> str:
    return "，".join(sorted(item.tag.name for item in tag_items))


def _place(asked: Asked) -> None:
    form = PlaceForm(asked.request.POST)
    if not form.is_valid():
        raise Refused(place_form=form)
    theme = form.cleaned_data["theme"]
    reason = form.cleaned_data["reason"]
    placement = placing.place(asked.article, theme, reason=reason)
    if reason and reason != placement.reason:
        placing.give_reason(placement, reason)
    _done(asked, _("Placed in “%s”.") % theme)


def _unplace(asked: Asked) -> None:
    placement = get_object_or_404(asked.article.placements.select_related("theme"), pk=asked.key)
    placing.remove(placement)
    _done(asked, _("Taken out of “%s”.") % placement.theme)


def _give_reason(asked: Asked) -> None:
    placement = get_object_or_404(asked.article.placements.select_related("theme"), pk=asked.key)
    reason = " ".join(asked.request.POST.get("reason", "").split())
    try:
        placing.give_reason(placement, Placement._meta.get_field("reason").clean(reason, placement))
    except ValidationError as error:
        form = PlaceForm({"place-theme": placement.theme_id, "place-reason": reason})
        form.add_error("reason", error)
        raise Refused(place_form=form) from error
    _done(asked, _("The reason is saved."))


def _tag(asked: Asked) -> None:
    form = TagForm(asked.request.POST)
    if not form.is_valid():
        raise Refused(tag_form=form)
    asked.article.tags.add(*form.cleaned_data["names"])
    _done(asked, _("Tagged: %s.") % "、".join(form.cleaned_data["names"]))


def _untag(asked: Asked) -> None:
    item = get_object_or_404(asked.article.tag_items.select_related("tag"), pk=asked.key)
    item.delete()
    _done(asked, _("No longer tagged “%s”.") % item.tag)


def _accept_tag(asked: Asked) -> None:
    tag = get_object_or_404(Tag, pk=asked.key)
    asked.article.tags.add(tag)
    _done(asked, _("Tagged: %s.") % tag)


def _accept_theme(asked: Asked) -> None:
    theme = get_object_or_404(Theme, pk=asked.key)
    placing.place(asked.article, theme)
    _done(asked, _("Placed in “%s”.") % theme)


def _take(asked: Asked) -> None:
    form = ExcerptForm(asked.request.POST)
    place, said = _place_of(asked, form), form.cleaned_data
    excerpting.take(asked.article.current, said["theme"], place, aspect=said["aspect"], note=said["note"])
    _done(asked, _("The passage stands under “%s” now.") % said["theme"])


def _take_anew(asked: Asked) -> None:
    excerpt = _excerpt(asked)
    place = _place_of(asked, PassageForm(asked.request.POST), again=excerpt)
    excerpting.take_anew(excerpt, asked.article.current, place)
    _done(asked, _("The passage under “%s” has its new words.") % excerpt.theme)


def _place_of(asked: Asked, form: PassageForm, **shown: Any) -> body.Place:
    start = as_key(asked.request.POST.get("start"))
    place = form.place_in(asked.article.current, start) if form.is_valid() else None
    if place is None:
        raise Refused(excerpt_form=form, **shown)
    return place


def _describe(asked: Asked) -> None:
    form = AspectForm(asked.request.POST, instance=_excerpt(asked))
    if not form.is_valid():
        words = {name: asked.request.POST.get(name, "") for name in ("aspect", "note")}
        raise Refused(excerpt_form=ExcerptForm(words))
    excerpting.keep(form.save(commit=False))
    _done(asked, _("The passage is described anew."))


def _leave(asked: Asked) -> None:
    excerpt = _excerpt(asked)
    excerpting.remove(excerpt)
    _done(asked, _("The passage stands under “%s” no longer.") % excerpt.theme)


def _excerpt(asked: Asked) -> Excerpt:
    return get_object_or_404(_passages(asked.article), pk=asked.key)


def _passages(article: Article) -> QuerySet[Excerpt]:
    return Excerpt.objects.filter(edition__article=article).select_related("theme", "edition__article")


def _done(asked: Asked, told: str) -> None:
    asked.admin.log_change(asked.request, asked.article, told)
    asked.admin.message_user(asked.request, told, messages.SUCCESS)


DEEDS: dict[str, Callable[[Asked], None]] = {
    "place": _place,
    "unplace": _unplace,
    "reason": _give_reason,
    "tag": _tag,
    "untag": _untag,
    "accept_tag": _accept_tag,
    "accept_theme": _accept_theme,
    "take": _take,
    "take_anew": _take_anew,
    "describe": _describe,
    "leave": _leave,
}
OF_EXCERPTS = ("take", "take_anew", "describe", "leave")


def _page(
    admin: Any,
    request: HttpRequest,
    article: Article,
    *,
    place_form: PlaceForm | None = None,
    tag_form: TagForm | None = None,
    excerpt_form: PassageForm | None = None,
    again: Excerpt | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = article.current
    standing = excerpting.standing(article)
    excerpts = [excerpt for excerpt, place in standing if place is not None]
    lost = [excerpt for excerpt, place in standing if place is None]
    again = again or next((each for each in lost if each.pk == as_key(request.GET.get("again"))), None)
    placements = list(article.placements.select_related("theme__parent").order_by("theme__name"))
    tag_items = list(article.tag_items.select_related("tag"))
    for rows in (excerpts, placements):
        for row in rows:
            row.base = _base_of(row, article)
    begun = _whole(edition, as_key(request.GET.get("block")))
    excerpt_form = excerpt_form or (PassageForm if again else ExcerptForm)(initial=begun)
    place_form, tag_form = place_form or PlaceForm(), tag_form or TagForm()
    may_edit = _may(request, article, "place")
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Arrange “%s”") % article.title,
        "opts": admin.opts,
        "media": admin.media + place_form.media + tag_form.media,
        "article": article,
        "edition": edition,
        "paragraphs": marked(edition, standing),
        "excerpts": excerpts,
        "lost": lost,
        "again": again,
        "placements": placements,
        "place_base": conflicts.seal({str(row.theme_id): row.reason for row in placements}, article),
        "tag_items": tag_items,
        "tag_base": conflicts.seal({"tag-names": _named(tag_items)}, article),
        "place_form": place_form,
        "tag_form": tag_form,
        "excerpt_form": excerpt_form,
        "may_edit": may_edit,
        "may_take": _may(request, article, "take"),
        "suggested_tags": suggesting.tags_for(article) if may_edit else [],
        "suggested_themes": suggesting.themes_for(article) if may_edit else [],
    }
    return TemplateResponse(request, "admin/articles/article/arrange.html", context, status=status)


def _base_of(row: Excerpt | Placement, article: Article) -> str:
    """What the form of a passage or a placement carries: the words that stand in it."""
    names = ("aspect", "note") if isinstance(row, Excerpt) else ("reason",)
    return conflicts.seal({name: getattr(row, name) for name in names}, article)


def _whole(edition: Edition, number: int | None) -> dict[str, Any]:
    """What the form begins with when somebody chose a paragraph: all of its words."""
    blocks = body.blocks(edition.body_html)
    if not number or number > len(blocks):
        return {}
    return {"block": number, "passage": blocks[number - 1].text}


def marked(edition: Edition, standing: Sequence[tuple[Excerpt, body.Place | None]]) -> list[Paragraph]:
    """Return the paragraphs of the text, cut where excerpts begin and end."""
    here = [(place, excerpt) for excerpt, place in standing if place]
    return [
        Paragraph(block.index + 1, block.element, _runs(block, [pair for pair in here if pair[0].block == block.index]))
        for block in body.blocks(edition.body_html)
    ]


def _runs(block: body.Block, here: list[tuple[body.Place, Excerpt]]) -> list[Run]:
    cuts = sorted({0, len(block.text), *(end for place, _ in here for end in (place.start, place.end))})
    return [
        Run(block.text[one:two], tuple(excerpt for place, excerpt in here if place.start <= one and two <= place.end))
        for one, two in pairwise(cuts)
    ]


PAGES: tuple[Page, ...] = (("<int:pk>/arrange/", "arrange", arrange_view),)
