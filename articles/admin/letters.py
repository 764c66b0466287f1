"""Letters from readers, as editors see them: words and nothing else, beside the passage, decided in one click."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.actions import letters
from articles.admin import conflicts, counting, rules, typed
from articles.admin.base import LibraryAdmin
from articles.admin.keys import as_key, version_read
from articles.forms import Words
from articles.models import LONGEST_PASSAGE, LONGEST_REMARK, Letter, StaleVersion

DECIDE = "articles.change_letter"

REFUSALS: dict[type[Exception], tuple[Any, str]] = {
    letters.CannotDecide: (_("This was decided already, or does not go with where the letter stands."), ""),
    letters.PassageNotFound: (
        _(
            "The words it is about are no longer in the text, or stand in several places. Change the text in its form,"
            " and take the letter up as one you change yourself."
        ),
        "words",
    ),
    letters.PassageDivided: (
        _(
            "Marks divide these words, they are a whole paragraph, or nothing would change. Change the text in its"
            " form, and take the letter up as one you change yourself."
        ),
        "words",
    ),
}


class DecisionForm(forms.Form):
    """What an editor says to a letter."""

    words = Words(LONGEST_PASSAGE, rows=2, label=_("what the text shall say"))
    answer = Words(
        LONGEST_REMARK, rows=3, is_line=False, label=_("public answer"), help_text=_("Everybody can read it.")
    )
    reason = Words(LONGEST_PASSAGE, rows=2, label=_("reason"), help_text=_("Everybody can read it."))


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph a letter is about as it stands now, in three parts: before the words, the words, behind them."""

    block: int
    before: str
    words: str
    after: str

    @property
    def is_in_title(self) -> bool:
        return self.block == body.TITLE


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done with a letter: how, what is logged, and the field without which it is not done."""

    do: Callable[[Letter, HttpRequest, dict[str, str]], Letter]
    told: Any
    field: str = ""
    missing: Any = ""


def _said(letter: Letter, request: HttpRequest) -> dict[str, Any]:
    return {"version": version_read(request), "by": rules.editor_of(request)}


def _put_in(letter: Letter, request: HttpRequest, words: dict[str, str]) -> Letter:
    if not rules.may_edit(rules.editor_of(request), letter.article):
        raise PermissionDenied
    version = version_read(request, "article_version")
    said = _said(letter, request)
    return letters.put_in(letter, words["words"], article_version=version, answer=words["answer"], **said)


DEEDS: dict[str, Deed] = {
    "put_in": Deed(_put_in, _("Letter %(ticket)s: put into the text"), "words", _("Write what the text shall say.")),
    "accept": Deed(
        lambda letter, request, words: letters.accept(letter, answer=words["answer"], **_said(letter, request)),
        _("Letter %(ticket)s: taken up"),
    ),
    "decline": Deed(
        lambda letter, request, words: letters.decline(letter, reason=words["reason"], **_said(letter, request)),
        _("Letter %(ticket)s: not taken up"),
        "reason",
        _("Say why it is not taken up."),
    ),
    "close": Deed(
        lambda letter, request, words: letters.close(letter, answer=words["answer"], **_said(letter, request)),
        _("Letter %(ticket)s: closed"),
    ),
}


class LetterAdmin(LibraryAdmin):
    list_purpose = _("What readers wrote about articles; what waits stands first, the oldest at the top.")
    list_display = ("ticket", "kind", "state", "of_article", "beginning", "received_at", "days")
    list_display_links = ("ticket",)
    list_filter = ("state", "kind")
    show_facets = admin.ShowFacets.ALWAYS  # two questions, of a table that no reader fills at will
    list_select_related = ("article",)
    search_fields = ("ticket", "article__title", "passage", "suggestion", "remark", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        waiting = Case(When(state=Letter.State.RECEIVED, then=Value(0)), default=Value(1))
        return [waiting.asc(), "received_at", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return super().get_queryset(request).defer("contact", "answer")

    @admin.display(description=_("article"), ordering="article__title")
    def of_article(self, letter: Letter) -> str:
        address = reverse("admin:articles_article_change", args=[letter.article_id])
        return format_html('<a href="{}">{}</a>', address, letter.article)

    @admin.display(description=_("begins with"))
    def beginning(self, letter: Letter) -> str:
        words = letter.remark if letter.is_comment else letter.suggestion or letter.remark
        return words if len(words) <= 40 else f"{words[:40]}……"

    # One letter

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Show the letter beside its passage, or decide on it."""
        if object_id is None:
            raise PermissionDenied  # letters come from readers
        related = ("article__working", "article__live", "edition", "repair", "handled_by", "put_into")
        letter = Letter.objects.select_related(*related).filter(pk=as_key(object_id) or 0).first()
        if letter is None:
            return typed.gone(self, request, lambda: typed.words_of(request, DecisionForm()))
        if not self.has_view_or_change_permission(request, letter):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request, letter)
        return self._page(request, letter, DecisionForm(initial={"words": letters.proposed(letter)}))

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """There is no form of a letter whose words could be given back to who deletes what is gone."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        return typed.gone(self, request, lambda: typed.words_of(request, DecisionForm()))

    def _page(self, request: HttpRequest, letter: Letter, form: DecisionForm) -> HttpResponse:
        may_decide = request.user.has_perm(DECIDE)
        waits = letters.may_be_put_in(letter)
        shown = {
            **self.admin_site.each_context(request),
            "title": gettext("Letter %(ticket)s") % {"ticket": letter.ticket},
            "opts": self.opts,
            "letter": letter,
            "article": letter.article,
            "passage": passage_of(letter),
            "proposed": letters.proposed(letter),
            "form": form,
            "may_decide": may_decide,
            "may_put_in": may_decide and waits,
            "may_accept": letter.is_waiting or (letter.is_comment and not letter.is_taken_up),
            "may_decline": letter.is_waiting or (letter.is_comment and letter.is_taken_up),
            "may_close": letter.state in (Letter.State.ACCEPTED, Letter.State.DECLINED),
            "may_delete": self.has_delete_permission(request, letter),
        }
        return TemplateResponse(request, "admin/articles/letter/letter.html", shown)

    def _decide(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise BadRequest("Nothing of this name is done with a letter.")
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self._page(request, letter, form)
        try:
            done = deed.do(letter, request, form.cleaned_data)
        except StaleVersion:
            return self._stale(request, letter)
        except letters.AnswerMissing:
            form.add_error(deed.field, deed.missing)
        except tuple(REFUSALS) as refusal:
            words, field = REFUSALS[type(refusal)]
            form.add_error(field or None, words)
        else:
            return self._done(request, done, deed)
        return self._page(request, letter, form)

    def _done(self, request: HttpRequest, letter: Letter, deed: Deed) -> HttpResponse:
        told = deed.told % {"ticket": letter.ticket}
        self.log_change(request, letter, told)
        self.log_change(request, letter.article, told)
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_letter_change", args=[letter.pk]))

    def _stale(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        """The page for who came second: where the letter stands now, and their words to be sent again."""
        now = Letter.objects.select_related("article__working", "article__live").filter(pk=letter.pk).first()
        if now is None:
            return conflicts.gone(self, request, typed.words_of(request, DecisionForm()))
        told = gettext("The letter is now: %(state)s.") % {"state": now.get_state_display()}
        stands = {"words": letters.proposed(now), "answer": now.answer, "reason": now.reason}
        empty: conflicts.Words = {"words": letters.proposed(now), "answer": "", "reason": ""}
        mine = typed.into(DecisionForm(request.POST), empty, DecisionForm(initial=stands))
        return conflicts.stale(self, request, now, mine, told=told, article_version=now.article.version)


def passage_of(letter: Letter) -> Passage | None:
    """Return the paragraph the letter is about, as editors see it now."""
    place = letters.place_now(letter)
    if place is None:
        return None
    edition = letter.article.current
    blocks = body.blocks(edition.body_html)
    text = edition.title if place.block == body.TITLE else blocks[place.block].text
    return Passage(place.block, text[: place.start], text[place.start : place.end], text[place.end :])


def oldest_waiting() -> QuerySet[Letter]:
    """Return the letters nobody has decided on, the oldest first."""
    return Letter.objects.waiting().order_by("received_at", "pk")


def shown(keys: list[int], count: int) -> dict[str, Any]:
    """What the first page says of the letters that wait: how many, and which are the oldest."""
    rows = oldest_waiting().filter(pk__in=keys).select_related("article").only("kind", "received_at", "article__title")
    return {
        "letters": list(rows) if keys else [],
        "letter_count": min(count, counting.MOST),
        "has_more_letters": count > counting.MOST,
        "letters_address": f"{reverse('admin:articles_letter_changelist')}?state__exact={Letter.State.RECEIVED}",
    }
