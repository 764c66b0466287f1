"""The only door to the network: what stands at an address of the public web, and nothing from anywhere else."""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import certifi
import pycurl

from articles.intake.decoding import Unreadable, gettext_noop
from articles.intake.reach import PORTS, PUBLIC, Reach

AGENT = "Wenmai"
MOST_HEADERS = 64_000
SECONDS = 10
SECONDS_TO_CONNECT = 5
MOST_REDIRECTS = 3
LONGEST_ADDRESS = 2_000
REDIRECTS = {301, 302, 303, 307, 308}
# what RFC 3986 lets stand in a path, query or redirect as it is
RESERVED = "%/:=&?~#+!$,;'@()*[]"
CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w-]{1,40})", re.IGNORECASE)

# One sentence for what is closed, forbidden or not there, so that nobody can map a network by our answers.
OUT_OF_REACH = gettext_noop("The address does not answer, or is not on the public web.")
ANOTHER_ANSWER = gettext_noop("The site answered %(status)d instead of the page.")
TOO_SLOW = gettext_noop("The site did not answer in time.")


class OutOfReach(Unreadable):
    """The address is closed, forbidden or not there; which of them is not said."""

    def __init__(self) -> None:
        super().__init__(OUT_OF_REACH)


class SiteAnswered(Unreadable):
    """The site answered with something else than what was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(ANOTHER_ANSWER, status=status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: its media types (none: whatever comes), its largest size, and the sentence for the rest."""

    media_types: frozenset[str]
    largest: int
    refusal: str


