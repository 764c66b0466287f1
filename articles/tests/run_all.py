"""What `make test` runs: everything on SQLite, what asks a database on PostgreSQL too, and what could not run.

Exit status 0 when all that ran passed; with CI=true also only when nothing was missing.
"""

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack

from articles.tests import services

# the name of a part, what pytest is given, and its environment
Part = tuple[str, list[str], dict[str, str]]

PYTEST = [sys.executable, "-m", "pytest", "-q"]
BROWSER = "articles/tests/browser"
# half of what the tests on SQLite take
DESK = ["articles/tests/actions", "articles/tests/admin"]
ON_SQLITE = {"DATABASE_URL": ""}
# The tests do not depend on this checkout's .env.
SETTINGS = {"SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz", "LOCAL": "true", "DEBUG": "false"}
AT_ONCE = 2


def main() -> int:
    """Run each part, name what is missing, and return the exit status."""
    missing: list[str] = []
    failed: list[str] = []
    parts: queue.SimpleQueue[Part] = queue.SimpleQueue()
    with ExitStack() as stack:
        for part in all_parts(stack, missing):
            parts.put(part)
        rows = [threading.Thread(target=run, args=(parts, failed)) for _row in range(AT_ONCE)]
        for row in rows:
            row.start()
        for row in rows:
            row.join()
    return report(missing, failed)


def all_parts(stack: ExitStack, missing: list[str]) -> Iterator[Part]:
    """Yield the parts, the longest first; what fills two cores by itself comes last."""
    yield "tests of the editors' desk on SQLite", DESK, ON_SQLITE
    yield from on_postgresql(stack, missing)
    others = [f"--ignore={path}" for path in (*DESK, BROWSER)]
    yield "the other tests on SQLite", others, ON_SQLITE
    yield from in_a_browser(missing)


def on_postgresql(stack: ExitStack, missing: list[str]) -> Iterator[Part]:
    """The tests of the database again, on a PostgreSQL that runs until the stack is left."""
    try:
        address = stack.enter_context(services.postgresql())
    except services.Missing as reason:
        missing.append(str(reason))
    else:
        arguments = [f"--ignore={BROWSER}", "-m", "database"]
        yield "tests of the database on PostgreSQL", arguments, {"DATABASE_URL": address}


def in_a_browser(missing: list[str]) -> Iterator[Part]:
    try:
        services.chromium()
    except services.Missing as reason:
        missing.append(str(reason))
    else:
        yield "browser tests", [BROWSER, "-n", "2", "--dist", "loadscope"], ON_SQLITE


def run(parts: queue.SimpleQueue[Part], failed: list[str]) -> None:
    """Run pytest on one part after the other, each in an environment of its own, and print what it said.

    Two such rows go on at once, for two cores.
    """
    while True:
        try:
            name, arguments, environment = parts.get_nowait()
        except queue.Empty:
            return
        command, settings = [*PYTEST, *arguments, *sys.argv[1:]], os.environ | SETTINGS | environment
        with tempfile.TemporaryFile() as said:
            code = subprocess.run(command, env=settings, stdout=said, stderr=subprocess.STDOUT).returncode
            said.seek(0)
            # at once, so that no other part speaks in between
            sys.stdout.buffer.write(f"--- {name}\n".encode() + said.read())
            sys.stdout.buffer.flush()
        if code:
            failed.append(name)


def report(missing: list[str], failed: list[str]) -> int:
    """Name what failed and what did not run, last of all."""
    for reason in missing:
        print(f"NOT RUN: {reason}")
    for part in failed:
        print(f"FAILED: {part}")
    return 1 if failed or (missing and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
