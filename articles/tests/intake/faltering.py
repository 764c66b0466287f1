"""Readers that do what no reader should: each runs in a worker of `articles.intake.workers`."""

import ctypes
import os
import time

from articles.intake import Draft, Unreadable


def read(data: bytes, *, name: str) -> Draft:
    """Do what the page says: a page that says nothing of the kind is read well."""
    match data:
        case b"crash":
            ctypes.string_at(0)
        case b"err":
            raise LookupError("a fault of ours")
        case b"leave":
            os._exit(0)
        case b"sleep":
            time.sleep(600)
        case b"fill the memory":
            bytearray(1 << 40)
        case b"refuse":
            raise Unreadable("The page has more than %(most)s tags.", most="30,000")
    return Draft(title=data.decode(), site=name, body_html=f"<p>{os.getpid()}</p>")
