"""Links between our processes: a child that is born with one, and a door that clients of the same user come in by.

``multiprocessing.connection`` frames the bytes, on Unix sockets and on Windows' named pipes alike; its pickling calls
are never used. Nothing travels on descriptors 0, 1 or 2: native libraries print where they like.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from multiprocessing import AuthenticationError, Pipe
from multiprocessing import connection as transport
from typing import Any

from engine.frames import LARGEST_FRAME, Codec, Message
from engine.paths import process_command

DYING_SECONDS = 5.0
"""How long a process that was killed is waited for."""


class LinkClosed(ConnectionError):
    """The other side is gone; what was said before has been delivered."""


class Link:
    """One end of a link: messages of ``codec`` both ways.

    Any thread may send, and any may close; one thread receives.
    """

    def __init__(self, connection: transport.Connection[Any, Any], codec: Codec) -> None:
        self._connection = connection
        self._codec = codec
        self._sending = threading.Lock()
        self._receiving = threading.Lock()
        self._closing = threading.Lock()
        self._is_closed = False

    def send(self, message: Message) -> None:
        """Send ``message``. Raises LinkClosed where the other side is gone."""
        frame = self._codec.encode(message)
        try:
            with self._sending:
                self._connection.send_bytes(frame)
        except (OSError, ValueError, TypeError) as error:  # TypeError: another thread closed it meanwhile
            raise LinkClosed(str(error)) from error

    def receive(self) -> Message:
        """Wait for the next message.

        Raises LinkClosed where the other side is gone; FrameError for bytes that are no message (the link stays good).
        """
        try:
            with self._receiving:
                frame = self._connection.recv_bytes(LARGEST_FRAME)
        except (EOFError, OSError, ValueError, TypeError) as error:
            raise LinkClosed(str(error)) from error
        return self._codec.decode(frame)

    def has_message(self, seconds: float) -> bool:
        """Whether something (a message or the end) can be received, waiting for it up to ``seconds``."""
        try:
            with self._receiving:
                return self._connection.poll(seconds)
        except (OSError, ValueError, TypeError, BrokenPipeError) as error:
            raise LinkClosed(str(error)) from error

    def close(self) -> None:
        """End the link; the other side, and threads of ours that send or wait in ``receive``, get LinkClosed."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
        if sys.platform == "win32":  # pragma: no cover - Windows ends what is under way on a handle that is closed
            with contextlib.suppress(OSError):
                self._connection.close()
        else:
            # Closing a descriptor does not wake a thread that reads from it; shutting the socket down does.
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self._connection.fileno())) as twin:
                twin.shutdown(socket.SHUT_RDWR)
            # The number of a descriptor is another file's the moment after it was closed: it is closed once, and while
            # nobody is in the middle of reading from it or writing to it.
            with self._sending, self._receiving, contextlib.suppress(OSError):
                self._connection.close()


class Child:
    """A process of ours and the link to it. It ends itself when the link closes (see ``parent_link``)."""

    def __init__(self, process: subprocess.Popen[bytes], link: Link) -> None:
        self.process = process
        self.link = link

    def kill(self) -> int:
        """End the process at once, wait for it and give its exit status (negative: the signal that ended it).

        One that reads from a drive that doesn't answer ends only when the drive does: it is not waited for for long.
        """
        with contextlib.suppress(OSError):
            self.process.kill()
        self.link.close()
        try:
            return self.process.wait(timeout=DYING_SECONDS)
        except subprocess.TimeoutExpired:
            return -signal.SIGTERM


def start_child(
    module: str,
    codec: Codec,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    log: int | None = None,
) -> Child:
    """Start ``module`` as a child process with a link of its own.

    ``log`` is an open descriptor that takes what its native libraries print (by default: nowhere). Raises OSError where
    the system can't start a process.
    """
    ours, theirs = Pipe(duplex=True)
    output = subprocess.DEVNULL if log is None else log
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
    options["env"] = {**os.environ, **(environment or {})}
    handle = theirs.fileno()
    try:
        if sys.platform == "win32":  # pragma: no cover - Windows
            os.set_handle_inheritable(handle, True)
            startup = subprocess.STARTUPINFO()
            startup.lpAttributeList = {"handle_list": [handle]}
            options |= {"startupinfo": startup, "creationflags": subprocess.CREATE_NO_WINDOW}
        else:
            options["pass_fds"] = (handle,)
        process = subprocess.Popen(process_command(module, str(handle), *arguments), **options)
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return Child(process, Link(ours, codec))


def parent_link(handle: str, codec: Codec) -> Link:
    """Inside a child: the link to the parent, from the first argument that ``start_child`` gave."""
    if sys.platform == "win32":  # pragma: no cover - Windows
        return Link(transport.PipeConnection(int(handle)), codec)
    else:  # noqa: RET505 - the type checker knows platforms by their branches
        os.set_inheritable(int(handle), False)
        return Link(transport.Connection(int(handle)), codec)


class Door:
    """Where a process waits for clients that know its ``key``: a Unix socket, or a named pipe on Windows."""

    def __init__(self, address: str, key: bytes, codec: Codec) -> None:
        """Open the door at ``address``. Raises OSError where the address is taken or can't be made."""
        self._listener = transport.Listener(address, family=_family(), backlog=16)
        self._key = key
        self._codec = codec
        self._closed = threading.Event()
        if os.name == "posix":
            os.chmod(address, 0o600)  # noqa: PTH101

    def serve(self, welcome: Callable[[Link], None]) -> None:
        """Until the door is closed, give each client that knows the key to ``welcome``, in a thread of its own."""
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except OSError:
                if self._closed.is_set():
                    return
                continue
            if self._closed.is_set():
                connection.close()
                return
            threading.Thread(target=self._greet, args=(connection, welcome), name="client", daemon=True).start()

    def _greet(self, connection: transport.Connection[Any, Any], welcome: Callable[[Link], None]) -> None:
        try:
            transport.deliver_challenge(connection, self._key)
            transport.answer_challenge(connection, self._key)
        except (OSError, EOFError, AuthenticationError, ValueError):
            connection.close()
            return
        welcome(Link(connection, self._codec))

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed.set()
        # Closing a listener does not wake a thread that waits in accept; a last client does.
        with contextlib.suppress(OSError):
            transport.Client(self._listener.address, family=_family()).close()
        with contextlib.suppress(OSError):
            self._listener.close()


def knock(address: str, key: bytes, codec: Codec) -> Link:
    """A link to the process whose door is at ``address``. Raises OSError where nobody is there or the key is wrong."""
    try:
        return Link(transport.Client(address, family=_family(), authkey=key), codec)
    except (EOFError, ValueError, AuthenticationError) as error:
        raise ConnectionError(str(error)) from error


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
