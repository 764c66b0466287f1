"""What `make test` runs: everything on SQLite, what asks a database on PostgreSQL too, and what could not run.

Exit status 0 when all that ran passed; with CI=true also only when nothing was missing.
"""

import os
import subprocess
import sys

from articles.tests import services

PYTEST = [sys.executable, "-m", "pytest", "-q"]
BROWSER = "articles/tests/browser"
# The tests do not depend on this checkout's .env.
SETTINGS = {"SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz", "LOCAL": "true", "DEBUG": "false"}


def main() -> int:
    """Run each part, name what is missing, and return the exit status."""
    missing: list[str] = []
    failed: list[str] = []
    run("unit tests on SQLite", [f"--ignore={BROWSER}"], failed, {"DATABASE_URL": ""})
    try:
        with services.postgresql() as address:
            on_postgresql = [f"--ignore={BROWSER}", "-m", "database"]
            run("tests of the database on PostgreSQL", on_postgresql, failed, {"DATABASE_URL": address})
    except services.Missing as reason:
        missing.append(str(reason))
    try:
        services.chromium()
        run("browser tests", [BROWSER], failed, {"DATABASE_URL": ""})
    except services.Missing as reason:
        missing.append(str(reason))
    return report(missing, failed)


def run(part: str, arguments: list[str], failed: list[str], environment: dict[str, str]) -> None:
    """Run pytest on one part of the tests in an environment of its own."""
    print(f"--- {part}", flush=True)
    if subprocess.run([*PYTEST, *arguments, *sys.argv[1:]], env=os.environ | SETTINGS | environment).returncode:
        failed.append(part)


def report(missing: list[str], failed: list[str]) -> int:
    """Name what failed and what did not run, last of all."""
    for reason in missing:
        print(f"NOT RUN: {reason}")
    for part in failed:
        print(f"FAILED: {part}")
    return 1 if failed or (missing and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
