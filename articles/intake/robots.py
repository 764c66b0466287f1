"""What a site lets programs read, and how fast: robots.txt as RFC 9309 has it."""

import time
from urllib.parse import urlsplit

from protego import Protego

from articles.intake import fetching
from articles.intake.decoding import Unreadable, gettext_noop
from articles.intake.fetching import AGENT, PAGE, Fetched, OutOfReach, SiteAnswered, Wanted
from articles.intake.reach import PUBLIC, Reach

# RFC 9309 asks for at least 500 KiB to be read.
MOST_RULES = 512 * 1024
RULES = Wanted(frozenset(), PAGE.largest, "")
# Longer than this no editor waits between two pages of one text.
LONGEST_DELAY = 5.0
NOT_ALLOWED = gettext_noop(
    "The site does not allow programs to read this page; save it in your browser and bring the file in."
)
NOT_SAID = gettext_noop(
    "The site does not say what programs may read; save the page in your browser and bring the file in."
)


class Visitor:
    """One run of fetching: asks each site once what it allows, keeps to it, and keeps its pace."""

    def __init__(self, reach: Reach = PUBLIC) -> None:
        self.reach = reach
        self._rules: dict[str, Protego | Unreadable] = {}
        self._asked_at: dict[str, float] = {}

    def fetch(self, url: str, wanted: Wanted = PAGE, *, until: float | None = None) -> Fetched:
        """Return what stands at the address when its site lets programs read it. Raises `Unreadable`."""

        def permit(address: str) -> None:
            self.permit(address, until=until)
            if wanted is PAGE:
                self._keep_pace(address, until)

        return fetching.fetch(url, self.reach, wanted, until=until, permit=permit)

    def permit(self, url: str, *, until: float | None = None) -> None:
        """Raise `Unreadable` where the site does not allow this address."""
        rules = self._rules_of(url, until)
        if isinstance(rules, Unreadable):
            raise rules
        if not rules.can_fetch(url, AGENT):
            raise Unreadable(NOT_ALLOWED)

    def _rules_of(self, url: str, until: float | None) -> Protego | Unreadable:
        site = site_of(url)
        if site not in self._rules:
            self._rules[site] = self._ask_rules(site, until)
        return self._rules[site]

    def _ask_rules(self, site: str, until: float | None) -> Protego | Unreadable:
        """Return the rules; none where the site has none (4xx), a refusal where it cannot say (5xx, no answer)."""
        try:
            found = fetching.fetch(f"{site}/robots.txt", self.reach, RULES, until=until)
        except SiteAnswered as answer:
            return Protego.parse("") if 400 <= answer.status < 500 else Unreadable(NOT_SAID)
        except OutOfReach as refusal:
            return refusal
        except Unreadable:
            return Unreadable(NOT_SAID)
        return Protego.parse(found.data[:MOST_RULES].decode("utf-8", "replace"))

    def _keep_pace(self, url: str, until: float | None) -> None:
        """Wait as long as the site asks for between two pages, and not past the end of the time given."""
        site, now = site_of(url), time.monotonic()
        rules = self._rules_of(url, until)
        asked = (rules.crawl_delay(AGENT) or 0) if isinstance(rules, Protego) else 0
        pause = self._asked_at.get(site, float("-inf")) + min(asked, LONGEST_DELAY) - now
        if until and now + pause > until:
            raise Unreadable("The site asks for longer pauses between its pages than there is time for.")
        time.sleep(max(0, pause))
        self._asked_at[site] = time.monotonic()


def site_of(url: str) -> str:
    """Return scheme, host and port of an address: what one robots.txt speaks for.

    >>> site_of("https://news.example.cn:443/a.html?b=1")
    'https://news.example.cn:443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
