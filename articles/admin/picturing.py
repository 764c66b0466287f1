"""The pictures of an article: uploaded, taken from its captures, described, credited, placed in the text."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import intake
from articles.actions import captured, picturing
from articles.actions.picturing import Credit
from articles.admin import conflicts, rules, typed
from articles.admin.base import Page
from articles.admin.keys import as_key, version_read
from articles.admin.picture_forms import PlacedForm, SaidForm, UploadForm
from articles.body import figures
from articles.models import Article, Capture, Picture, StaleVersion


def words_of(refusal: intake.Unreadable) -> str:
    sentence = gettext(refusal.template)
    return sentence % refusal.params if refusal.params else sentence


@dataclass(frozen=True, slots=True)
class Row:
    """A picture of the text with the form for it; `picture` is None where its row is gone."""

    standing: figures.Standing
    picture: Picture | None
    form: SaidForm
    base: str


def _rows(article: Article, sent: SaidForm | None = None, number: int | None = None) -> list[Row]:
    standing = figures.pictures(article.current.body_html)
    pictures = Picture.objects.standing_in(article.current.body_html)
    rows = []
    for one in standing:
        form = _form(one, picture := pictures.get(one.src))
        base = conflicts.seal(typed.values_of(form), article)
        rows.append(Row(one, picture, sent if sent and one.number == number else form, base))
    return rows


def _form(standing: figures.Standing, picture: Picture | None) -> SaidForm:
    said = {
        "alt": standing.alt or "",
        "is_decorative": standing.alt == "",
        "caption": standing.caption,
        "credit": picture.credit if picture else "",
    }
    return SaidForm(initial=said, auto_id=f"id_{standing.number}_%s")


# The screen


def pictures_view(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that can be done with the pictures of one article, by plain forms."""
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        return typed.gone(admin, request, lambda: _words(request))
    if not rules.may_edit(rules.editor_of(request), article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(admin, request, article)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        return deed(admin, request, article) or HttpResponseRedirect(_address(article))
    except figures.NoSuchPicture:
        if version_read(request) == article.version:
            raise Http404 from None
        return _stale(admin, request, article)
    except StaleVersion:
        return _stale(admin, request, article)


def _address(article: Article) -> str:
    return reverse("admin:articles_article_pictures", args=[article.pk])


def _words(request: HttpRequest) -> typed.Said:
    return [
        said for said in typed.words_of(request, SaidForm()) if said[0] != SaidForm.base_fields["is_decorative"].label
    ]


def _stale(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page for who came second: what is said now of the picture they described, wherever it stands by now."""
    now = Article.objects.filter(pk=article.pk).first()
    base = conflicts.unseal(request.POST.get("base", ""), article)
    src = request.POST.get("src", "")
    row = next((row for row in _rows(now) if row.standing.src == src), None) if now else None
    if request.POST.get("deed") != "describe" or row is None:
        return conflicts.stale(admin, request, article, lost=_words(request))
    seen = row.picture.version if row.picture else None
    mine = typed.into(SaidForm(request.POST), base, row.form)
    return conflicts.stale(admin, request, article, mine, number=row.standing.number, picture_version=seen)


def _stale_upload(admin: ModelAdmin, request: HttpRequest, article: Article, picture: Picture) -> HttpResponse:
    """The page for whose picture came second: it is here, and only its place and words have to be sent again."""
    now = Article.objects.filter(pk=article.pk).first()
    if now is None:
        return conflicts.gone(admin, request, _words(request))
    mine = typed.into(PlacedForm(request.POST, article=now), None)
    told = gettext("The picture itself is kept and need not be uploaded again.")
    return conflicts.stale(admin, request, now, mine, told=told, is_sendable=True, kept=picture.pk)


def _page(admin: ModelAdmin, request: HttpRequest, article: Article, **shown: Any) -> TemplateResponse:
    rows = shown.pop("rows", None) or _rows(article)
    for row in rows:
        may_credit = row.picture is not None and rules.may_credit(rules.editor_of(request), row.picture)
        row.form.fields["credit"].disabled = not may_credit
    shown = {
        **admin.admin_site.each_context(request),
        "title": _("Pictures"),
        "subtitle": None,
        "opts": admin.opts,
        "article": article,
        "rows": rows,
        "upload": UploadForm(article=article, auto_id="id_upload_%s"),
        "holdings": captured.holdings(article),
        **_opened(request, article),
        **shown,
    }
    return TemplateResponse(request, "admin/articles/article/pictures.html", shown)


def _opened(request: HttpRequest, article: Article) -> dict[str, Any]:
    """The capture whose pictures were asked for, with them, or why there are none."""
    key = as_key(request.GET.get("capture"))
    if key is None:
        return {}
    capture = _capture(article, key)
    opened = captured.holding(capture)
    try:
        return {"opened": opened, "offered": captured.offered(capture, article)}
    except intake.Unreadable as refusal:
        return {"opened": opened, "refusal": words_of(refusal)}


def _capture(article: Article, key: int) -> Capture:
    held = (holding.capture for holding in captured.holdings(article))
    found = next((capture for capture in held if capture.pk == key), None)
    if found is None:
        raise Http404
    return found


# What is done


def _upload(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse | None:
    picture, form = _kept(request), UploadForm(request.POST, request.FILES, article=article, auto_id="id_upload_%s")
    if picture:
        del form.fields["file"]
    if form.is_valid():
        try:
            picture = picture or picturing.choose(form.cleaned_data["file"].read(), by=rules.editor_of(request))
        except intake.Unreadable as refusal:
            form.add_error("file", words_of(refusal))
        else:
            try:
                _place(admin, request, article, picture, form)
            except StaleVersion:
                return _stale_upload(admin, request, article, picture)
            return None
    return _page(admin, request, article, upload=form, kept=picture)


def _kept(request: HttpRequest) -> Picture | None:
    """The picture of an upload that came second: it is here already."""
    return Picture.objects.filter(pk=as_key(request.POST.get("kept")) or 0).first()


def _take(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse | None:
    """Take a picture out of a capture into the text, where it stood there as far as that is known."""
    capture = _capture(article, as_key(request.POST.get("capture")) or 0)
    try:
        taken = captured.take(capture, article, request.POST.get("name", ""), by=rules.editor_of(request))
    except captured.NotThere:
        raise Http404 from None
    except intake.Unreadable as refusal:
        admin.message_user(request, words_of(refusal), messages.ERROR)
        return HttpResponseRedirect(f"{_address(article)}?capture={capture.pk}#captures")
    picturing.place(
        article,
        taken.picture,
        taken.said,
        version=version_read(request),
        by=rules.editor_of(request),
        after=taken.after,
    )
    _tell(admin, request, article, _("The picture stands in the text now."))
    return None


def _place(admin: ModelAdmin, request: HttpRequest, article: Article, picture: Picture, form: PlacedForm) -> None:
    credit = _credit(request, picture, form.cleaned_data["credit"], version=picture.version)
    picturing.place(
        article,
        picture,
        form.said,
        version=version_read(request),
        by=rules.editor_of(request),
        after=form.after,
        credit=credit,
    )
    _tell(admin, request, article, _("The picture stands in the text now."))


def _describe(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse | None:
    number = _number(request)
    form = SaidForm(request.POST, auto_id=f"id_{number}_%s")
    if not form.is_valid():
        return _page(admin, request, article, rows=_rows(article, form, number))
    picture = next((row.picture for row in _rows(article) if row.standing.number == number), None)
    seen = version_read(request, "picture_version")
    credit = _credit(request, picture, form.cleaned_data["credit"], version=seen)
    picturing.describe(
        article, number, form.said, version=version_read(request), by=rules.editor_of(request), credit=credit
    )
    _tell(admin, request, article, _("What is said of the picture is saved."))
    return None


def _remove(admin: ModelAdmin, request: HttpRequest, article: Article) -> None:
    picturing.remove(article, _number(request), version=version_read(request), by=rules.editor_of(request))
    _tell(admin, request, article, _("The picture is no longer in the text."))


def _credit(request: HttpRequest, picture: Picture | None, words: str, *, version: int) -> Credit | None:
    """What is to be said of who made it; None where nothing else is said, or the editor may not say it."""
    if picture is None or words == picture.credit or not rules.may_credit(rules.editor_of(request), picture):
        return None
    return Credit(picture, words, version)


def _tell(admin: ModelAdmin, request: HttpRequest, article: Article, words: Any) -> None:
    admin.message_user(request, words, messages.SUCCESS)
    admin.log_change(request, article, str(words))


def _number(request: HttpRequest) -> int:
    number = as_key(request.POST.get("number"))
    if number is None:
        raise Http404
    return number


DEEDS = {"upload": _upload, "take": _take, "describe": _describe, "remove": _remove}


# For the editor's script


def add_view(admin: ModelAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Keep one picture and answer in JSON what a text writes of it, or why not."""
    _ask(admin, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise intake.Unreadable(picturing.EMPTY)
        if (file.size or 0) > picturing.MOST_BYTES:
            raise intake.Unreadable(picturing.TOO_LARGE, most=picturing.MOST_MEGABYTES)
        picture = picturing.choose(file.read(), by=rules.editor_of(request))
    except intake.Unreadable as refusal:
        return JsonResponse({"error": words_of(refusal)}, status=400)
    return JsonResponse(_answer(request, picture), status=201)


def credit_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Answer who made the picture; a POST says it."""
    if not request.user.has_perm("articles.view_picture"):
        raise PermissionDenied
    src = (request.POST if request.method == "POST" else request.GET).get("src", "")
    picture = Picture.objects.standing_in(f'<img src="{src}"').get(src)
    if picture is None:
        raise Http404
    if request.method == "POST":
        try:
            _say(request, picture)
        except StaleVersion:
            told = gettext("Somebody else said meanwhile who made this picture; look at it again.")
            return JsonResponse({"error": told, **_answer(request, picture)}, status=409)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        picture.refresh_from_db()
    return JsonResponse(_answer(request, picture))


def _say(request: HttpRequest, picture: Picture) -> None:
    if not rules.may_credit(rules.editor_of(request), picture):
        raise PermissionDenied
    words = " ".join(request.POST.get("credit", "").split())
    if words != picture.credit:
        picturing.credit(Credit(picture, words, version_read(request)))


def _answer(request: HttpRequest, picture: Picture) -> dict[str, Any]:
    return {
        "key": picture.pk,
        "src": picture.src,
        "width": picture.width,
        "height": picture.height,
        "credit": picture.credit,
        "version": picture.version,
        "may_credit": rules.may_credit(rules.editor_of(request), picture),
    }


def _ask(admin: ModelAdmin, request: HttpRequest, pk: int | None) -> None:
    """Let through who may write the article, or begin one."""
    if pk is None:
        is_allowed = admin.has_add_permission(request)
    else:
        is_allowed = rules.may_edit(rules.editor_of(request), get_object_or_404(Article, pk=pk))
    if not is_allowed:
        raise PermissionDenied


def preview_view(admin: ModelAdmin, request: HttpRequest, pk: int, capture: int, number: int) -> HttpResponse:
    """Show a small copy of a picture inside a Word document, drawn anew."""
    article = get_object_or_404(Article, pk=pk)
    if not rules.may_edit(rules.editor_of(request), article):
        raise PermissionDenied
    try:
        drawn = captured.preview(_capture(article, capture), number)
    except (captured.NotThere, intake.Unreadable):
        raise Http404 from None
    response = HttpResponse(drawn, content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


PAGES: tuple[Page, ...] = (
    ("<int:pk>/pictures/", "pictures", pictures_view),
    ("<int:pk>/pictures/add/", "picture_add", add_view),
    ("pictures/add/", "picture_add", add_view),
    ("pictures/credit/", "picture_credit", credit_view),
    ("<int:pk>/pictures/capture/<int:capture>/<int:number>/", "picture_preview", preview_view),
)
