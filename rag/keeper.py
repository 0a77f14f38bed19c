"""What following a folder needs of the library; ``rag.folder_keeping`` is it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rag.scan import FoundFile, PassedOver
from rag.stores.folder_records import KnownFile


class Keeper(Protocol):
    """What a follower needs to know of the library, and what it has done there. Called from the follower's thread."""

    def known(self, places: Iterable[str]) -> dict[str, KnownFile]:
        """What is known of the files at and in ``places``, by path."""

    def identity(self, folder: str) -> str:
        """What lay at ``folder`` when it was last looked through (see Presence.identity)."""

    def identify(self, folder: str, identity: str) -> None:
        """Keep what lies at ``folder`` now."""

    def apart(self, folder: str) -> frozenset[str]:
        """The folders within ``folder`` that it has no say over."""

    def waiting_sizes(self) -> frozenset[int]:
        """The sizes in bytes of the files that are still to be read."""

    def left_out(self, folder: str) -> frozenset[str]:
        """What a person removed in ``folder``: it is not taken again."""

    def leave_in(self, paths: Iterable[str]) -> None:
        """What a person removed is gone now: whatever comes to be at these paths is taken."""

    def take(self, files: Iterable[FoundFile]) -> None:
        """Let files be read."""

    def note_unread(self, files: Iterable[PassedOver]) -> None:
        """Keep files that are there and can't be read now, with the reason."""

    def mark_away(self, paths: Iterable[str], *, is_away: bool) -> None:
        """Keep whether files lie on a drive that isn't there now."""

    def displace(self, paths: Iterable[str]) -> None:
        """Keep that something else lies where these files did: they are away, and not to be forgotten for that."""

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""

    def tell(self) -> None:
        """Tell that a folder's state is another."""
