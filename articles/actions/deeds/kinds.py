"""Every kind of deed by its name, and how each is called in the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions.deeds.arranging import AddTags, AddTheme, AssignEditor, RemoveTags, RemoveTheme
from articles.actions.deeds.kind import Kind
from articles.actions.deeds.merges import Join
from articles.actions.deeds.repairs import AcceptClass
from articles.actions.deeds.statuses import Publish, Schedule, Submit, Withdraw
from articles.actions.deeds.texts import Reread
from articles.models import Deed

# In the order in which they are offered.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        AddTheme(),
        RemoveTheme(),
        AddTags(),
        RemoveTags(),
        AssignEditor(),
        Submit(),
        Publish(),
        Schedule(),
        Withdraw(),
        AcceptClass(),
        Reread(),
        Join(),
    )
}
# What is done to names are deeds as well: done, and undone, in one go by `articles.actions.merging` and `renaming`.
OF_NAMES: dict[str, str | Promise] = {
    "merge_theme": _("Merge themes"),
    "merge_tag": _("Merge tags"),
    "merge_source": _("Merge sources"),
    "merge_author": _("Merge authors"),
    "rename_theme": _("Rename a theme"),
    "rename_tag": _("Rename a tag"),
    "rename_source": _("Rename a source"),
    "rename_author": _("Rename an author"),
}


def is_of_names(kind: str) -> bool:
    """Say whether it was done to names, which has rows in many tables."""
    return kind not in KINDS


def title(kind: str) -> str:
    """Return how this kind is called; one this version of the library does not know goes by its name."""
    return str(KINDS[kind].title if kind in KINDS else OF_NAMES.get(kind, kind.replace("_", " ")))


def sentence(deed: Deed) -> str:
    """Return what was done, with what was chosen, in the language of whoever asks."""
    if deed.kind in KINDS:
        return KINDS[deed.kind].says(deed.said)
    for old, new in (("old", "new"), ("gone", "survivor")):
        if new in deed.said:
            names = {"what": title(deed.kind), "old": deed.said[old], "new": deed.said[new]}
            return gettext("%(what)s: “%(old)s” → “%(new)s”") % names
    return title(deed.kind)
