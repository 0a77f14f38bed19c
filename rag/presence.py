"""Whether a folder that is followed is there: drives are unplugged, shares drop out, mount points stay behind empty."""

from __future__ import annotations

import dataclasses
import os
import stat

from rag.extract import is_protected

WATCHED, AWAY, UNREADABLE = "watched", "away", "unreadable"
"""The states of a WatchedFolder."""


@dataclasses.dataclass(frozen=True)
class Presence:
    """What lies at a folder's path. ``identity`` is the device and the number of the folder on it, "" where none is.

    ``is_protected``: macOS keeps it from us until the person lets us in.
    """

    state: str
    identity: str = ""
    is_empty: bool = False
    is_protected: bool = False


def presence_of(folder: str) -> Presence:
    """What lies at the path ``folder`` now. Asks the drive, which may take its time."""
    try:
        status = os.stat(folder)  # noqa: PTH116
        if not stat.S_ISDIR(status.st_mode):
            return Presence(AWAY)
        with os.scandir(folder) as entries:
            is_empty = next(entries, None) is None
    except PermissionError as error:
        return Presence(UNREADABLE, is_protected=is_protected(error))
    except (OSError, ValueError):
        return Presence(AWAY)
    return Presence(WATCHED, f"{status.st_dev}:{status.st_ino}", is_empty)
