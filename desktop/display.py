"""Whether a window can be shown at all. Qt would end the process with a message for programmers."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen to show a window on."""
    if sys.platform in {"win32", "darwin"} or environment.get("QT_QPA_PLATFORM"):
        return True
    return _has_wayland(environment) or _has_x(environment.get("DISPLAY", ""))


def missing_library(platform_plugin: Path) -> str:
    """The name of a system library that Qt's ``platform_plugin`` lacks; "" where it lacks none."""
    try:
        ctypes.CDLL(str(platform_plugin))
    except OSError as error:
        return library_named_in(str(error))
    return ""


def library_named_in(message: str) -> str:
    """The library that a loader's ``message`` misses; "" where it says something else."""
    found = re.match(r"(lib\S+\.so[.\d]*): cannot open shared object file", message)
    return found.group(1) if found else ""


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(environment.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def _has_x(display: str) -> bool:
    match = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?", display)
    if match is None:
        # A launchd socket or another address that only Xlib knows: let it try.
        return display.startswith("/") and Path(display.split(":", maxsplit=1)[0]).exists()
    number = int(match["number"])
    local = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    addresses: list[tuple[socket.AddressFamily, str | tuple[str, int]]] = []
    if match["host"] in {"", "unix"}:
        addresses += [(socket.AF_UNIX, local), (socket.AF_UNIX, "\0" + local)]
    else:
        addresses.append((socket.AF_INET, (match["host"], 6000 + number)))
    return any(_answers(family, address) for family, address in addresses)


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(3.0)
            client.connect(address)
    except OSError:
        return False
    return True


def say_on_standard_error(sentence: str) -> None:
    """The way to a person where there is no window."""
    os.write(2, (sentence + "\n").encode("utf-8", "replace"))
