"""Who is at the other end of a local socket: this user, or another one of this computer.

SO_PEERCRED: https://man7.org/linux/man-pages/man7/unix.7.html; LOCAL_PEERCRED: unix(4) of macOS.
"""

from __future__ import annotations

import os
import socket
import struct
import sys

_SOL_LOCAL, _LOCAL_PEERCRED = 0, 1
"""Of <sys/un.h> on macOS; Python names neither."""

_UCRED = struct.Struct("3i")
"""Linux: process, user, group."""

_XUCRED = struct.Struct("=II")
"""macOS: the version of the structure, the user; groups follow."""


def is_of_this_user(descriptor: int) -> bool:
    """Whether the peer of the local socket ``descriptor`` is this user. On Windows the pipe lets in no other."""
    if sys.platform == "win32":
        return True
    try:
        with socket.socket(fileno=os.dup(descriptor)) as peer:
            if sys.platform == "darwin":
                user = _XUCRED.unpack(peer.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, 76)[: _XUCRED.size])[1]
            else:
                user = _UCRED.unpack(peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))[1]
    except OSError:
        return False
    return bool(user == os.getuid())
