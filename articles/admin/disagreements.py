"""How the disagreements about an article's copies are told, and what an editor may do about each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions.weighing import Conflict

JUDGE_EARLIER = _("Look at both dates; if they hold, the earlier copy is nearer to the original.")
# What is said of each, and what to do. `first` and `second` are copies, `seen` and `other` what they show.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "source_conflict": (
        _("One page names different outlets above and below its text: %(all)s."),
        _("Look for the text at both; what stands under the text is usually older than what the site put above it."),
    ),
    "date_conflict": (
        _("One page gives dates that disagree: %(all)s."),
        _("The earlier date is likelier that of the text, the later one that of the page."),
    ),
    "suspect_site": (
        _("The page carries words of a site that is not to be trusted: %(all)s."),
        _("Judge the source as hijacked, and look for another copy."),
    ),
    "sources_named": (
        _("The copies do not name one and the same outlet as their source: %(all)s."),
        _("Look for the text at each of them; a reprint may name the reprint it was made from."),
    ),
    "hijacked": (
        _("%(first)s stands at an outlet that was hijacked. It is named and never linked."),
        _("Do not rest the text on this copy alone; say what else shows its date."),
    ),
    "unread_date": (
        _("The date of %(first)s cannot be read: “%(seen)s”."),
        _("Write it as 2013-10-21, 2013-10 or 2013, or leave it empty."),
    ),
    "before_model": (
        _("%(first)s is dated %(seen)s, before %(second)s (%(other)s) from which it is said to be reprinted."),
        JUDGE_EARLIER,
    ),
    "before_original": (
        _("%(first)s is dated %(seen)s, before the copy called the original (%(other)s)."),
        JUDGE_EARLIER,
    ),
    "before_text": (
        _("%(first)s is dated %(seen)s, before the date the text bears (%(other)s)."),
        JUDGE_EARLIER,
    ),
    "undated_original": (
        _("%(first)s is called the original, and its date is not known."),
        _("Look for the issue or the day; without it nobody can say that the other copies are later."),
    ),
    "date_of_text": (
        _("%(first)s is called the original and dated %(seen)s; the text bears the date %(other)s."),
        _("Take source and date of the original into the text, or correct the date of the copy."),
    ),
    "source_of_text": (
        _("The copy called the original stands at %(seen)s; the text names %(other)s as its source."),
        _("Take source and date of the original into the text, or say which copy is the original."),
    ),
    "no_date": (
        _("No copy is dated, and the text bears no date."),
        _("Ask for the earliest page that quotes the text; even a year helps."),
    ),
    "original_in_excerpt": (
        _("%(second)s (%(other)s characters) is called a part, yet the whole of %(first)s (%(seen)s) stands in it."),
        _("One of both is judged wrongly: look at them side by side."),
    ),
    "original_in_copy": (
        _("All of %(first)s (%(seen)s characters), called the original, stands in %(second)s, which has %(other)s."),
        _("Something was added there, or the copy called the original was shortened: look at them side by side."),
    ),
    "copy_in_copy": (
        _("All of %(first)s (%(seen)s characters) stands in %(second)s, which has %(other)s."),
        _("The shorter one is an excerpt, or was cut off."),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words."""

    what: str
    advice: Promise


def told(conflict: Conflict) -> Told:
    """Return the conflict in the language of the request."""
    what, advice = WORDS[conflict.code]
    first, second = (*conflict.copies, "", "")[:2]
    seen, other = (*conflict.evidence, "", "")[:2]
    words = {"first": first, "second": second, "seen": seen, "other": other, "all": " · ".join(conflict.evidence)}
    return Told(str(what) % words, advice)
