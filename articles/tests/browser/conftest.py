"""The database of the tests in a browser."""

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """Put SQLite into a file, as the site does.

    A database in memory is one connection, shared by every thread of the server: what the page saves and what its
    scripts keep at the same moment would begin one transaction inside the other.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = database.get("TEST", {}) | {"NAME": str(tmp_path_factory.mktemp("db") / "browser.sqlite3")}
