"""One module for each database; all of them keep the promises of `articles/tests/search/test_search.py`."""

from typing import NamedTuple


class Limits(NamedTuple):
    """When articles are read one after the other instead of being named by the index.

    `common` of the newest 200 hold the term, or more than `named` of all do.
    """

    common: int
    named: int
