"""What `make run` does: make ready what this computer needs, then serve the site with the production server."""

import argparse
import hashlib
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import django
from django.core.management import call_command

EDITOR = "editor"


def main() -> None:
    """Prepare and serve; never returns."""
    options = parse()
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings")
    django.setup()
    options.host = "127.0.0.1" if options.host == "localhost" else options.host  # the server takes numbers only
    refuse_unsafe_address(options.host)
    refuse_taken_port(options.host, options.port)
    prepare()
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(
        f"Wenmai 文脉 is served on http://{shown}:{options.port}/  (editors: /admin/; Ctrl+C ends it)",
        flush=True,
    )
    server = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    where = ["--host", options.host, "--port", str(options.port)]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *server, *where, "site_project.wsgi:application"])


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)
    return parser.parse_args()


def port(text: str) -> int:
    """Return the number of a port a person may take."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; take a number from 1 to 65535")
    return int(text)


def refuse_unsafe_address(host: str) -> None:
    """End here when LOCAL=true would be served to others."""
    from django.conf import settings  # readable once Django is set up

    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        sys.exit(f"{host} is no address of this computer; take 127.0.0.1 or ::1.")
    if settings.LOCAL and not loopback:
        sys.exit(f"LOCAL=true serves this computer only, and {host} is not a loopback address. See docs/deployment.md.")


def refuse_taken_port(host: str, port: int) -> None:
    """End here when something listens already: the server would share the port in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if probe.connect_ex((host, port)) == 0:
            sys.exit(f"Port {port} of {host} is taken. End the other program, or choose another: make run PORT=8001")


def prepare() -> None:
    """Bring database and static files up to date; on the first run also the demonstration and the editor's account."""
    from django.conf import settings  # readable once Django is set up

    (settings.BASE_DIR / "var").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    collect_static(settings.STATIC_ROOT / ".collected")
    first_run()


def collect_static(stamp: Path) -> None:
    """Hash and compress the static files when one of them changed since the last time."""
    state = hashlib.sha256("\n".join(sorted(static_files())).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != state:
        print("Collecting static files …", flush=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def static_files() -> Iterator[str]:
    """Yield path, size and time of each static file."""
    from django.contrib.staticfiles.finders import get_finders  # needs Django set up

    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            yield f"{name} {found.st_size} {found.st_mtime_ns}"


def first_run() -> None:
    """Give a fresh database its demonstration library and one editor, whose password is printed this once."""
    from django.contrib.auth.models import User  # needs Django set up

    if User.objects.exists():
        return
    print("Loading the demonstration library …", flush=True)
    call_command("load_demo", verbosity=0)
    password = secrets.token_urlsafe(15)
    User.objects.create_superuser(EDITOR, password=password)
    print(f"\n  Editor's account: {EDITOR}\n  Password, shown only now: {password}\n", flush=True)


if __name__ == "__main__":
    main()
