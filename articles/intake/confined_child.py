"""The child of `confined`: limits itself, loads one function, runs it on the bytes it is sent, and answers.

It is started as a file by itself, so that nothing of the site is loaded that the function does not need.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1_000_000_000
CPU_SECONDS = 20
# standard input, output and error: with no more, no file can be opened and no socket made
DESCRIPTORS = 3
# as `confined` reads it
EXHAUSTED = 12

# from the headers of Linux: sched.h, prctl.h
CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


def main(parent: int) -> None:
    """Answer the request on standard input; how the process ends tells the parent what went wrong."""
    confine(parent)
    header = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    # a parser that prints would spoil the answer
    sys.stdout = sys.stderr
    sys.path[:] = header["path"]
    module, _, name = header["function"].partition(":")
    function = load(module, name)
    refusal = load("articles.intake.decoding", "Unreadable")
    limit(resource.RLIMIT_NOFILE, DESCRIPTORS)
    try:
        out.write(answer(function, data, refusal))
        out.flush()
    except (MemoryError, RecursionError):
        # not sys.exit: tidying up needs the memory that is missing
        os._exit(EXHAUSTED)


def confine(parent: int) -> None:
    """Take from this process what a parser has no need of, and see that it ends with its parent."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        limit(kind, most)
    # the soft limit says by a signal of its own that it was the time
    limit(resource.RLIMIT_CPU, CPU_SECONDS, grace=1)
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None)
        # a second wall: not every kernel lets a process without rights have a network of its own, an empty one, and
        # the limit on descriptors holds without
        kernel.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC)
        kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        kernel.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # it was gone before the last line
        os._exit(EXHAUSTED)


def limit(kind: int, most: int, grace: int = 0) -> None:
    """Set a limit, or leave a narrower one that the system has set; the hard one is higher by `grace`."""
    _, hard = resource.getrlimit(kind)
    soft, hardest = (bound if hard == resource.RLIM_INFINITY else min(bound, hard) for bound in (most, most + grace))
    resource.setrlimit(kind, (soft, hardest))


def load(module: str, name: str) -> Any:
    """Import what a module has, without the doors of the packages it stands in: they would load every reader."""
    parents = module.split(".")[:-1]
    for depth in range(1, len(parents) + 1):
        package = ModuleType(".".join(parents[:depth]))
        package.__path__ = [str(ROOT.joinpath(*parents[:depth]))]
        sys.modules.setdefault(package.__name__, package)
    return getattr(import_module(module), name)


def answer(function: Callable[[bytes], Any], data: bytes, refusal: Any) -> bytes:
    """Return what the function says, marked as bytes, a value or a refusal."""
    try:
        value = function(data)
    except refusal as refused:
        return b"r" + json.dumps({"template": refused.template, "params": refused.params}).encode()
    if isinstance(value, bytes):
        return b"b" + value
    return b"v" + json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    main(int(sys.argv[1]))
