"""What is worth a word about the place of the data folder."""

from __future__ import annotations

from pathlib import Path

from engine.drives import is_on_network
from rag.errors import LibraryProblem, Problem

_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "syncthing")


def notices_about(home: Path) -> tuple[Problem, ...]:
    """A notice where ``home`` lies in a synced folder or on a network drive: both can break a database."""
    place = home.absolute()
    if any(part.lower().startswith(_SYNCED) for part in place.parts):
        return (Problem(LibraryProblem.HOME_SYNCED.value, {"path": str(home)}),)
    if is_on_network(place):
        return (Problem(LibraryProblem.HOME_ON_NETWORK.value, {"path": str(home)}),)
    return ()
