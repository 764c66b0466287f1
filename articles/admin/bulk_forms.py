"""What has to be said before something is done to many articles: a form for each kind of deed."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.actions.deeds import Said
from articles.admin.moments import MomentField
from articles.admin.publication import WithdrawForm, words_field
from articles.admin.suggestions import Suggestions
from articles.models import Article, Finding, Placement, Tag, Theme, name_of_class, tags_from_string

MOST_TAGS = 20
# More copies of one work at once are no duplicates; somebody chose the wrong list.
MOST_JOINED = 20
REASON = Placement._meta.get_field("reason")


class DeedForm(forms.Form):
    """A form that may look at the chosen articles, and says what was chosen in a form that is stored."""

    def suit(self, articles: QuerySet[Article]) -> None:
        """Offer what these articles leave to choose."""

    def said(self) -> Said:
        return {}


class ThemeForm(DeedForm):
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("theme"), widget=Suggestions(Placement._meta.get_field("theme"))
    )

    def said(self) -> Said:
        theme = self.cleaned_data["theme"]
        return {"theme": theme.pk, "name": theme.name}


class PlaceForm(ThemeForm):
    reason = forms.CharField(
        label=_("reason"),
        required=False,
        max_length=REASON.max_length,
        validators=REASON.validators,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Why they stand there; readers see it at each of them."),
    )

    def said(self) -> Said:
        return {**super().said(), "reason": self.cleaned_data["reason"]}


class TagsForm(DeedForm):
    tags = forms.CharField(
        label=_("tags"),
        max_length=1_000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Separate tags with commas."),
    )

    def clean_tags(self) -> list[str]:
        """Return the names of the tags that are meant, an alias being its tag."""
        names = tags_from_string(self.cleaned_data["tags"])
        if not names:
            raise ValidationError(_("A tag needs at least one letter, digit or Chinese character."))
        if len(names) > MOST_TAGS:
            raise ValidationError(_("At most %(most)d tags at once.") % {"most": MOST_TAGS})
        meant = dict(Tag.objects.filter(aliases__name__in=names).values_list("aliases__name", "name"))
        return list(dict.fromkeys(self.known(meant.get(name, name)) for name in names))

    def known(self, name: str) -> str:
        """Return the name as the library writes it. Raises `ValidationError` for one that cannot be a tag."""
        tag = Tag.objects.filter(name__iexact=name).first() or Tag(name=name)
        try:
            tag.clean_fields(exclude=["slug"])
            tag.clean()
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return tag.name

    def said(self) -> Said:
        return {"tags": self.cleaned_data["tags"]}


class KnownTagsForm(TagsForm):
    def known(self, name: str) -> str:
        tag = Tag.objects.filter(name__iexact=name).first()
        if tag is None:
            raise ValidationError(_("There is no tag “%(name)s”.") % {"name": name})
        return tag.name


def called(user: User) -> str:
    """Return what a colleague is called, with the name they sign in with."""
    name = user.get_full_name()
    return f"{name} ({user.username})" if name else user.username


def colleagues(term: str = "") -> QuerySet[User]:
    """Return the people articles can be given to, whose names hold every word of the term."""
    found = User.objects.filter(is_active=True, is_staff=True).order_by("username")
    for word in term.split():
        found = found.alias(whole=Concat("last_name", "first_name")).filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(whole__icontains=word)
        )
    return found


class EditorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return called(obj)


class EditorForm(DeedForm):
    editor = EditorChoice(
        colleagues(),
        label=_("editor"),
        required=False,
        widget=Suggestions(Article._meta.get_field("editor")),
        help_text=_("Who looks after these articles; left empty, nobody does."),
    )

    def said(self) -> Said:
        editor = self.cleaned_data["editor"]
        return {"editor": editor.pk, "name": called(editor)} if editor else {"editor": None}


class PublishForm(DeedForm):
    reason = words_field(
        _("reason for this edition"),
        required=False,
        help_text=_(
            "Readers see it in the history of each article. Asked for from the second edition on, and where a withdrawn"
            " article comes back."
        ),
    )

    def said(self) -> Said:
        return {"reason": self.cleaned_data["reason"]}


class ScheduleForm(PublishForm):
    at = MomentField()
    field_order = ("at", "reason")

    def said(self) -> Said:
        return {**super().said(), "at": self.cleaned_data["at"].isoformat()}


class TakeBackForm(WithdrawForm, DeedForm):
    def said(self) -> Said:
        into = self.cleaned_data["into"]
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"]
        return {"reason": reason, "note": note, "into": into.pk if into else None}


class ClassForm(DeedForm):
    code = forms.ChoiceField(label=_("class"))

    def suit(self, articles: QuerySet[Article]) -> None:
        """Offer the classes of which something waits in these articles, with how much."""
        current = Q(edition__in=articles.exclude(working=None).values("working")) | Q(
            edition__in=articles.filter(working=None).values("live")
        )
        waiting = Finding.objects.open().filter(current, suggestion__isnull=False).order_by()
        counts = waiting.values_list("code").annotate(count=Count("pk")).order_by("-count", "code")
        field = self.fields["code"]
        field.choices = [(code, f"{name_of_class(code)} ({count})") for code, count in counts]
        if not field.choices:
            field.help_text = _("No suggestion waits in these articles.")

    def said(self) -> Said:
        return {"code": self.cleaned_data["code"]}


class SurvivorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        copies = ngettext("%(count)d copy", "%(count)d copies", obj.copies_here) % {"count": obj.copies_here}
        parts = (str(obj), obj.byline_text, obj.get_status_display(), str(copies))
        return " · ".join(part for part in parts if part)


class JoinForm(DeedForm):
    survivor = SurvivorChoice(
        Article.objects.none(),
        label=_("the article that stays"),
        empty_label=None,
        help_text=_("It keeps its own text and metadata; nothing of the texts of the others goes into it."),
    )

    def suit(self, articles: QuerySet[Article]) -> None:
        found = articles.filter(merged_into=None).annotate(copies_here=Count("witnesses"))
        self.fields["survivor"].queryset = found.order_by("-copies_here", "pk")
        self.count = articles.count()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.count > MOST_JOINED or self.count < 2:
            raise ValidationError(_("Choose two to %(most)d articles.") % {"most": MOST_JOINED})
        return self.cleaned_data

    def said(self) -> Said:
        survivor = self.cleaned_data["survivor"]
        return {"survivor": survivor.pk, "name": survivor.title}


FORMS: dict[str, type[DeedForm]] = {
    "add_theme": PlaceForm,
    "remove_theme": ThemeForm,
    "add_tags": TagsForm,
    "remove_tags": KnownTagsForm,
    "assign_editor": EditorForm,
    "submit": DeedForm,
    "publish": PublishForm,
    "schedule": ScheduleForm,
    "withdraw": TakeBackForm,
    "accept_class": ClassForm,
    "reread": DeedForm,
    "join": JoinForm,
}
