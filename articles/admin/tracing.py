"""The tracing desk: the copies of an article, where each was found, and which of them came first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions import tracing, weighing
from articles.actions.descending import name_of, read_of
from articles.admin import collating, conflicts, readings, rules, typed
from articles.admin.base import Page
from articles.admin.copy_forms import NEW, CopyForm, SearchForm, known_sources
from articles.admin.disagreements import told
from articles.admin.keys import as_key, version_read
from articles.admin.suggestions import TYPED
from articles.models import Article, StaleVersion, Witness

# So few copies are read and compared without being asked.
FEW = 4
# what a field of a copy is called in the form
FIELD = re.compile(r"copy-([^-]+)-(\w+)")
NEW_COPY = f"copy-{NEW}-"
REFUSALS: dict[type[tracing.Contradiction], Promise] = {
    tracing.CopiedInACircle: _("By what is said here a copy would be reprinted from itself, by way of others."),
    tracing.CopyOfAnother: _("That is a copy of another article."),
    tracing.RestsOnCapture: _("A copy whose bytes are kept stays on the list."),
    tracing.TwoOriginals: _("Only one copy can be the original."),
    tracing.OriginalIsKnown: _("One of the copies is called the original; say first of what other kind it is."),
}


@dataclass
class Desk:
    """One look at the copies of an article, with what was sent about them."""

    request: HttpRequest
    article: Article

    @cached_property
    def copies(self) -> list[Witness]:
        rows = self.article.witnesses.select_related("source", "capture")
        return list(rows.prefetch_related("capture__further_parts"))

    @cached_property
    def forms(self) -> list[CopyForm]:
        """A form for each copy, and one for a new copy at the end."""
        data = self.request.POST if self.request.method == "POST" else None
        known = known_sources(self.copies, data)
        new = Witness(article=self.article)
        return [CopyForm(copy, self.copies, known, self._sent(copy, data)) for copy in (*self.copies, new)]

    def _sent(self, copy: Witness, data: Any) -> Any:
        """What was sent, where it says anything of this copy: one that came in meanwhile is left as it is."""
        prefix = f"copy-{copy.pk or 'new'}-"
        # the line beside a select is sent by whoever has no script, also where the select is left out
        said = (name for name in data or () if name.startswith(prefix) and (data[name] or not name.endswith(TYPED)))
        return data if any(said) else None

    @cached_property
    def search(self) -> SearchForm:
        return self._search(self.request.POST if self.request.method == "POST" else None)

    def _search(self, data: Any = None) -> SearchForm:
        return SearchForm(data, initial={"note": self.article.tracing_note, "takes_over": True})

    @property
    def base(self) -> str:
        """What stands in the forms before anything is typed."""
        return conflicts.seal(
            typed.values_of(self._search(), *(self._begun(form) for form in self.forms)), self.article
        )

    def _begun(self, form: CopyForm) -> CopyForm:
        return CopyForm(form.copy, self.copies, form.fields["source"].widget.known)

    @property
    def sent(self) -> list[CopyForm]:
        """The forms that say something new."""
        return [form for form in self.forms if form.is_bound and form.has_changed()]

    def refuse_forged(self) -> None:
        """Raise `Http404` for a copy that is none of this article's."""
        original = self.request.POST.get("original")
        if self.gone or (original is not None and original not in {str(copy.pk) for copy in self.copies}):
            raise Http404(_("That is no copy of this article."))

    def is_valid(self) -> bool:
        """Whether all that was sent can be meant, one field beside the other."""
        if not all([self.search.is_valid(), *(form.is_valid() for form in self.sent)]):
            return False
        if "unknown" in self.request.POST and not self.search.cleaned_data["note"].strip():
            self.search.add_error("note", _("Say where it was looked for, for those who look again."))
        chosen = self.request.POST.get("original")
        originals = [form for form in self.sent if form.cleaned_data["kind"] == Witness.Kind.ORIGINAL]
        if len(originals) > 1 and not chosen:
            originals[1].add_error("kind", str(REFUSALS[tracing.TwoOriginals]))
        for form in self.sent:
            if form.cleaned_data.get("remove") and str(form.copy.pk) == chosen:
                form.add_error("remove", _("The original stays on the list."))
        return self.search.is_valid() and all(form.is_valid() for form in self.sent)

    def said(self) -> tracing.Said:
        """What the editor says in one go."""
        removed = [form.copy for form in self.sent if form.cleaned_data.get("remove")]
        written = [form.written() for form in self.sent if form.copy not in removed]
        chosen = as_key(self.request.POST.get("original")) or 0
        note = self.search.cleaned_data["note"].strip()
        return tracing.Said(
            copies=written,
            removed=removed,
            original={copy.pk: copy for copy in (*self.copies, *written)}.get(chosen),
            takes_over=self.search.cleaned_data["takes_over"],
            tracing=next((name for name in ("unknown", "open") if name in self.request.POST), ""),
            note=note if "note" in self.request.POST else None,
        )

    def came_second(self) -> tuple[list[typed.Typed], typed.Said]:
        """What was sent against an older version: fields that can be sent again, and words that nothing takes any more.

        A copy that somebody took off the list comes back as a new one, with what was typed of it.
        """
        base = conflicts.unseal(self.request.POST.get("base", ""), self.article)
        bound = [form for form in self.forms if form.is_bound]
        names = [name_of(form.copy) if form.copy.pk else _("new copy") for form in bound]
        fields = [typed.into(form, base, self._begun(form), name) for form, name in zip(bound, names, strict=True)]
        copies, gone = _mine(fields), _mine([self._of_gone(key, base) for key in self.gone])
        if not any(one.name.startswith(NEW_COPY) for fields in copies for one in fields):
            copies, gone = [*copies, *gone[:1]], gone[1:]
        note = [one for one in typed.into(self.search, base, self._search()) if one.name == "note"]
        lost = [(one.label, one.mine_as_read) for fields in gone for one in fields if one.is_mine]
        return [one for fields in (*copies, note) for one in fields], lost

    @property
    def gone(self) -> list[str]:
        """The keys of copies that something was sent of, and that are none of this article's."""
        keys = {str(copy.pk) for copy in self.copies} | {NEW}
        return sorted({match[1] for name in self.request.POST if (match := FIELD.fullmatch(name))} - keys)

    def _of_gone(self, key: str, base: conflicts.Words | None) -> list[typed.Typed]:
        prefix, row = f"copy-{key}-", Witness(article=self.article)
        sent = QueryDict(mutable=True)
        sent.update(_as_new(prefix, self.request.POST))
        stood = _as_new(prefix, base or {})
        form = CopyForm(row, self.copies, known_sources(self.copies, sent), sent)
        return typed.into(form, stood, about=_("a copy that was taken off the list"))


