"""A program for a network of its own, in which everything inside could be reached: what does the fetcher connect to?

Started by `test_namespace` with `unshare --map-root-user --net --mount`. It gives the loopback interface the addresses
of a hospital's machine room, one of the public web, listens on all of them, asks for every form of address and prints
what was connected to, as JSON.
"""

import json
import selectors
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from articles.intake import Unreadable, fetching
from articles.intake.reach import Reach
from articles.intake.robots import Visitor

REACH = Reach(patience=0)
PUBLIC, NAME_SERVER = "1.2.3.4", "127.0.0.53"
# the last packets of a connection come after its answer
GOODBYE = 0.3
PORTS = (80, 443, 22, 25, 5432, 6379, 8000)
INSIDE = (
    "10.9.9.9 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 198.18.0.1 fd00::1 fec0::1 "
    "64:ff9b::7f00:1 64:ff9b::a09:909 2002:7f00:1:: 2001:db8::1 fe80::1"
).split()
HOSTS = {
    "inside.example": ["10.9.9.9"],
    "inside6.example": ["fd00::1"],
    "both.example": ["10.9.9.9", "fd00::1"],
    "metadata.example": ["169.254.169.254"],
    "home.example": ["127.0.0.1", "::1"],
    "public.example": [PUBLIC],
}
NAMES = (
    "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1 0177.1 0 0.0.0.0 0x0 "
    "127.127.127.127 ①②⑦.⓪.⓪.① 127。0。0。1 localhost LOCALHOST localhost. 127.0.0.1. "
    "10.9.9.9 168364297 0x0a090909 0xa.9.2313 012.011.011.011 10.592137 10.9.9.9. 172.16.0.1 192.168.1.1 "
    "169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 100.64.0.1 100.100.100.200 192.0.0.192 198.18.0.1 "
    "[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.9.9.9] [::ffff:169.254.169.254] "
    "[::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.9.9.9] [2002:7f00:1::] [2001:db8::1] [fd00::1] [fec0::1] "
    "[fe80::1%25lo] [fe80::1] inside.example inside6.example both.example metadata.example home.example "
    "inside.example. INSIDE.example %31%32%37.0.0.1"
).split()


def addresses() -> list[str]:
    """Every form of family E that names a place inside."""
    plain = [f"{scheme}://{name}/" for scheme in ("http", "https") for name in NAMES]
    ports = [
        f"http://{name}:{port}/" for name in ("127.0.0.1", "10.9.9.9", PUBLIC) for port in (0, 22, 25, 5432, 6379, 8000)
    ]
    tricks = [
        "http://public.example@10.9.9.9/",
        "http://10.9.9.9#@public.example/",
        "http://10.9.9.9\\@public.example/",
        "http://10.9.9.9/?http://public.example",
        "http:10.9.9.9",
        "http:///10.9.9.9/",
        "//10.9.9.9/",
        "http://10.9.9.9:80@public.example:80/",
        "http://10.9.9.9\r\nHost: a/",
        "http://10.9.9.9\t/",
        "file:///etc/hostname",
        "gopher://10.9.9.9:80/_GET",
        "dict://10.9.9.9:6379/info",
        "ftp://10.9.9.9/",
        "jar:http://10.9.9.9/!/",
    ]
    return plain + ports + tricks


class Listeners:
    """Servers on every address and port of the namespace; `met` says which of them were connected to."""

    def __init__(self) -> None:
        self.met: list[tuple[str, int]] = []
        self.location = ""
        self._selector = selectors.DefaultSelector()
        for port in PORTS:
            server = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=256)
            self._selector.register(server, selectors.EVENT_READ)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            for key, _ in self._selector.select():
                connection = key.fileobj.accept()[0]
                host, port = connection.getsockname()[:2]
                self.met.append((host.removeprefix("::ffff:"), port))
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(2)
            asked = connection.recv(4_000)
            where = f"Location: {self.location}\r\n" if self.location and b"/robots.txt" not in asked else ""
            status = "302 Found" if where else "200 OK"
            head = (
                f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{where}Content-Length: 3\r\nConnection: close\r\n\r\n"
            )
            connection.sendall(head.encode() + b"<p>")

    def taken(self) -> list[str]:
        """Return what was connected to since the last look."""
        met, self.met = self.met, []
        return sorted({f"{host} {port}" for host, port in met})


