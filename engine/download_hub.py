"""A model hub, or a mirror of one, as a source: addresses, redirects, and what its answers mean (RFC 9110)."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from engine.download_source import Halt, Opened, RangeRefused, SourceFailed
from engine.download_transport import Response, Transport, TransportFailed, Trouble, is_loopback
from engine.downloadable import Downloadable
from engine.errors import EngineProblem, PhialError

HUB = "https://huggingface.co"
ENDPOINT_VARIABLE = "HF_ENDPOINT"
"""The environment variable, known from the hub's own tools, that names another hub to be used instead."""

MOST_REDIRECTS = 10

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_REFUSED_RANGE = re.compile(r"bytes \*/(\d+)")
_MOVED = frozenset({301, 302, 303, 307, 308})
_GATED = frozenset({401, 403})
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})


def endpoints(mirrors: Sequence[str]) -> tuple[str, ...]:
    """Where to ask, in this order: the ``mirrors``, then the hub, or what HF_ENDPOINT names in its place.

    Raises PhialError DOWNLOAD_NO_ADDRESS where that is none: the hub isn't asked behind the back of who set it.
    """
    named = os.environ.get(ENDPOINT_VARIABLE, "").strip() or HUB
    if not is_address(named):
        raise PhialError(EngineProblem.DOWNLOAD_NO_ADDRESS, address=named, variable=ENDPOINT_VARIABLE)
    return tuple(dict.fromkeys(endpoint.rstrip("/") for endpoint in (*mirrors, named)))


def is_address(named: str) -> bool:
    """Whether something can be asked for there: a scheme that is known, a host, a port that there is."""
    try:
        parts = urlsplit(named)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


