"""A site of our own on loopback, whose pages are what a test says, for whatever fetches."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from articles.intake.reach import Reach

REACH = Reach(patience=0, loopback=True)


class LoopbackSite:
    """Mix into a test: `self.pages` maps each path to its HTML, to (status, headers, body), or to a function.

    A function gets the request's handler and writes what it likes. `self.asked` lists the paths that were asked for.
    """

    def setUp(self):
        super().setUp()
        self.pages: dict[str, str | bytes | tuple | Callable] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.site = self.serve(self.pages)

    def serve(self, pages: dict) -> str:
        """Start a site for these pages and return its address."""
        case = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                case.asked.append(self.path)
                case.headers.append(dict(self.headers))
                answer(self, pages.get(self.path, (404, {}, b"")))

            def log_message(self, *args):
                """Keep the tests' output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"


def answer(handler: BaseHTTPRequestHandler, page: str | bytes | tuple | Callable) -> None:
    if callable(page):
        try:
            page(handler)
        except (BrokenPipeError, ConnectionResetError):
            """The other side has had enough, as it should."""
        return
    status, headers, body = page if isinstance(page, tuple) else (200, {"Content-Type": "text/html"}, page)
    body = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except (BrokenPipeError, ConnectionResetError):
        """The other side has had enough."""
