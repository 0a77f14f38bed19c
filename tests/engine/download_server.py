"""A real HTTP server on loopback that behaves as it is told, well or badly, one request after the other."""

from __future__ import annotations

import contextlib
import http.server
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

ETAG = '"as-it-is"'


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request; a behaviour writes to it what it likes."""

    protocol_version = "HTTP/1.1"
    server: DownloadServer

    def do_GET(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # the other side has gone
            self.server.answer(self)

    def log_message(self, *_: Any) -> None: ...

    @property
    def wanted(self) -> tuple[int, int | None] | None:
        """The range that is asked for, its end exclusive."""
        said = self.headers["Range"]
        if said is None:
            return None
        first, _, last = said.removeprefix("bytes=").partition("-")
        return int(first), int(last) + 1 if last else None

    def head(self, status: int, *headers: tuple[str, object]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Connection", "close")):
            self.send_header(name, str(value))
        self.end_headers()

    def head_of(self, body: bytes, *, claims: int = 0, shift: int = 0) -> bytes:
        """Send what goes before the range that is asked for (lying by so many bytes), and give its bytes."""
        total = len(body) + claims
        first, end = self.wanted or (0, None)
        is_whole = self.wanted is None or self.headers["If-Range"] not in {None, self.server.etag}
        if is_whole:
            self.head(200, ("Content-Length", total), ("ETag", self.server.etag))
            return body
        if first >= total:
            self.head(416, ("Content-Range", f"bytes */{total}"), ("Content-Length", 0))
            return b""
        end = min(total, end or total)
        self.head(
            206, ("Content-Length", end - first), ("ETag", self.server.etag),
            ("Content-Range", f"bytes {first + shift}-{end - 1 + shift}/{total}"),
        )  # fmt: skip
        return body[first:end]


Behaviour = Callable[[Handler, bytes], None]


def serves(handler: Handler, body: bytes) -> None:
    handler.wfile.write(handler.head_of(body))


def drops(after: int) -> Behaviour:
    def behave(handler: Handler, body: bytes) -> None:
        handler.wfile.write(handler.head_of(body)[:after])

    return behave


def hangs_up(handler: Handler, _body: bytes) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def stalls(after: int) -> Behaviour:
    def behave(handler: Handler, body: bytes) -> None:
        handler.wfile.write(handler.head_of(body)[:after])
        handler.wfile.flush()
        handler.server.is_stalling.set()
        handler.server.is_over.wait()

    return behave


def lies_about_length(by: int) -> Behaviour:
    return lambda handler, body: _write(handler, handler.head_of(body, claims=by))


def ignores_ranges(handler: Handler, body: bytes) -> None:
    handler.head(200, ("Content-Length", len(body)))
    handler.wfile.write(body)


def gives_another_range(handler: Handler, body: bytes) -> None:
    handler.wfile.write(handler.head_of(body, shift=1))


def names_no_range(handler: Handler, body: bytes) -> None:
    handler.head(206, ("Content-Length", len(body)))
    handler.wfile.write(body)


def says(status: int, *headers: tuple[str, object]) -> Behaviour:
    return lambda handler, _: handler.head(status, ("Content-Length", 0), *headers)


def redirects(to: str, status: int = 302) -> Behaviour:
    return says(status, ("Location", to))


def flips_a_bit(at: int) -> Behaviour:
    def behave(handler: Handler, body: bytes) -> None:
        damaged = bytearray(body)
        damaged[at] ^= 1
        handler.wfile.write(handler.head_of(bytes(damaged)))

    return behave


def chunked(*, breaks_off: bool = False) -> Behaviour:
    def behave(handler: Handler, body: bytes) -> None:
        handler.head(200, ("Transfer-Encoding", "chunked"))
        half = len(body) // 2
        for piece in (body[:half], body[half:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            if breaks_off:
                return
        handler.wfile.write(b"0\r\n\r\n")

    return behave


def says_no_length(handler: Handler, body: bytes) -> None:
    handler.head(200)
    handler.wfile.write(body)


def compresses(handler: Handler, body: bytes) -> None:
    handler.head(200, ("Content-Encoding", "gzip"), ("Content-Length", len(body)))
    handler.wfile.write(body)


def gives_without_end(handler: Handler, body: bytes) -> None:
    handler.head(200)
    while True:
        handler.wfile.write(body)


def _write(handler: Handler, body: bytes) -> None:
    handler.wfile.write(body)


class DownloadServer(http.server.ThreadingHTTPServer):
    """Serves ``body`` at every path, each request as the next of ``script`` says, then as ``otherwise`` does."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body = body
        self.etag = ETAG
        self.script: deque[Behaviour] = deque()
        self.otherwise: Behaviour = serves
        self.asked: list[tuple[str, str, str | None]] = []
        self.headers: list[dict[str, str]] = []
        self.is_stalling = threading.Event()
        self.is_over = threading.Event()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def ranges(self) -> list[str]:
        """The ranges that were asked for, without what stands before each."""
        return [said.removeprefix("bytes=") for _, said, _ in self.asked]

    def answer(self, handler: Handler) -> None:
        with self._lock:
            self.asked.append((handler.path, handler.headers["Range"] or "", handler.headers["If-Range"]))
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
            behave = self.script.popleft() if self.script else self.otherwise
        behave(handler, self.body)

    def handle_error(self, *_: Any) -> None: ...


@contextlib.contextmanager
def serving(body: bytes) -> Iterator[DownloadServer]:
    """A server of ``body``, running."""
    with DownloadServer(body) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