# No type at all and `octet-stream` say nothing: the bytes are looked at when they are read.
UNSAID = {"", "application/octet-stream", "binary/octet-stream"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = Wanted(
    frozenset(UNSAID | {"text/html", "application/xhtml+xml", "text/plain", "application/pdf", DOCX}),
    5_000_000,
    gettext_noop("The address leads to %(media_type)s; a web page, a text, a PDF or a Word file can be read."),
)
PICTURE = Wanted(
    frozenset(UNSAID | {"image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp"}),
    10_000_000,
    gettext_noop("The address leads to %(media_type)s, which is no picture that can be shown."),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the address it was found at in the end, its decoded bytes, and what its header says they are."""

    url: str
    data: bytes
    media_type: str = ""
    charset: str = ""


def fetch(
    url: str,
    reach: Reach = PUBLIC,
    wanted: Wanted = PAGE,
    *,
    until: float | None = None,
    permit: Callable[[str], None] | None = None,
) -> Fetched:
    """Return what stands at the address. Raises `Unreadable` with a sentence for the editor.

    Every connection is checked at the moment it is made, after the name was resolved, so that no answer of a name
    server and no redirect leads inside. All redirects together have ten seconds, or until the clock shows `until`.
    `permit` is asked before each address and raises what speaks against it.
    """
    begun = time.monotonic()
    end = min(begun + SECONDS, until or begun + SECONDS)
    if begun > end:
        raise Unreadable(TOO_SLOW)
    try:
        return _fetch(plain(url), reach, wanted, end, permit)
    except OutOfReach:
        time.sleep(max(0, min(begun + reach.patience, end) - time.monotonic()))
        raise


def _fetch(url: str, reach: Reach, wanted: Wanted, until: float, permit: Callable[[str], None] | None) -> Fetched:
    for _ in range(MOST_REDIRECTS + 1):
        if not reach.may_ask(port_of(url)):
            raise OutOfReach
        if permit:
            permit(url)
        answer = _ask(url, reach, wanted, until)
        if answer.status not in REDIRECTS or not answer.location:
            break
        url = _redirected(url, answer.location)
    else:
        raise Unreadable("The address redirects more than %(most)d times.", most=MOST_REDIRECTS)
    if answer.status != 200:
        raise SiteAnswered(answer.status)
    return Fetched(url, bytes(answer.body), answer.media_type, answer.charset)


def plain(url: str) -> str:
    """Return the address in the letters that travel, without its fragment. Raises `Unreadable` where it is none.

    >>> plain("http://新闻.example/村 务")
    Traceback (most recent call last):
    articles.intake.decoding.Unreadable: This is no web address; write it like https://news.example.cn/a.html.
    >>> plain("http://新闻.example/村务#上")
    'http://xn--efvy88h.example/%E6%9D%91%E5%8A%A1'
    """
    url = urldefrag(url).url if "#" in url else url
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        raise Unreadable("This is no web address.") from None
    is_plain = url.isprintable() and not set(url) & set(" \\") and len(url) <= LONGEST_ADDRESS
    if not is_plain or parts.scheme not in PORTS or not host or parts.username is not None:
        raise Unreadable("This is no web address; write it like https://news.example.cn/a.html.")
    if url.isascii():
        return url
    place = f"[{host}]" if ":" in host else host
    rest = quote(parts.path + (f"?{parts.query}" if parts.query else ""), safe=RESERVED)
    return f"{parts.scheme}://{place}{'' if port is None else f':{port}'}{rest}"


def port_of(url: str) -> int:
    """Return the port that a plain address leads to."""
    parts = urlsplit(url)
    return PORTS[parts.scheme] if parts.port is None else parts.port


def _redirected(url: str, location: str) -> str:
    target = plain(urljoin(url, location))
    if url.startswith("https:") and target.startswith("http:"):
        raise Unreadable("The address redirects from https to http, where anybody on the way could change the page.")
    return target


@dataclass(slots=True)
class _Answer:
    """What came back from one request, as far as it is taken."""

    reach: Reach
    wanted: Wanted
    status: int = 0
    location: str = ""
    content_type: str = ""
    body: bytearray = field(default_factory=bytearray)
    header_bytes: int = 0
    is_enough: bool = False
    refusal: Unreadable | None = None
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()[:100]

    @property
    def charset(self) -> str:
        match = CHARSET.search(self.content_type[:200])
        return match[1].lower() if match else ""

    def connect(self, purpose: int, address: tuple) -> socket.socket | int:
        """Open the connection libcurl is about to make, when it leads where it may."""
        family, kind, protocol, where = address
        if family not in (socket.AF_INET, socket.AF_INET6) or not self.reach.leads_to(where[0], where[1]):
            return pycurl.SOCKET_BAD
        self.sockets.append(socket.socket(family, kind, protocol))
        return self.sockets[-1]

    def take_body(self, data: bytes) -> int:
        """Keep the decoded bytes; a number other than their length ends the transfer."""
        if len(self.body) + len(data) > self.wanted.largest:
            self.refusal = self.too_large()
            return -1
        self.body += data
        return len(data)

    def take_header(self, line: bytes) -> int:
        """Keep what the header says; end the transfer where it is too long, or says that nothing wanted follows."""
        self.header_bytes += len(line)
        if self.header_bytes > MOST_HEADERS:
            self.refusal = Unreadable("The site answered with more headers than any page has.")
            return -1
        name, _, value = line.partition(b":")
        if line.startswith(b"HTTP/"):
            said = line.split(maxsplit=2)[1:2]
            self.status = int(said[0]) if said and said[0].isdigit() else 0
        elif name.strip().lower() == b"location":
            # names of Chinese pages are sent as they are, in whatever encoding
            self.location = quote(value.strip(), safe=RESERVED)
        elif name.strip().lower() == b"content-type":
            self.content_type = value.decode("latin-1").strip()
        return -1 if not line.strip() and self.ends_here() else len(line)

    def ends_here(self) -> bool:
        """Whether the body is not worth waiting for."""
        if self.status >= 300:
            self.is_enough = True
        elif self.status == 200 and self.wanted.media_types and self.media_type not in self.wanted.media_types:
            shown = "".join(filter(str.isprintable, self.media_type))
            self.refusal = Unreadable(self.wanted.refusal, media_type=shown)
        return self.is_enough or self.refusal is not None

    def too_large(self) -> Unreadable:
        return Unreadable("The page is larger than %(most)d MB.", most=self.wanted.largest // 1_000_000)


def _ask(url: str, reach: Reach, wanted: Wanted, until: float) -> _Answer:
    """Make one request and follow nothing."""
    answer = _Answer(reach, wanted)
    left = int(1000 * (until - time.monotonic()))
    if left <= 0:
        raise Unreadable(TOO_SLOW)
    curl = pycurl.Curl()
    options = {
        pycurl.URL: url,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.PROXY: "",  # the environment's proxies would connect for us, unchecked
        pycurl.FOLLOWLOCATION: 0,
        pycurl.CONNECTTIMEOUT_MS: min(left, 1000 * SECONDS_TO_CONNECT),
        pycurl.TIMEOUT_MS: left,
        pycurl.MAXFILESIZE: wanted.largest,
        pycurl.NOSIGNAL: 1,
        pycurl.CAINFO: certifi.where(),
        pycurl.USERAGENT: user_agent(reach),
        pycurl.ACCEPT_ENCODING: "",  # whatever libcurl can decode; what is counted is decoded
        pycurl.OPENSOCKETFUNCTION: answer.connect,
        pycurl.WRITEFUNCTION: answer.take_body,
        pycurl.HEADERFUNCTION: answer.take_header,
    }
    try:
        for option, value in options.items():
            curl.setopt(option, value)
        curl.perform()
    except pycurl.error as error:
        if not answer.is_enough:
            raise _refusal(answer, error.args[0]) from None
    finally:
        curl.close()
        for opened in answer.sockets:  # libcurl worked on copies
            opened.close()
    return answer


def user_agent(reach: Reach) -> str:
    """Return the name we go by, with whom to write to where the site was told one."""
    contact = f"; {reach.contact}" if reach.contact else ""
    return f"{AGENT}/1.0 (a library bringing in one page for an editor{contact})"


def _refusal(answer: _Answer, code: int) -> Unreadable:
    """Return the sentence for a transfer that ended early; more is said only of a site that was allowed to speak."""
    if answer.refusal:
        return answer.refusal
    if code == pycurl.E_FILESIZE_EXCEEDED:
        return answer.too_large()
    if code == pycurl.E_PEER_FAILED_VERIFICATION:
        return Unreadable("The certificate of the site is not valid, so nobody can say who answers there.")
    if not answer.header_bytes:
        return OutOfReach()
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return Unreadable(TOO_SLOW)
    return Unreadable("The site broke off before the page was there.")
