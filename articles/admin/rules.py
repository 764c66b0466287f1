"""Who may do what in the editors' admin; the one place that answers it."""

from datetime import timedelta
from typing import cast

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from articles.actions.reviewing import OPEN_STATES
from articles.models import Article, Author, Edition, Picture

PUBLISH = "articles.publish_article"
REVIEW = "articles.review_article"
IMPORT = "articles.import_article"
CREDIT = "articles.change_picture"
CLOCKS_DIFFER = timedelta(days=1)
# Contributors have the right to change articles but not this one: it is what makes an editor.
EDIT_ALL = "articles.change_edition"


def editor_of(request: HttpRequest) -> User:
    """Return who is signed in; the admin lets nobody else come as far as this."""
    return cast("User", request.user)


def may_edit(user: User, article: Article) -> bool:
    """Say whether the user may change this article.

    Editors may change every article; contributors the drafts they began, while these are not handed in or published.
    """
    return may_write(user, article) and (user.has_perm(EDIT_ALL) or _state(article) != Edition.State.SUBMITTED)


def may_write(user: User, article: Article) -> bool:
    """Say whether the article is one of those this user works on, whatever state it is in."""
    if not user.has_perm("articles.change_article"):
        return False
    if user.has_perm(EDIT_ALL):
        return True
    # what was scheduled and taken out again has an edition, and no reader has seen it
    return article.live_from is None and article.current.made_by_id == user.pk


def may_submit(user: User, article: Article) -> bool:
    """Say whether the user may hand the working edition in for review."""
    return may_edit(user, article) and _state(article) in OPEN_STATES


def may_take_back(user: User, article: Article) -> bool:
    """Say whether the user handed the edition in and may go on writing."""
    working = article.working
    return working is not None and _state(article) == Edition.State.SUBMITTED and working.submitted_by_id == user.pk


def may_return(user: User, article: Article) -> bool:
    """Say whether the user may give the edition back to who handed it in."""
    return user.has_perm(REVIEW) and _state(article) == Edition.State.SUBMITTED


def _state(article: Article) -> str:
    """The state of the working edition; nothing where there is none."""
    return article.working.state if article.working else ""


def may_delete(user: User, article: Article) -> bool:
    """Say whether the user may delete this article: only a draft that was never public and rests on no capture."""
    is_bare_draft = article.status == Article.Status.DRAFT and article.live_id is None
    return is_bare_draft and may_edit(user, article) and not article.witnesses.filter(capture__isnull=False).exists()


def may_change_author(user: User, author: Author) -> bool:
    """Say whether the user may change this author.

    Editors may change every author; contributors those that sign nothing but drafts they are writing.
    """
    return user.has_perm(EDIT_ALL) or not author.bylines.exclude(edition__in=_drafts_of(user)).exists()


def may_credit(user: User, picture: Picture) -> bool:
    """Say whether the user may say who made this picture.

    Editors may of every picture; contributors of those they brought in that stand in nothing but drafts they are
    writing.
    """
    if not user.has_perm(CREDIT) or user.has_perm(EDIT_ALL):
        return user.has_perm(CREDIT)
    if picture.received_by_id != user.pk:
        return False
    # what was published before it came in, by whichever clock, cannot show it: its text need not be looked through
    later = Edition.objects.filter(Q(number=None) | Q(published_at__gte=picture.received_at - CLOCKS_DIFFER))
    return not later.filter(body_html__contains=picture.sha256).exclude(pk__in=_drafts_of(user)).exists()


def _drafts_of(user: User) -> QuerySet[Edition]:
    """The working editions that the user may write in as their own: see `may_edit`."""
    return Edition.objects.filter(made_by=user, state__in=OPEN_STATES, article__live=None).order_by()


class SuperusersOnly:
    """Users and groups are managed by superusers, whatever rights somebody was given."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)


class ReadOnly:
    """Rows that people look at and nobody writes by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
