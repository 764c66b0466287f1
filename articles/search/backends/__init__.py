"""One module for each database; all of them keep the promises of `articles/tests/search/contract.py`."""
