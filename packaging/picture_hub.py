"""A place on this machine from which a model seems to come, slowly: for the picture of a download under way."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from engine.phi import phi_table

AT_ONCE = 120_000_000
"""Bytes that come without delay, of all ranges together."""

PACE = 4_000_000
"""Bytes a second after that."""

_CHUNK = 1_000_000


class Hub(ThreadingHTTPServer):
    """Sends files of nothing but zeros, each as long as the Phi of its name."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Sender)
        self.sizes = {phi.file: phi.bytes for phi in phi_table().models if phi.bytes is not None}
        self.sent = 0
        self.is_closing = threading.Event()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}"


class _Sender(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def do_GET(self) -> None:
        size = self.server.sizes[self.path.rpartition("/")[2]]
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "bytes=0-"))
        assert asked is not None
        first, last = int(asked[1]), int(asked[2] or size - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        left = last - first + 1
        while left and not self.server.is_closing.is_set():
            chunk = bytes(min(left, _CHUNK))
            try:
                self.wfile.write(chunk)
            except OSError:
                return  # the download was cancelled
            left -= len(chunk)
            self.server.sent += len(chunk)
            if self.server.sent > AT_ONCE:
                time.sleep(len(chunk) / PACE)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def hub() -> Iterator[Hub]:
    """A hub that answers until it is left."""
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_closing.set()
        server.shutdown()
        server.server_close()
