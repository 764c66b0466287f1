"""The last steps of every reader: the repairs that need no judgement, then a look for what does."""

from articles.chinese.scripts import script_of
from articles.intake import repairs
from articles.intake.draft import Draft
from articles.intake.metadata import published, source
from articles.intake.metadata.surroundings import Surroundings
from articles.intake.repairs import mojibake, pinyin
from articles.restoration import detect

# what a page says of its text in a line of its own, and may be damaged as the text is
LINES = ("title", "subtitle", "original_source", "affiliation", "abstract")


def finish(draft: Draft, around: Surroundings, beside: str) -> None:
    """Clean the draft, tell its script, and add what looks wrong; `beside` is the page's text around the body."""
    draft.body_html, draft.findings = repairs.clean(draft.body_html, draft.findings)
    _clean_lines(draft)
    draft.script = script_of(draft.body_text)
    draft.findings += published.doubt_dates(around)
    draft.findings += detect(
        draft.body_html,
        around=beside,
        script=draft.script,
        truncated=draft.truncated,
        title=draft.title,
        sources=source.find_sources(around),
        dates=published.find_dates_printed(around),
    )


def _clean_lines(draft: Draft) -> None:
    """Do to the lines beside the text what was done to the text."""
    is_marked = any(finding.code == pinyin.CODE for finding in draft.findings)
    for name in LINES:
        line = getattr(draft, name)
        line = mojibake.mend(line) or line
        setattr(draft, name, pinyin.strip(line) if is_marked else line)
