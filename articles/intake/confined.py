"""Parsing what may be hostile in a process of its own, which can open nothing and is killed when it takes too long.

Documents and pictures are read by large parsers of other people, and a file made for the purpose can keep one busy for
ever, fill the memory, or worse. So they run in a child: it gets the bytes on a pipe, answers on another, and its limits
are set (in `confined_child`) before it sees the first of them.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, NoReturn

from articles.intake.decoding import Unreadable, gettext_noop

CHILD = Path(__file__).with_name("confined_child.py")
WALL_SECONDS = 30
# the longest body the library stores, with room for notes and what stands around it
MOST_ANSWERED = 24_000_000
# a child may use a gigabyte: more of them at once, and uploads could fill the machine
MOST_AT_ONCE = 2
PIECE = 64 * 1024

TOO_LONG = gettext_noop(
    "Reading the file takes too long: save it anew with the program it was written in, or as plain text."
)
TOO_COMPLICATED = gettext_noop(
    "The file is too complicated to read: save it anew with the program it was written in, or as plain text."
)
DAMAGED = gettext_noop("The file is damaged: open it in the program it was written in and save it anew.")
TOO_MUCH = gettext_noop("The file holds more text than the library stores: divide it.")

# how the child ends when memory or depth run out; it must agree with `confined_child`
EXHAUSTED = 12

_room = BoundedSemaphore(MOST_AT_ONCE)


def run(function: str, data: bytes) -> Any:
    """Return what the function (“package.module:name”) makes of the bytes, in a child process within its limits.

    It takes bytes and gives back bytes, or what JSON can say. Raises `Unreadable`: the function's own, or one that says
    that the file is damaged, too complicated, or takes too long. Only what the function's module imports at its top
    can be used in it, for by the time it runs the child opens no file any more.
    """
    with _room, _child() as child:
        deadline = time.monotonic() + WALL_SECONDS
        answer = _converse(child, _request(function) + data, deadline)
        status = _wait(child, deadline)
    if status or not answer:
        _refuse(status)
    return _value(answer)


def _request(function: str) -> bytes:
    return json.dumps({"function": function, "path": sys.path}).encode() + b"\n"


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """Start the child in a group of its own, and leave none of it behind.

    Not a fork: the server has threads, and its memory holds what no parser needs.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", str(CHILD), str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        start_new_session=True,
        bufsize=0,
    )
    try:
        yield child
    finally:
        _kill(child)
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the whole group: the child may have ended already and left others of it behind."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _wait(child: subprocess.Popen[bytes], deadline: float) -> int:
    try:
        return child.wait(max(0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_LONG) from None


def _converse(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytearray:
    """Send the request and gather the answer, both at once, so that neither side waits for the other."""
    assert child.stdin  # noqa: S101 - both are pipes
    assert child.stdout  # noqa: S101
    answer, unsent = bytearray(), memoryview(request)
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while child.stdout in selector.get_map():
            for key, _ in _ready(selector, deadline):
                if key.fileobj is child.stdout:
                    _receive(child.stdout, answer, selector)
                else:
                    unsent = _send(child.stdin, unsent, selector)
    return answer


def _ready(selector: selectors.BaseSelector, deadline: float) -> list[tuple[selectors.SelectorKey, int]]:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreadable(TOO_LONG)
    return selector.select(left)


def _receive(pipe: IO[bytes], answer: bytearray, selector: selectors.BaseSelector) -> None:
    piece = os.read(pipe.fileno(), PIECE)
    answer += piece
    if len(answer) > MOST_ANSWERED:
        raise Unreadable(TOO_MUCH)
    if not piece:
        selector.unregister(pipe)


def _send(pipe: IO[bytes], unsent: memoryview, selector: selectors.BaseSelector) -> memoryview:
    try:
        unsent = unsent[os.write(pipe.fileno(), unsent[:PIECE]) :]
    except BrokenPipeError:
        # the child has ended: its status says why
        unsent = unsent[:0]
    if not unsent:
        selector.unregister(pipe)
        pipe.close()
    return unsent


def _refuse(status: int) -> NoReturn:
    if status == -signal.SIGXCPU:
        raise Unreadable(TOO_LONG)
    if status in (EXHAUSTED, -signal.SIGKILL, -signal.SIGSEGV):
        # killed is what a machine without memory does
        raise Unreadable(TOO_COMPLICATED)
    raise Unreadable(DAMAGED)


def _value(answer: bytearray) -> Any:
    kind, rest = answer[:1], bytes(answer[1:])
    if kind == b"b":
        return rest
    value = json.loads(rest.decode("utf-8", "surrogatepass"))
    if kind == b"r":
        raise Unreadable(value["template"], **value["params"])
    return value
