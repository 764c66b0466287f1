"""One module for each database; all of them keep the promises of `articles/tests/search/test_search.py`."""

from enum import Enum
from typing import NamedTuple

# How much more a word says of an article that has it in its title, or among its names, than once in its text.
TITLE_WEIGHT, NAMES_WEIGHT = 10, 5


class Order(Enum):
    """In which order the index names articles: as they come, the best first, or what was put in last first."""

    ANY = ""
    BEST = "best"
    LAST = "last"


class Limits(NamedTuple):
    """When articles are read one after the other instead of being named by the index.

    `common` of the newest 200 hold what is asked, or more than `named` of all do.
    """

    common: int
    named: int
