"""How a working edition is handed in, taken back, and returned to who wrote it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now

from articles.models import Article, Edition


class CannotSubmit(Exception):
    """There is no working edition to hand in, it is handed in already, or it has no text."""


class CannotTakeBack(Exception):
    """The edition is not handed in, or somebody else handed it in."""


class CannotGiveBack(Exception):
    """The edition is not handed in."""


class RemarkMissing(CannotGiveBack):
    """Who gets an edition back is told why."""


OPEN_STATES = (Edition.State.WORKING, Edition.State.RETURNED)


@transaction.atomic
def submit(article: Article, *, version: int, by: User) -> Edition:
    """Hand the working edition in for review. Raises `CannotSubmit` and `StaleVersion`."""
    article = Article.objects.claim(article.pk, version)
    edition = article.working
    if edition is None or edition.state not in OPEN_STATES or not edition.body_html:
        raise CannotSubmit
    return _become(article, edition, Edition.State.SUBMITTED, submitted_by=by, submitted_at=Now(), remark="")


@transaction.atomic
def take_back(article: Article, *, version: int, by: User) -> Edition:
    """Let who handed the edition in go on writing. Raises `CannotTakeBack` and `StaleVersion`."""
    article = Article.objects.claim(article.pk, version)
    edition = article.working
    if edition is None or edition.state != Edition.State.SUBMITTED or edition.submitted_by_id != by.pk:
        raise CannotTakeBack
    return _become(article, edition, Edition.State.WORKING, submitted_by=None, submitted_at=None)


@transaction.atomic
def give_back(article: Article, *, version: int, remark: str) -> Edition:
    """Return what was handed in, with what has to be done. Raises `CannotGiveBack`, `RemarkMissing`, `StaleVersion`."""
    article = Article.objects.claim(article.pk, version)
    edition = article.working
    if edition is None or edition.state != Edition.State.SUBMITTED:
        raise CannotGiveBack
    if not remark.strip():
        raise RemarkMissing
    return _become(article, edition, Edition.State.RETURNED, remark=remark.strip())


def _become(article: Article, edition: Edition, state: Edition.State, **columns: object) -> Edition:
    """Write the state past the sanitiser, which has nothing to do here; the article counts as changed."""
    Edition.objects.filter(pk=edition.pk).update(state=state, **columns)
    article.save(update_fields=["changed_at"])
    edition.refresh_from_db()
    return edition