class NameServer:
    """Answers each question about a name with the next of its addresses, and lets nobody remember it."""

    def __init__(self) -> None:
        self.answers = {
            b"changing": [[PUBLIC], ["10.9.9.9"]],
            b"mixed": [[PUBLIC, "10.9.9.9", "169.254.169.254"]],
            b"many": [[f"10.9.{n // 200}.{n % 200 + 1}" for n in range(25)]],
        }
        self.asked: dict[bytes, int] = {}
        self.questions = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((NAME_SERVER, 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            question, client = self._socket.recvfrom(512)
            self.questions += 1
            self._socket.sendto(self._answer(question), client)

    def _answer(self, question: bytes) -> bytes:
        label = question[13 : 13 + question[12]].lower()
        end = question.index(b"\0", 12) + 5
        found: list[str] = []
        if label in self.answers and question[end - 4 : end - 2] == b"\0\x01":
            turn = self.asked.get(label, 0)
            self.asked[label] = turn + 1
            found = self.answers[label][turn % len(self.answers[label])]
        records = [b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + socket.inet_aton(address) for address in found]
        return (
            question[:2]
            + b"\x81\x80"
            + struct.pack(">HHHH", 1, len(records), 0, 0)
            + question[12:end]
            + b"".join(records)
        )


def settle() -> None:
    """Give the namespace its addresses, its hosts file and its name server."""
    run("ip", "link", "set", "lo", "up")
    for address in (*INSIDE, PUBLIC):
        run(
            "ip",
            "addr",
            "add",
            address + ("/128" if ":" in address else "/32"),
            "dev",
            "lo",
            *(["nodad"] if ":" in address else []),
        )
    hosts = "".join(f"{address} {name}\n" for name, found in HOSTS.items() for address in found)
    for path, text in (
        ("/etc/hosts", f"127.0.0.1 localhost\n::1 localhost\n{hosts}"),
        ("/etc/resolv.conf", f"nameserver {NAME_SERVER}\noptions timeout:1 attempts:1\n"),
    ):
        own = Path(tempfile.mkdtemp(), "own")
        own.write_text(text)
        run("mount", "--bind", str(own), path)


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def packets() -> int:
    """How many packets the loopback interface has carried."""
    line = next(line for line in Path("/proc/net/dev").read_text().splitlines() if line.strip().startswith("lo:"))
    return int(line.split(":")[1].split()[1])


def outcome(url: str, visitor: Visitor | None = None) -> str:
    """Return the bytes that came, or the sentence of the refusal."""
    try:
        return (visitor.fetch(url) if visitor else fetching.fetch(url, REACH)).data.decode()
    except Unreadable as refusal:
        return str(refusal)


def is_open(name: str) -> bool:
    """Whether a program that asks nobody's leave would connect."""
    with suppress(OSError, UnicodeError):
        socket.create_connection((name.strip("[]").replace("%25", "%"), 80), timeout=2).close()
        return True
    return False


def main() -> None:
    settle()
    listeners, server = Listeners(), NameServer()
    found: dict[str, object] = {"control": outcome("http://public.example/"), "control_met": listeners.taken()}
    time.sleep(GOODBYE)
    # a name is asked for by one packet and answered by one
    carried = packets() - 2 * server.questions
    found["direct"] = {url: outcome(url) for url in addresses()}
    found["packets"] = packets() - 2 * server.questions - carried
    found["direct_met"] = listeners.taken()
    redirected = {}
    for url in addresses():
        listeners.location = url.encode("ascii", "backslashreplace").decode().replace("\r", "%0d").replace("\n", "%0a")
        redirected[url] = outcome("http://public.example/")
    found["redirected"], found["redirected_met"] = redirected, listeners.taken()
    listeners.location = ""
    visitor = Visitor(REACH)
    found["visited"] = {name: outcome(f"http://{name}/", visitor) for name in NAMES}
    found["visited_met"] = listeners.taken()
    found["named"] = {
        name: [outcome(f"http://{name}.test/") for _ in range(6)] for name in ("changing", "mixed", "many")
    }
    found["named_met"], found["named_asked"] = listeners.taken(), sum(server.asked.values())
    found["open"] = sum(map(is_open, NAMES))
    json.dump(found, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
