"""The only door to the network: a page from the public web, and from nowhere else."""

import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urljoin, urlsplit

import certifi
import pycurl

from articles.intake.decoding import Unreadable, gettext_noop

USER_AGENT = "Wenmai/1.0 (a library bringing in one page for an editor)"
LARGEST = 5_000_000
MOST_HEADERS = 64_000
SECONDS = 10
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}

# RFC 6890 and its registries. Python 3.11's own `is_global` lets several of these through.
NOT_PUBLIC = [
    ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 "
        "2001::/23 2001:db8::/32 2002::/16 3fff::/20"
    ).split()
]
PUBLIC_IPV6 = ip_network("2000::/3")

# One sentence for what is closed, forbidden or not there, so that nobody can map a network by our answers.
OUT_OF_REACH = gettext_noop("The address does not answer, or is not on the public web.")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether the address is one of the public internet.

    >>> is_public(ip_address("8.8.8.8")), is_public(ip_address("::ffff:127.0.0.1")), is_public(ip_address("100.64.0.1"))
    (True, False, False)
    """
    if address.version == 6 and address not in PUBLIC_IPV6:
        return False
    return not any(address.version == network.version and address in network for network in NOT_PUBLIC)


def fetch(url: str) -> bytes:
    """Return the decoded bytes of a page. Raises `Unreadable` with a sentence for the editor.

    Every connection is checked at the moment it is made, after the name was resolved, so that no answer of a name
    server and no redirect leads inside. At most three redirects, ten seconds and five megabytes decoded.
    """
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(_checked(url))
        if answer.status not in REDIRECTS or not answer.location:
            break
        url = urljoin(url, answer.location)
    else:
        raise Unreadable("The address redirects more than %(most)d times.", most=MOST_REDIRECTS)
    if answer.status != 200:
        raise Unreadable("The site answered %(status)d instead of the page.", status=answer.status)
    return bytes(answer.body)


def _checked(url: str) -> str:
    """Return the address when it is a plain one of the web. Raises `Unreadable`."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        raise Unreadable("This is no web address.") from None
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \\")
    if not plain or parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise Unreadable("This is no web address; write it like https://news.example.cn/a.html.")
    if port not in PORTS.values():
        raise Unreadable(OUT_OF_REACH)
    return url


@dataclass(slots=True)
class _Answer:
    """What came back from one request, as far as it is taken."""

    status: int = 0
    location: str = ""
    body: bytearray = field(default_factory=bytearray)
    header_bytes: int = 0
    is_too_large: bool = False
    sockets: list[socket.socket] = field(default_factory=list)

    def connect(self, purpose: int, address: tuple) -> socket.socket | int:
        """Open the connection libcurl is about to make, when it leads to the public web."""
        family, kind, protocol, where = address
        if not is_public(ip_address(where[0].partition("%")[0])):
            return pycurl.SOCKET_BAD
        self.sockets.append(socket.socket(family, kind, protocol))
        return self.sockets[-1]

    def take_body(self, data: bytes) -> int:
        """Keep the decoded bytes; a number other than their length ends the transfer."""
        self.is_too_large = len(self.body) + len(data) > LARGEST
        if self.is_too_large:
            return -1
        self.body += data
        return len(data)

    def take_header(self, line: bytes) -> int:
        """Keep where a redirect leads."""
        self.header_bytes += len(line)
        name, _, value = line.decode("latin-1").partition(":")
        if name.strip().lower() == "location":
            self.location = value.strip()
        return len(line) if self.header_bytes <= MOST_HEADERS else -1


def _ask(url: str) -> _Answer:
    """Make one request and follow nothing."""
    answer = _Answer()
    curl = pycurl.Curl()
    options = {
        pycurl.URL: url,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.PROXY: "",  # the environment's proxies would connect for us, unchecked
        pycurl.FOLLOWLOCATION: 0,
        pycurl.CONNECTTIMEOUT: SECONDS // 2,
        pycurl.TIMEOUT: SECONDS,
        pycurl.NOSIGNAL: 1,
        pycurl.CAINFO: certifi.where(),
        pycurl.USERAGENT: USER_AGENT,
        pycurl.ACCEPT_ENCODING: "",  # whatever libcurl can decode; what is counted is decoded
        pycurl.OPENSOCKETFUNCTION: answer.connect,
        pycurl.WRITEFUNCTION: answer.take_body,
        pycurl.HEADERFUNCTION: answer.take_header,
    }
    try:
        for option, value in options.items():
            curl.setopt(option, value)
        curl.perform()
        answer.status = curl.getinfo(pycurl.RESPONSE_CODE)
    except pycurl.error:
        if answer.is_too_large:
            raise Unreadable("The page is larger than %(most)d MB.", most=LARGEST // 1_000_000) from None
        raise Unreadable(OUT_OF_REACH) from None
    finally:
        curl.close()
        for opened in answer.sockets:  # libcurl worked on copies
            opened.close()
    return answer