def _as_new(prefix: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said under these names of a copy, under those of a new one."""
    return {NEW_COPY + name.removeprefix(prefix): text for name, text in said.items() if name.startswith(prefix)}


def _mine(fields: list[list[typed.Typed]]) -> list[list[typed.Typed]]:
    return [each for each in fields if any(one.is_mine for one in each)]


def trace(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the copies and what does not agree about them; write what is said of them."""
    article = _article(pk)
    if article is None:
        return typed.gone(admin, request, lambda: _words(request))
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    desk = Desk(request, article)
    may_edit = rules.may_edit(rules.editor_of(request), article)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        if answer := _write(admin, desk):
            return answer
    return TemplateResponse(request, "admin/articles/article/trace.html", _shown(admin, desk, may_edit=may_edit))


def _article(pk: int) -> Article | None:
    rows = Article.objects.select_related("live__original_source", "working__original_source")
    return rows.defer("live__body_html", "working__body_html").filter(pk=pk).first()


def _words(request: HttpRequest) -> typed.Said:
    """What was sent, as far as the article need not be there to say what it is about."""
    fields = CopyForm.base_fields
    sent = [(FIELD.fullmatch(name), str(text)) for name, text in request.POST.items()]
    said = [(fields[match[2]].label, text) for match, text in sent if match and match[2] in fields and text]
    return [*said, *typed.words_of(request, SearchForm())]


def _stale(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page for who came second; of copies that they left alone nothing is sent again."""
    desk = Desk(request, _article(article.pk) or article)
    mine, lost = desk.came_second()
    dropped: dict[str, Any] = dict.fromkeys(name for name in request.POST if FIELD.fullmatch(name))
    if request.POST.get("original") not in {str(copy.pk) for copy in desk.copies}:
        dropped["original"] = None
    return conflicts.stale(admin, request, article, mine, lost=lost, **dropped)


def _write(admin: ModelAdmin, desk: Desk) -> HttpResponse | None:
    """Write what was sent; None where the page is to be shown again with what is wrong."""
    request, article = desk.request, desk.article
    version = version_read(request)
    if version != article.version:
        return _stale(admin, request, article)
    desk.refuse_forged()
    if not desk.is_valid():
        return None
    try:
        tracing.record(article, desk.said(), version=version, by=rules.editor_of(request))
    except StaleVersion:
        return _stale(admin, request, article)
    except tracing.Contradiction as refusal:
        desk.search.add_error(None, str(REFUSALS[type(refusal)]))
        return None
    admin.log_change(request, article, str(_("Traced.")))
    admin.message_user(request, _("Saved."), messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_trace", args=[article.pk]))


def _shown(admin: ModelAdmin, desk: Desk, *, may_edit: bool) -> dict[str, Any]:
    article, copies = desk.article, desk.copies
    texts = weighing.read_texts(copies) if _is_to_read(desk) else None
    forms = desk.forms if may_edit else []
    return {
        **admin.admin_site.each_context(desk.request),
        "title": _("Tracing"),
        "subtitle": str(article),
        "opts": admin.opts,
        "article": article,
        "may_edit": may_edit,
        "chain": tracing.chain(article, copies),
        "conflicts": [told(conflict) for conflict in weighing.conflicts(article, copies, texts)],
        "compared": texts and len(texts.letters),
        "left_out": [name_of(copy) for copy in texts.left_out] if texts else [],
        "kept_count": sum(copy.capture_id is not None for copy in copies),
        "entries": list(_entries(copies, forms)),
        "new": forms[-1] if forms else None,
        "search": desk.search,
        "base": desk.base if may_edit else "",
        "errors": sum(len(form.errors) for form in forms if form.is_bound) + len(desk.search.errors),
        "media": admin.media + forms[-1].media if forms else admin.media,
    }


def _is_to_read(desk: Desk) -> bool:
    kept = sum(copy.capture_id is not None for copy in desk.copies)
    return kept > 1 and (kept <= FEW or "texts" in desk.request.GET)


def _entries(copies: Sequence[Witness], forms: Sequence[CopyForm]) -> list[dict[str, Any]]:
    """Each copy with what is shown of it."""
    by_key = {form.copy.pk: form for form in forms}
    names = {copy.pk: name_of(copy) for copy in copies}
    sources = {copy.source.name for copy in copies if copy.source}
    return [
        {
            "copy": copy,
            "name": names[copy.pk],
            "model": names.get(copy.copied_from_id or 0, ""),
            "may_be_linked": copy.source is None or copy.source.may_be_linked,
            "form": by_key.get(copy.pk),
            "named": read_of(copy, "original_source"),
            "is_named_known": read_of(copy, "original_source") in sources,
            "readings": readings.table(copy.readings) if copy.readings else "",
        }
        for copy in copies
    ]


PAGES: tuple[Page, ...] = (("<int:pk>/trace/", "trace", trace), *collating.PAGES)
