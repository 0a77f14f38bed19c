"""HTTP, as a download needs it: one request, one connection, written down before it is opened.

The one file that imports urllib3, and it does so when a download begins. It follows no redirect, retries nothing, sends
no cookie, no name of this machine and no credentials but those of a proxy.
"""

from __future__ import annotations

import dataclasses
import functools
import ssl
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from engine.download_source import CHUNK, Halt

if TYPE_CHECKING:
    import urllib3

USER_AGENT = "phial"

Finish = Callable[[int, str], None]
"""Takes the bytes that came through a connection, and what became of it."""

NoteConnection = Callable[[str], Finish]
"""Writes down that a connection to an address (``host:port``) is about to be opened."""


class Trouble(StrEnum):
    """Why no answer came, or not all of it."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    BROKEN_OFF = "broken off"


class TransportFailed(Exception):
    """A connection that could not be made, or that broke off."""

    def __init__(self, trouble: Trouble, details: str) -> None:
        super().__init__(details)
        self.trouble = trouble


@dataclasses.dataclass(frozen=True)
class Response:
    """What a server answers. The names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str]
    chunks: Callable[[], Iterator[bytes]]
    close: Callable[[], None]


@dataclasses.dataclass(frozen=True)
class Transport:
    """Opens connections: within ``connect_s`` seconds, and none may be silent for ``stall_s`` seconds."""

    note_connection: NoteConnection
    connect_s: float
    stall_s: float

    def get(self, url: str, headers: Mapping[str, str], halt: Halt) -> Response:
        """Ask for ``url`` (http or https). Raises TransportFailed, Halted."""
        import urllib3

        halt.check()
        proxy = proxy_for(url)
        try:
            address = address_of(proxy or url)
        except ValueError as error:
            raise TransportFailed(Trouble.UNREACHABLE, "no address") from error
        finish = self.note_connection(address)
        manager = None
        try:
            manager = _manager(proxy)
            answer = manager.request(
                "GET",
                url,
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers},
                timeout=urllib3.Timeout(connect=self.connect_s, read=self.stall_s),
                preload_content=False,
                decode_content=False,
                redirect=False,
                retries=False,
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if manager is not None:
                manager.clear()
            failure = _failure(error, has_begun=False)
            finish(0, failure.trouble.value)
            raise failure from error
        return _Reading(answer, manager, finish, halt).response()


class _Reading:
    """The reading of one answer; its end is written down once."""

    def __init__(
        self, answer: urllib3.BaseHTTPResponse, manager: urllib3.PoolManager, finish: Finish, halt: Halt
    ) -> None:
        self._answer = answer
        self._manager = manager
        self._finish: Finish | None = finish
        self._halt = halt
        self._bytes = 0
        self._outcome = str(answer.status)

    def response(self) -> Response:
        headers = {name.lower(): value for name, value in self._answer.headers.items()}
        return Response(self._answer.status, headers, self._chunks, self._close)

    def _chunks(self) -> Iterator[bytes]:
        import urllib3

        with self._halt.waking(self._wake):
            while True:
                try:
                    chunk = self._answer.read1(CHUNK)
                except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                    self._halt.check()  # that is why it ended
                    failure = _failure(error, has_begun=True)
                    self._outcome += f", {failure.trouble.value}"
                    raise failure from error
                self._halt.check()
                if not chunk:
                    return
                self._bytes += len(chunk)
                yield chunk

    def _wake(self) -> None:
        """End a read that waits in another thread."""
        try:
            self._answer.shutdown()
        except (OSError, ValueError, RuntimeError):
            pass  # it has ended by itself

    def _close(self) -> None:
        finish, self._finish = self._finish, None
        if finish is not None:
            self._answer.close()
            self._manager.clear()
            finish(self._bytes, self._outcome)


def proxy_for(url: str) -> str:
    """The proxy through which ``url`` is reached, by the environment or the system; "" where there is none.

    Nothing on this machine itself is reached through another one.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return ""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine."""
    return host in {"localhost", "::1"} or host.startswith("127.")


def address_of(url: str) -> str:
    """``host:port`` of ``url``, without the name and the password that it may hold. Raises ValueError for no port."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _manager(proxy: str) -> urllib3.PoolManager:
    import urllib3

    if not proxy:
        return urllib3.PoolManager(num_pools=1, ssl_context=_trusted())
    parts = urlsplit(proxy)
    headers = None
    if parts.username:
        headers = urllib3.make_headers(proxy_basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
    return urllib3.ProxyManager(
        f"{parts.scheme}://{address_of(proxy)}", num_pools=1, proxy_headers=headers, ssl_context=_trusted()
    )


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust: what this machine trusts (a firm's own authorities too), and the public authorities."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _failure(error: Exception, *, has_begun: bool) -> TransportFailed:
    import urllib3

    trouble = Trouble.BROKEN_OFF if has_begun else Trouble.UNREACHABLE
    causes = (error, error.__cause__, error.__context__, *error.args)
    if isinstance(error, urllib3.exceptions.SSLError) and any(isinstance(cause, ssl.SSLError) for cause in causes):
        trouble = Trouble.UNTRUSTED
    elif isinstance(error, urllib3.exceptions.ProtocolError | urllib3.exceptions.ReadTimeoutError):
        trouble = Trouble.BROKEN_OFF
    return TransportFailed(trouble, type(error).__name__)