class WebSource:
    """A file at an address (https or http). ``called`` is what it is, for people: a model, a version of Phial."""

    takes_many = True

    def __init__(self, address: str, called: str, transport: Transport) -> None:
        parts = urlsplit(address)
        self.name = parts.netloc.rpartition("@")[2]
        self._is_plain = parts.scheme == "http"
        self._is_local = is_loopback(parts.hostname or address)
        self._url = address
        self._model = called
        self._transport = transport

    def wrong_file(self) -> PhialError:
        """What came was damaged on its way, or is another file."""
        return PhialError(EngineProblem.DOWNLOAD_DAMAGED, model=self._model, host=self.name)

    def open(self, first: int, end: int | None, validator: str, halt: Halt) -> Opened:
        """Ask for the bytes from ``first`` to ``end``. Raises SourceFailed, RangeRefused, Halted."""
        headers = {"Range": f"bytes={first}-{'' if end is None else end - 1}"}
        if validator:
            headers["If-Range"] = validator
        url = self._url
        for _ in range(MOST_REDIRECTS + 1):
            host = urlsplit(url).hostname or ""
            try:
                response = self._transport.get(url, headers, halt)
            except TransportFailed as error:
                raise self._broken(error, host) from error
            try:
                if response.status not in _MOVED:
                    return self._opened(response, host, first, end)
                url = self._next(url, response)
            except BaseException:
                response.close()
                raise
            response.close()
        raise self._misled(host, "redirects without end")

    def _next(self, url: str, response: Response) -> str:
        """Where a redirect leads. What was asked for in secret isn't answered in the open.

        From an endpoint that is itself in the open, only to the same host, or from this machine to this machine.
        """
        host = urlsplit(url).hostname or ""
        try:
            following = urljoin(url, response.headers.get("location", ""))
            parts = urlsplit(following)
            target = parts.hostname or ""
            is_sound = bool(target) and parts.username is None and (parts.port or 1) > 0
        except ValueError as error:
            raise self._misled(host, "a redirect to no address") from error
        is_open_to = target == host or (self._is_local and is_loopback(target))
        if is_sound and (parts.scheme == "https" or (parts.scheme == "http" and self._is_plain and is_open_to)):
            return following
        raise self._misled(host, f"a redirect to {parts.scheme}")

    def _opened(self, response: Response, host: str, first: int, end: int | None) -> Opened:
        if response.status not in {200, 206}:
            raise self._refused(response, host)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise self._misled(host, "an encoding that was not asked for")
        size = response.headers.get("content-length", "")
        total = int(size) if size.isdecimal() else None
        start = 0
        if response.status == 206:
            start = first
            total = self._total_of_range(response, host, first, end)
        validator = response.headers.get("etag", "")

        def chunks() -> Iterator[bytes]:
            try:
                yield from response.chunks()
            except TransportFailed as error:
                raise self._broken(error, host) from error

        return Opened(
            start, total, "" if validator.startswith("W/") else validator, response.status == 206, chunks,
            response.close,
        )  # fmt: skip

    def _total_of_range(self, response: Response, host: str, first: int, end: int | None) -> int | None:
        """How long the whole file is, by the answer to a request for a range. Raises SourceFailed where it lies."""
        found = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
        if found is None:
            raise self._misled(host, "a range that it doesn't name")
        start, last = int(found[1]), int(found[2])
        total = None if found[3] == "*" else int(found[3])
        size = response.headers.get("content-length", "")
        if (
            start != first
            or last < start
            or (end is not None and last >= end)
            or (total is not None and last >= total)
            or (size.isdecimal() and int(size) != last - start + 1)
        ):
            raise self._misled(host, "another range than was asked for")
        return total

    def _refused(self, response: Response, host: str) -> SourceFailed | RangeRefused:
        status = response.status
        if status == 416:
            found = _REFUSED_RANGE.fullmatch(response.headers.get("content-range", "").strip())
            return RangeRefused(int(found[1]) if found else None)
        if status in _GATED:
            return SourceFailed(self._problem(EngineProblem.DOWNLOAD_GATED, host), is_final=True, is_refusal=True)
        if status in _GONE:
            return SourceFailed(self._problem(EngineProblem.DOWNLOAD_NOT_FOUND, host), is_final=True, is_refusal=True)
        problem = PhialError(EngineProblem.DOWNLOAD_REFUSED, model=self._model, host=host, status=status)
        is_final = not (status >= 500 or status in _LATER)
        return SourceFailed(
            problem, is_final=is_final, is_refusal=True, retry_after=retry_after(response.headers, time.time())
        )

    def _broken(self, error: TransportFailed, host: str) -> SourceFailed:
        kinds = {
            Trouble.UNREACHABLE: EngineProblem.DOWNLOAD_UNREACHABLE,
            Trouble.UNTRUSTED: EngineProblem.DOWNLOAD_UNTRUSTED,
            Trouble.BROKEN_OFF: EngineProblem.DOWNLOAD_INTERRUPTED,
        }
        problem = self._problem(kinds[error.trouble], host, str(error))
        return SourceFailed(problem, is_final=error.trouble is Trouble.UNTRUSTED)

    def _misled(self, host: str, details: str) -> SourceFailed:
        return SourceFailed(self._problem(EngineProblem.DOWNLOAD_MISLED, host, details), is_final=True)

    def _problem(self, kind: EngineProblem, host: str, details: str = "") -> PhialError:
        return PhialError(kind, details=details, model=self._model, host=host)


class HubSource(WebSource):
    """A file of a repository, by way of one endpoint (``https://host`` or ``http://host``, perhaps with a path)."""

    def __init__(self, endpoint: str, wanted: Downloadable, transport: Transport) -> None:
        address = f"{endpoint}/{quote(wanted.repository)}/resolve/main/{quote(wanted.file)}"
        super().__init__(address, wanted.name, transport)


def retry_after(headers: Mapping[str, str], now: float) -> float:
    """The seconds from ``now`` (Unix time) that a server asks to be left alone (RFC 9110, 10.2.3), or 0."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal() and len(said) < 10:
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, OverflowError):
        return 0.0
