"""What several ranges at once gain, or cost: a file over loopback, whole and in four, free and throttled.

The server is a process of its own. "Throttled" gives each connection so many bytes a second, as many servers on the
way do. The two ways take turns, so that whatever else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import http.server
import multiprocessing
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from report import fresh_folder, show, write

from engine.download import Patience, fetch
from engine.download_hub import HubSource
from engine.download_source import Halt
from engine.download_transport import Transport
from engine.downloadable import Downloadable, DownloadKind

_PIECE = 2**18
_WAYS = {"one range": dataclasses.replace(Patience(), streams=1), "four ranges": Patience()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A download in one range and in four, in turn.")
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--throttle", type=float, default=20.0, help="megabytes a second that a connection gets")
    options = parser.parse_args(arguments)
    body = os.urandom(options.megabytes * 2**20)
    digest = hashlib.sha256(body).hexdigest()
    model = Downloadable("x", "x", "owner/x", "x.gguf", len(body), digest, DownloadKind.MODEL)
    folder = fresh_folder("downloads")
    figures: dict[str, object] = {"bytes": len(body), "rounds": options.rounds}
    rows: list[tuple[str, ...]] = []
    for line, limit in (("loopback", 0.0), (f"{options.throttle:g} MB/s a connection", options.throttle * 1e6)):
        speeds: dict[str, list[float]] = {way: [] for way in _WAYS}
        with serving(body, limit) as url:
            for _ in range(options.rounds):
                for way, patience in _WAYS.items():
                    speeds[way].append(speed_of(model, url, folder / "model", patience))
        middle = {way: statistics.median(measured) for way, measured in speeds.items()}
        ratios = [many / one for one, many in zip(speeds["one range"], speeds["four ranges"], strict=True)]
        figures[line] = {**{way: round(speed) for way, speed in middle.items()}, "ratio": statistics.median(ratios)}
        rows.append((line, *(f"{speed / 1e6:.0f} MB/s" for speed in middle.values()),
                     f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"))  # fmt: skip
    show("A download, checked as it comes", ("line", *_WAYS, "four by one"), rows)
    write("downloads", figures)
    return 0


def speed_of(model: Downloadable, url: str, folder: Path, patience: Patience) -> float:
    """Bytes a second of one download, from the first request to the file under its final name."""
    shutil.rmtree(folder, ignore_errors=True)
    transport = Transport(lambda _: lambda *_: None, patience.connect, patience.stall)
    begun = time.perf_counter()
    path = fetch(model, folder, [HubSource(url, model, transport)], Halt(), patience=patience)
    seconds = time.perf_counter() - begun
    return path.stat().st_size / seconds


@contextlib.contextmanager
def serving(body: bytes, limit: float) -> Iterator[str]:
    """The address of a server of ``body``, in a process of its own; ``limit`` bytes a second for each connection."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(body, limit, theirs), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{ours.recv()}"
    process.kill()
    process.join()


def _serve(body: bytes, limit: float, pipe: Connection) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            first, last = self.headers["Range"].removeprefix("bytes=").split("-")
            start, end = int(first), int(last) + 1
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(body)}")
            self.send_header("Content-Length", str(end - start))
            self.end_headers()
            begun = time.perf_counter()
            with contextlib.suppress(OSError):
                for at in range(start, end, _PIECE):
                    self.wfile.write(body[at : min(at + _PIECE, end)])
                    if limit:
                        time.sleep(max(0.0, begun + (at - start) / limit - time.perf_counter()))

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(server.server_port)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
