"""What every test runs under: plain static files, and a folder of its own for media."""

import shutil

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase, override_settings

# The site's own takes a third of a second for each of the hundreds of people the tests make.
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# What the editors' screens show is tried on one database; what these ask of it is tried on both.
ON_BOTH = (
    "article_list",
    "bulk",
    "deeds",
    "forged",
    "killed",
    "letters",
    "merging",
    "naming",
    "queue",
    "races",
    "versions",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that ask a database: those are all that a second database can tell anything about.

    A class says `is_same_on_all_databases` where it is long and its answers come before or behind any database.
    """
    for item in items:
        of = getattr(item, "cls", None)
        is_same = getattr(of, "is_same_on_all_databases", False) or is_of_screens(item.path)
        if of is not None and issubclass(of, TransactionTestCase) and not is_same:
            item.add_marker("database")


def is_of_screens(path):
    return path.parent.name == "admin" and path.stem.removeprefix("test_") not in ON_BOTH


@pytest.fixture(autouse=True, scope="class")
def _media_of_class(tmp_path_factory):
    """A folder for what a class stores before its tests, and passwords that are not dear to keep."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(folder), PASSWORD_HASHERS=CHEAP):
        yield folder


@pytest.fixture(autouse=True)
def _empty_cache():
    """What a test let be remembered of rows that are taken back with it."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path, _media_of_class):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    if any(_media_of_class.iterdir()):
        shutil.copytree(_media_of_class, settings.MEDIA_ROOT)
    settings.STATIC_ROOT = str(tmp_path / "static")
    (tmp_path / "static").mkdir()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
