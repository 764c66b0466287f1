"""What `make test` runs: everything on SQLite, what asks a database on PostgreSQL too, and what could not run.

Exit status 0 when all that ran passed; with CI=true also only when nothing was missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

from articles.tests import services

# the name of a part, what pytest is given, and its environment
Part = tuple[str, list[str], dict[str, str]]

PYTEST = [sys.executable, "-m", "pytest", "-q"]
BROWSER = "articles/tests/browser"
# The tests do not depend on this checkout's .env.
SETTINGS = {"SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz", "LOCAL": "true", "DEBUG": "false"}


def main() -> int:
    """Run each part, name what is missing, and return the exit status."""
    missing: list[str] = []
    failed: list[str] = []
    with ExitStack() as stack, tempfile.TemporaryFile() as said:
        beside = [*on_postgresql(stack, missing), *in_a_browser(missing)]
        other = threading.Thread(target=run, args=(beside, failed, said))
        other.start()
        run([("unit tests on SQLite", [f"--ignore={BROWSER}"], {"DATABASE_URL": ""})], failed, sys.stdout.buffer)
        other.join()
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
        sys.stdout.flush()
    return report(missing, failed)


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
        yield "browser tests", [BROWSER, "-n", "2", "--dist", "loadscope"], {"DATABASE_URL": ""}


def run(parts: Iterable[Part], failed: list[str], said: IO[bytes]) -> None:
    """Run pytest on these parts, one behind the other, each in an environment of its own.

    Two such rows go on at once, for two cores; what one says is told when the other is through.
    """
    for name, arguments, environment in parts:
        said.write(f"--- {name}\n".encode())
        said.flush()
        command, settings = [*PYTEST, *arguments, *sys.argv[1:]], os.environ | SETTINGS | environment
        if subprocess.run(command, env=settings, stdout=said, stderr=subprocess.STDOUT).returncode:
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
