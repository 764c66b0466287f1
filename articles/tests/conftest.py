"""What every test runs under: plain static files, and a folder of its own for media."""

import gc
import shutil

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase, override_settings

# The site's own takes a third of a second for each of the hundreds of people the tests make.
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# What screens show, files hold and texts say is tried on one database; what these ask of it is tried on both, as are
# the folders that are not named here.
ON_BOTH = {
    "actions": (
        "capturing clockwork collating counting deeds editing excerpting given_back importing joining letters merging "
        "placing publishing renaming restoring reverting reviewing storing suggesting tidying tracing"
    ).split(),
    "admin": "article_list bulk deeds forged killed letters merging naming queue races versions".split(),
    "citations": [],
    "exports": ["records"],
    "views": "browsing errors guarding letters pages reading reads related themes".split(),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that ask a database: those are all that a second database can tell anything about.

    A class says `is_same_on_all_databases` where it is long and its answers come before or behind any database.
    """
    for item in items:
        of = getattr(item, "cls", None)
        is_same = getattr(of, "is_same_on_all_databases", False) or is_on_one(item.path)
        if of is not None and issubclass(of, TransactionTestCase) and not is_same:
            item.add_marker("database")


def is_on_one(path):
    name = path.stem.removeprefix("test_")
    return name not in ON_BOTH.get(path.parent.name, [name])


def pytest_collection_finish():
    """What was imported stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


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
