"""Messages about what is not to be read after all. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.requests import Request


@dataclasses.dataclass(frozen=True)
class Withhold(Request):
    """Read none of these documents (by key) until this is cancelled; then they are read on.

    Up: ``progress`` as soon as none is being read; there is no final reply. While a person may still change their
    mind, nothing is read that they don't want.
    """

    type: ClassVar[str] = "withhold"
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class ForgetUnread(Request):
    """Forget those of these documents (by key) that are still ``is_unread``; the others stay. Final ``removed``."""

    type: ClassVar[str] = "forget_unread"
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class LeaveScans(Request):
    """Leave those pages of these documents (by key) unread that wait for OCR, for good. Final ``done``.

    ``read_scans`` has them read after all. Nothing is left of a document whose file is still being read.
    """

    type: ClassVar[str] = "leave_scans"
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class ReadScans(Request):
    """Read those pages of these documents (by key) after all that were left unread. Final ``done``.

    Unlike ``retry`` it touches nothing else: of a document that has no such page, nothing is read again.
    """

    type: ClassVar[str] = "read_scans"
    keys: tuple[str, ...]
