"""What `make test` runs: everything on SQLite, what asks a database on PostgreSQL too, and what could not run.

Exit status 0 when all that ran passed; with CI=true also only when nothing was missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

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
    on_sqlite = "unit tests on SQLite", [f"--ignore={BROWSER}"], {"DATABASE_URL": ""}
    try:
        with services.postgresql() as address:
            on_postgresql = [f"--ignore={BROWSER}", "-m", "database"]
            other = "tests of the database on PostgreSQL", on_postgresql, {"DATABASE_URL": address}
            run_side_by_side(on_sqlite, other, failed)
    except services.Missing as reason:
        missing.append(str(reason))
        run(on_sqlite, failed)
    try:
        services.chromium()
        run(("browser tests", [BROWSER, "-n", "2", "--dist", "loadscope"], {"DATABASE_URL": ""}), failed)
    except services.Missing as reason:
        missing.append(str(reason))
    return report(missing, failed)


def run_side_by_side(one: Part, other: Part, failed: list[str]) -> None:
    """Run two parts at once, for two cores; what the other says is told when the one is through."""
    with tempfile.TemporaryFile() as said:
        beside = begin(other, stdout=said, stderr=subprocess.STDOUT)
        run(one, failed)
        if beside.wait():
            failed.append(other[0])
        said.seek(0)
        print(f"--- {other[0]}", flush=True)
        shutil.copyfileobj(said, sys.stdout.buffer)
        sys.stdout.flush()


def run(part: Part, failed: list[str]) -> None:
    """Run pytest on one part of the tests in an environment of its own."""
    print(f"--- {part[0]}", flush=True)
    if begin(part).wait():
        failed.append(part[0])


def begin(part: Part, **streams: Any) -> subprocess.Popen[bytes]:
    _name, arguments, environment = part
    return subprocess.Popen([*PYTEST, *arguments, *sys.argv[1:]], env=os.environ | SETTINGS | environment, **streams)


def report(missing: list[str], failed: list[str]) -> int:
    """Name what failed and what did not run, last of all."""
    for reason in missing:
        print(f"NOT RUN: {reason}")
    for part in failed:
        print(f"FAILED: {part}")
    return 1 if failed or (missing and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
