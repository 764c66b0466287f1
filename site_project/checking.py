"""The checks of `make check` that need a look at the site as a server would run it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = {
    "SECRET_KEY": "x" * 25 + "-made-up-for-this-check-" + "0123456789" * 2,
    "DEBUG": "false",
    "LOCAL": "false",
    "ALLOWED_HOSTS": "library.example",
    "TRUSTED_PROXIES": "1",
    "DATABASE_URL": "",
}


def deployable() -> bool:
    """Run Django's deployment checks with a server's settings; anything from a warning up fails."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | SERVER).returncode == 0


def stale_translations() -> list[str]:
    """Return the catalogues whose compiled form is not what their text compiles to, or that lack a translation."""
    stale = []
    for text in sorted((ROOT / "articles" / "locale").glob("*/LC_MESSAGES/*.po")):
        with tempfile.NamedTemporaryFile() as compiled:
            counted = subprocess.run(
                ["msgfmt", "--check", "--statistics", "-o", compiled.name, text],
                capture_output=True,
                text=True,
                env=os.environ | {"LC_ALL": "C"},
            )
            fresh = Path(compiled.name).read_bytes()
        committed = text.with_suffix(".mo")
        if counted.returncode or "untranslated" in counted.stderr or "fuzzy" in counted.stderr:
            stale.append(f"{text.relative_to(ROOT)}: {counted.stderr.strip()}")
        elif not committed.exists() or committed.read_bytes() != fresh:
            stale.append(f"{committed.relative_to(ROOT)} is not compiled from its .po: run make messages")
    return stale


def main() -> int:
    """Run every check and return the exit status."""
    stale = stale_translations()
    print("\n".join(stale) or "Translations are complete and compiled.")
    return 0 if deployable() and not stale else 1


if __name__ == "__main__":
    sys.exit(main())
