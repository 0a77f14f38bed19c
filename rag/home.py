"""What is worth a word about the place of the data folder, and which places are on a network."""

from __future__ import annotations

from pathlib import Path

import psutil

from rag.errors import LibraryProblem, Problem

_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "syncthing")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "afpfs", "webdav", "fuse.sshfs", "9p", "davfs"})


def notices_about(home: Path) -> tuple[Problem, ...]:
    """A notice where ``home`` lies in a synced folder or on a network drive: both can break a database."""
    place = home.absolute()
    if any(part.lower().startswith(_SYNCED) for part in place.parts):
        return (Problem(LibraryProblem.HOME_SYNCED.value, {"path": str(home)}),)
    if is_on_network(place):
        return (Problem(LibraryProblem.HOME_ON_NETWORK.value, {"path": str(home)}),)
    return ()


def is_on_network(place: Path) -> bool:
    """Whether an absolute path lies on a network drive. The drive itself isn't asked: it may not answer."""
    mounts = [mount for mount in psutil.disk_partitions(all=True) if place.is_relative_to(mount.mountpoint)]
    nearest = max(mounts, key=lambda mount: len(mount.mountpoint), default=None)
    return nearest is not None and (nearest.fstype.lower() in _NETWORK or "remote" in nearest.opts.split(","))
