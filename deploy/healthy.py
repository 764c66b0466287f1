"""Ask the site behind its socket for /healthz: `healthy.py [SECONDS TO WAIT]`; exit status 0 when it answers."""

import os
import socket
import sys
import time

SOCKET = os.environ.get("WENMAI_SOCKET", "/run/wenmai/granian.sock")


def answers() -> bool:
    """Say whether the site answers 200. Its first allowed name is used: it refuses every other."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    request = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(3)
            line.connect(SOCKET)
            line.sendall(request.encode())
            return line.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def main() -> int:
    """Ask until the site answers or the time is over."""
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 0)
    while not answers():
        if time.monotonic() > until:
            return 1
        time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
