"""Deeds that put articles in order: themes, tags, who looks after them."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from articles.actions import placing, preserving
from articles.actions.deeds.kind import (
    CHANGED_SINCE,
    UNCHANGED,
    Kind,
    Needs,
    NothingToDo,
    Outlook,
    Refused,
    Said,
    Trace,
    save_claimed,
)
from articles.models import Article, Placement, Tag, TaggedArticle, Theme

GONE = gettext_noop("what was chosen is gone")


class AddTheme(Kind):
    name = "add_theme"
    title = gettext_lazy("Put in a theme")
    explanation = gettext_lazy("Each article comes to stand at the end of the theme. Undo takes it out again.")

    def says(self, said: Said) -> str:
        return gettext("Put in theme “%(name)s”") % said

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        placed = Placement.objects.filter(theme=said["theme"]).values_list("article", flat=True)
        return dict.fromkeys(placed, UNCHANGED)

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.claim(number, version)
        theme = Theme.objects.filter(pk=said["theme"]).first()
        if theme is None:
            raise Refused(GONE)
        if article.placements.filter(theme=theme).exists():
            raise NothingToDo
        placement = placing.place(article, theme, reason=said["reason"])
        save_claimed(article)
        return {"placement": placement.pk, "theme": theme.pk, "reason": placement.reason}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        ours = article.placements.filter(pk=trace["placement"], theme=trace["theme"], reason=trace["reason"])
        if ours.delete()[0] != 1:
            raise Refused(CHANGED_SINCE)
        _touch([trace["theme"]])
        save_claimed(article.touch())


class RemoveTheme(Kind):
    name = "remove_theme"
    title = gettext_lazy("Take out of a theme")
    explanation = gettext_lazy("Undo puts each article back where it stood, with the reason that stood there.")

    def says(self, said: Said) -> str:
        return gettext("Take out of theme “%(name)s”") % said

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        placed = set(Placement.objects.filter(theme=said["theme"]).values_list("article", flat=True))
        return {article.pk: UNCHANGED for article in articles if article.pk not in placed}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.claim(number, version)
        placements = article.placements.filter(theme=said["theme"])
        kept = preserving.keep(placements)
        if not kept:
            raise NothingToDo
        placements.delete()
        _touch([said["theme"]])
        save_claimed(article)
        return {"placements": kept}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        themes = [kept["fields"]["theme"] for kept in trace["placements"]]
        if Theme.objects.filter(pk__in=themes).count() != len(themes):
            raise Refused(GONE)
        if article.placements.filter(theme__in=themes).exists():
            raise Refused(CHANGED_SINCE)
        preserving.put_back(trace["placements"])
        _touch(themes)
        save_claimed(article.touch())


class AddTags(Kind):
    name = "add_tags"
    title = gettext_lazy("Add tags")
    explanation = gettext_lazy("Undo takes away the tags that were added here, and no others.")

    def says(self, said: Said) -> str:
        return gettext("Add tags: %(names)s") % {"names": "、".join(said["tags"])}

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        return {number: UNCHANGED for number, count in _tagged(said["tags"]).items() if count == len(said["tags"])}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.claim(number, version)
        tags, made = _tags(said["tags"])
        borne = set(article.tag_items.values_list("tag", flat=True))
        added = TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tag) for tag in tags if tag.pk not in borne
        )
        if not added:
            raise NothingToDo
        save_claimed(article)
        return {"items": [[item.pk, item.tag_id] for item in added], "made": [tag.pk for tag in made]}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        items = dict(trace["items"])
        standing = dict(article.tag_items.filter(pk__in=items).values_list("pk", "tag"))
        if standing != items:
            raise Refused(CHANGED_SINCE)
        article.tag_items.filter(pk__in=items).delete()
        # a tag this deed brought into the world leaves it, unless somebody took it up
        Tag.objects.filter(pk__in=trace["made"], version=1, items=None, aliases=None).delete()
        save_claimed(article.touch())


class RemoveTags(Kind):
    name = "remove_tags"
    title = gettext_lazy("Remove tags")
    explanation = gettext_lazy("Undo gives each article back the tags that it bore.")

    def says(self, said: Said) -> str:
        return gettext("Remove tags: %(names)s") % {"names": "、".join(said["tags"])}

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        tagged = _tagged(said["tags"])
        return {article.pk: UNCHANGED for article in articles if article.pk not in tagged}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.claim(number, version)
        items = article.tag_items.filter(tag__name__in=said["tags"])
        kept = preserving.keep(items)
        if not kept:
            raise NothingToDo
        items.delete()
        save_claimed(article)
        return {"items": kept}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        tags = [kept["fields"]["tag"] for kept in trace["items"]]
        if Tag.objects.filter(pk__in=tags).count() != len(tags):
            raise Refused(GONE)
        if article.tag_items.filter(tag__in=tags).exists():
            raise Refused(CHANGED_SINCE)
        preserving.put_back(trace["items"])
        save_claimed(article.touch())


class AssignEditor(Kind):
    name = "assign_editor"
    title = gettext_lazy("Hand to an editor")
    explanation = gettext_lazy("Undo gives each article back to whoever looked after it before.")
    needs = Needs.EDIT_ALL

    def says(self, said: Said) -> str:
        if said["editor"] is None:
            return gettext("Hand to nobody")
        return gettext("Hand to %(name)s") % said

    def look(self, articles: Sequence[Article], said: Said) -> dict[int, Outlook]:
        return {article.pk: UNCHANGED for article in articles if article.editor_id == said["editor"]}

    def do(self, number: int, *, version: int, said: Said, by: User) -> Trace:
        article = Article.objects.claim(number, version)
        before = article.editor_id
        if before == said["editor"]:
            raise NothingToDo
        self._hand(article, said["editor"])
        return {"before": before, "after": article.editor_id}

    def undo(self, article: Article, trace: Trace, *, by: User) -> None:
        if article.editor_id != trace["after"]:
            raise Refused(CHANGED_SINCE)
        self._hand(article.touch(), trace["before"])

    @staticmethod
    def _hand(article: Article, editor: int | None) -> None:
        if editor is not None and not User.objects.filter(pk=editor, is_active=True).exists():
            raise Refused(GONE)
        article.editor_id = editor
        save_claimed(article, "editor")


def _touch(themes: Iterable[int]) -> None:
    """Count the versions of these themes up: their editors have the lists of their articles before them."""
    Theme.objects.filter(pk__in=themes).count_up()


def _tagged(names: Iterable[str]) -> dict[int, int]:
    """How many of these tags each article bears that bears any."""
    counts: dict[int, int] = {}
    for number in TaggedArticle.objects.filter(tag__name__in=names).values_list("content_object", flat=True):
        counts[number] = counts.get(number, 0) + 1
    return counts


def _tags(names: Sequence[str]) -> tuple[list[Tag], list[Tag]]:
    """Return the tags of these names, and those among them that had to be made."""
    known = list(Tag.objects.filter(name__in=names))
    missing = set(names) - {tag.name for tag in known}
    # another batch of the same deed may be making them at this moment
    made = [Tag.objects.get_or_create(name=name) for name in names if name in missing]
    return [*known, *(tag for tag, _is_new in made)], [tag for tag, is_new in made if is_new]
