"""Find what the tests need besides Python: PostgreSQL and Chromium. What cannot be found is named, never passed over.

`TEST_DATABASE_URL` names a PostgreSQL to use; without it a throw-away cluster is made from the programs on this
machine. `make test` installs what is missing where it may. With CI=true whatever is missing fails the run.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# the first is the engine alone, at half the work
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
POSTGRESQL_FOLDERS = "/usr/lib/postgresql/*/bin"


class Missing(Exception):
    """A part of the tests cannot run here; the message names it and says why."""


def chromium() -> str:
    """Return the path of a Chromium. Raises `Missing`."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    raise Missing("browser tests: no Chromium found (apt-get install chromium-headless-shell)")


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the address of a PostgreSQL server's maintenance database. Raises `Missing`."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="wenmai-pg-") as folder:
        cluster = Path(folder) / "cluster"
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        port = _free_port()
        _run([programs / "initdb", "-D", cluster, "-U", "wenmai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
        settings += " -c full_page_writes=off -c synchronous_commit=off -c jit=off"  # it is thrown away
        _run([programs / "pg_ctl", "-D", cluster, "-w", "-l", Path(folder) / "log", "-o", settings, "start"])
        try:
            yield f"postgresql://wenmai@127.0.0.1:{port}/postgres"
        finally:
            _run([programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])


def _programs() -> Path:
    """The newest PostgreSQL's programs."""
    found = sorted(Path("/").glob(f"{POSTGRESQL_FOLDERS.lstrip('/')}/initdb"), key=lambda path: path.parts[-3])
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path))
    if not found:
        raise Missing("PostgreSQL tests: no initdb found (apt-get install postgresql, or set TEST_DATABASE_URL)")
    return found[-1].parent


def _run(command: list) -> None:
    """Run as the user postgres when we are root: PostgreSQL refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run([str(part) for part in command], user=user, cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"PostgreSQL tests: {command[0]} failed: {done.stderr.strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
