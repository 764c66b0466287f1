"""Names of files that a reader takes away."""

import re
import unicodedata

# what some system does not take in a name; that a name is no path is seen to as well
RESERVED = re.compile(r"[/\\:*?\"<>|%\s]+")
LONGEST = 60
MOST_BYTES = 180


def file_name(title: str, number: str, suffix: str) -> str:
    """Return a name that every system takes: the title, shortened, then what tells it from others of that title.

    Characters nobody sees go, those that turn the direction of writing among them: `txt.exe` could hide behind one.

    >>> file_name("../账本\\r\\n上墙？", "5-1", "epub")
    '账本-上墙？-5-1.epub'
    """
    seen = "".join(character for character in title if unicodedata.category(character)[0] != "C" or character.isspace())
    words = RESERVED.sub("-", unicodedata.normalize("NFC", seen)).strip("-. ~")
    short = words[:LONGEST].encode()[:MOST_BYTES].decode(errors="ignore").strip("-. ")
    return f"{short or 'wenmai'}-{number}.{suffix}"
