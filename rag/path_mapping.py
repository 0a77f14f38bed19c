"""Where documents lie that lay elsewhere: on another machine, under another system, in another folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

from rag.protocol import PathMap

_WINDOWS = re.compile(r"[A-Za-z]:([\\/]|$)|\\\\")


def read_map(said: str) -> PathMap:
    """The map that ``OLD=NEW`` says. Raises ValueError."""
    old, sign, new = said.partition("=")
    if not (sign and old and new):
        raise ValueError(said)
    return PathMap(old, os.path.abspath(os.path.expanduser(new)))  # noqa: PTH100, PTH111


def mapped(path: str, maps: Sequence[PathMap]) -> str:
    """Where ``path`` lies now: by the map with the longest old folder that holds it; ``path`` where none does."""
    for each in sorted(maps, key=lambda each: len(each.old), reverse=True):
        rest = _rest(path, each.old)
        if rest is not None:
            separator = "\\" if _is_windows(each.new) else "/"
            parts = [part for part in re.split(r"[\\/]" if _is_windows(each.old) else "/", rest) if part]
            return separator.join([each.new.rstrip("\\/"), *parts]) if parts else each.new
    return path


def mapped_within(
    value: Any, maps: Sequence[PathMap], names: frozenset[str] | None = None, *, counts: bool = True
) -> Any:
    """``value``, as JSON has it, with each path in it where it lies now.

    With ``names`` only what stands under one of these names is a path; else every string may be one.
    """
    if isinstance(value, str):
        return mapped(value, maps) if counts else value
    if isinstance(value, list):
        return [mapped_within(item, maps, names, counts=counts) for item in value]
    if isinstance(value, dict):
        return {
            name: mapped_within(item, maps, names, counts=names is None or name in names)
            for name, item in value.items()
        }
    return value


def _rest(path: str, old: str) -> str | None:
    """What of ``path`` lies below the folder ``old``, "" where it is that folder; None where it lies elsewhere."""
    if _is_windows(old):
        ours, theirs = (each.replace("/", "\\").rstrip("\\").casefold() for each in (path, old))
        separator = "\\"
    else:
        ours, theirs, separator = path.rstrip("/"), old.rstrip("/"), "/"
    if ours == theirs:
        return ""
    return path[len(theirs) :] if ours.startswith(theirs + separator) else None


def _is_windows(path: str) -> bool:
    return _WINDOWS.match(path) is not None
