"""The last steps of every reader: the repairs that need no judgement, then a look for what does."""

from articles.chinese.scripts import script_of
from articles.intake import repairs
from articles.intake.draft import Draft
from articles.intake.metadata import published, source
from articles.intake.metadata.surroundings import Surroundings
from articles.restoration import detect


def finish(draft: Draft, around: Surroundings, beside: str) -> None:
    """Clean the draft's body, tell its script, and add what looks wrong; `beside` is the page's text around it."""
    draft.body_html, draft.findings = repairs.clean(draft.body_html, draft.findings)
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
