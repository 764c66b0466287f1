"""Which database, with which promises."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.checks import CheckMessage, Info, register
from django.core.exceptions import ImproperlyConfigured

# WAL with several connections could lose committed pages in every SQLite from 3.7.0 on; mended in these.
MENDED_SINCE = (3, 51, 3)
MENDED_BACKPORTS = {(3, 44): 6, (3, 50): 7}

SQLITE_ALWAYS = (
    "PRAGMA mmap_size=0; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; "
    "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
)
SQLITE_WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=27103364; "
SQLITE_ROLLBACK = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Say whether this SQLite keeps its promises in WAL mode.

    >>> wal_is_safe((3, 40, 1)), wal_is_safe((3, 50, 7)), wal_is_safe((3, 53, 4))
    (False, True, True)
    """
    backport = MENDED_BACKPORTS.get((version[0], version[1]))
    return version >= MENDED_SINCE or (backport is not None and version[2] >= backport)


def sqlite(path: Path) -> dict:
    """Return Django's settings for the SQLite file at `path`."""
    journal = SQLITE_WAL if wal_is_safe() else SQLITE_ROLLBACK
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": journal + SQLITE_ALWAYS},
    }


def postgresql(url: str) -> dict:
    """Return Django's settings for a `postgresql://user:password@host:port/name?option=value` address."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    pool = {"min_size": int(query.pop("pool_min", 1)), "max_size": int(query.pop("pool_max", 4)), "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        # The pool keeps connections itself: Django refuses CONN_MAX_AGE beside it.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "keepalives": 1,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "application_name": "wenmai",
            "pool": pool,
            **query,
        },
    }


def from_url(url: str, *, default: Path) -> dict:
    """Return Django's settings for `url`; the SQLite file `default` where it is empty.

    `sqlite:///var/db.sqlite3` is relative to the working directory, `sqlite:////srv/db.sqlite3` absolute.
    """
    if not url:
        return sqlite(default)
    scheme = re.match(r"[a-z]*", url).group()  # type: ignore[union-attr]  # matches the empty string at worst
    if scheme == "sqlite":
        return sqlite(Path(unquote(urlsplit(url).path.removeprefix("/"))))
    if scheme in ("postgres", "postgresql"):
        return postgresql(url)
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgresql://.")


@register("database")
def check_journal(**kwargs: object) -> list[CheckMessage]:
    """Say which journal SQLite runs with, where it is not the one we would choose."""
    if wal_is_safe():
        return []
    return [
        Info(
            f"SQLite {sqlite3.sqlite_version} can lose committed pages in WAL mode; the rollback journal is used.",
            hint="Install pysqlite3 (it is in requirements.txt) on a platform that has a build of it.",
            id="wenmai.I001",
        )
    ]
