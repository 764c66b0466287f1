"""Read settings from the environment, and refuse to guess."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def load(path: Path) -> None:
    """Take NAME=value lines of the file `path` into the environment; what is set there already wins.

    A missing file is no error: on a server everything comes from the real environment.
    """
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def text(name: str, default: str = "") -> str:
    """Return the value of `name`, or `default` where it is not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return true or false; any other word stops the start, so that a slip never switches safety off."""
    value = text(name).lower()
    if not value:
        return default
    if value not in FLAGS:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return FLAGS[value]


def number(name: str, *, default: int) -> int:
    """Return a whole number that is not negative."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated list without empty items."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def secret(name: str) -> str:
    """Return the secret; there is no stand-in, `make install` writes a random one for a checkout."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set (make install writes it to .env).")
    return value
