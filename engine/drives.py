"""Which places are on a network: slow to walk through, and unsafe for a database."""

from __future__ import annotations

from pathlib import Path

import psutil

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "afpfs", "webdav", "fuse.sshfs", "9p", "davfs"})


def is_on_network(place: Path) -> bool:
    """Whether an absolute path lies on a network drive. The drive itself isn't asked: it may not answer."""
    mounts = [mount for mount in psutil.disk_partitions(all=True) if place.is_relative_to(mount.mountpoint)]
    nearest = max(mounts, key=lambda mount: len(mount.mountpoint), default=None)
    return nearest is not None and (nearest.fstype.lower() in _NETWORK or "remote" in nearest.opts.split(","))
