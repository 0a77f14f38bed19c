"""What is copied for somebody who mends Phial: versions, the failure, the end of the logs. Nothing of a document.

Of a path only its ending is told, and where it stands for the data folder or a file of Phial's own, its name.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import qVersion

from engine.paths import home, logs
from rag.client import client_version
from rag.errors import Problem

LOG_FILES = ("window.log", "worker.log")
LAST_LINES = 20
"""Of each log."""

_LAST_BYTES = 16_384

_QUOTED = re.compile(r"([\"'“«])(?!…)[^\"'“«”»]{3,}([\"'”»])")
"""What a message quotes may be a name or a text of the person's."""

_PATH = re.compile(r"(?:file:|\b[A-Za-z]:)?[\\/~][^:*?\"'“”«»<>|;]*")
"""To the next sign that a name can't have, or hardly ever has: names have spaces, and nothing says where they end."""

_ENDING = re.compile(r"[^\\/]*?(\.\w{1,5})(?=$|[\s,)\]])")

OURS = frozenset({".py", ".log", ".db", ".key", ".lock", ".json"})
"""Endings of files that are Phial's own."""


def details_of(problem: Problem) -> str:
    """Versions, kind, parameters, details of ``problem``."""
    told = {name: _value(name, value) for name, value in problem.parameters.items()}
    parts = (versions(), problem.kind, json.dumps(told, ensure_ascii=False), redacted(problem.details))
    return "\n".join(part for part in parts if part)


def versions() -> str:
    """Of Phial, Qt, Python and the system."""
    return f"Phial {client_version()} · Qt {qVersion()} · Python {platform.python_version()} · {platform.platform()}"


def log_excerpt(data_folder: Path | None = None) -> str:
    """The last lines of the logs in ``data_folder``, of which nothing tells what a document is called or says."""
    folder = logs(home() if data_folder is None else data_folder)
    parts = []
    for name in LOG_FILES:
        lines = _last_lines(folder / name)
        if lines:
            parts.append("\n".join([f"{name}:", *lines]))
    return "\n\n".join(parts)


def redacted(text: str) -> str:
    """``text`` without what may be a person's: quotations, and paths but for their endings."""
    return _QUOTED.sub(r"\1…\2", _PATH.sub(lambda found: _ending(found[0]), text))


def _value(name: str, value: str | float) -> str | float:
    if not isinstance(value, str):
        return value
    if name == "path":
        return _ending(value)
    # What is no measure and no path is a name that somebody gave, or words: of a collection, of a question.
    return redacted(value) if name in {"kernel", "host", "embedder", "former", "model", "ours", "theirs"} else "…"


def _ending(path: str) -> str:
    found = _ENDING.search(path)
    if found is None:
        return "…"
    name, ending = found[0].strip(), found[1]
    return f"…/{name}" if ending in OURS and " " not in name else f"…{ending}"


def _last_lines(path: Path) -> Iterable[str]:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _LAST_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return [redacted(line) for line in text.splitlines()[-LAST_LINES:]]
