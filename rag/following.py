"""Following one folder: a thread that compares it with the library, whenever the system tells of a change in it.

A folder is looked at as a whole when following begins, when its drive comes back, when too much changed at once, and
from time to time, since systems lose events; in between only where something happened. A drive that hangs holds up this
thread at most, and that only for a while (see ``rag.extract.patience``).
"""

from __future__ import annotations

import dataclasses
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.comparing import Comparison, compare, exists, look_at
from rag.courtesy import lower_priority
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract import Cancelled, patiently
from rag.folder_events import FolderEvents
from rag.ignoring import IGNORE_FILE, IgnoreRules
from rag.keeper import Keeper
from rag.presence import AWAY, WATCHED, Presence, presence_of
from rag.scan import FoundFile, PassedOver, is_placeholder, look
from rag.settling import Settling

MOST_PLACES = 300
"""More changed paths than this at once, and the whole folder is looked at: that is one walk."""

Found = TypeVar("Found")

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Pace:
    """How often, in seconds.

    ``gather``: changes that come this close are one. ``quiet``: how long a file must stay as
    it is before it is read. ``probe``: how often it is asked whether the folder is still there. ``look``: how often the
    whole folder is looked at though nothing was told of it; ``poll``: the same, where the system tells nothing.
    ``patience``: how long a drive may stay silent before it counts as away.
    """

    gather: float = 0.3
    quiet: float = 2.0
    probe: float = 5.0
    look: float = 900.0
    poll: float = 120.0
    patience: float = 30.0


class Follower:
    """Follows one folder in a thread of its own."""

    def __init__(self, folder: str, keeper: Keeper, pace: Pace, *, is_told: bool) -> None:
        """``is_told``: whether to ask the system for events, which a network drive doesn't give."""
        self.folder = folder
        self.state = WATCHED
        self.notice: Problem | None = None
        self._keeper = keeper
        self._pace = pace
        self._is_told = is_told
        self._real = folder
        self._lock = threading.Lock()
        self._changed: set[str] = {folder}
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._events: FolderEvents | None = None
        self._settling = Settling(pace.quiet)
        self._identity = ""
        self._next_look = 0.0
        self._thread = threading.Thread(target=self._run, name="follow", daemon=True)

    def start(self) -> None:
        """Begin, with a look at all of it."""
        self._thread.start()

    def look_again(self) -> None:
        """Look at all of it soon."""
        self._note(self.folder)

    def close(self) -> None:
        """End; a look that is under way is given up."""
        self._closing.set()
        self._wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        lower_priority()
        while not self._closing.is_set():
            self._wake.clear()
            try:
                wait = self._turn()
            except Cancelled:
                break
            except PhialError as error:  # the library itself: indexing says so, and tries again as this does
                _log.warning("following rests: %s", error.kind)
                wait = self._rest()
            except Exception:
                _log.exception("following rests")
                wait = self._rest()
            if self._wake.wait(wait):
                self._closing.wait(self._pace.gather)
        self._drop_events()

    def _rest(self) -> float:
        """What was under way is lost: look at all of it when this has passed."""
        with self._lock:
            self._changed.add(self.folder)
        return self._pace.probe

    def _turn(self) -> float:
        """Do what is due; say in how many seconds something will be."""
        try:
            presence = self._patiently(lambda _: presence_of(self.folder))
            if presence.state != WATCHED:
                self._leave(presence.state)
                return self._pace.probe
            is_new = self.state != WATCHED or presence.identity != self._identity
            self._listen(is_new=is_new)
            places = self._places(is_new=is_new)
            if places:
                self._look(places, presence, is_new=is_new)
            if self.state == WATCHED:
                self._settle()
        except PhialError as error:
            if error.kind is not LibraryProblem.PATH_NOT_ANSWERING:
                raise
            self._leave(AWAY)
        return self._settling.next_due(self._pace.probe)

    # --- what changed -------------------------------------------------------------------------------------------

    def _note(self, path: str) -> None:
        """Something happened at ``path`` (called from the threads of the system's events)."""
        if path.startswith(self._real) and self._real != self.folder:  # macOS tells where a link leads to
            path = self.folder + path[len(self._real) :]
        if os.path.basename(path) == IGNORE_FILE or not path.startswith(self.folder):  # noqa: PTH119
            path = self.folder
        elif is_placeholder(path):
            path = os.path.dirname(path)  # noqa: PTH120 - what it stands for bears another name
        with self._lock:
            self._changed.add(path)
        self._wake.set()

    def _places(self, *, is_new: bool) -> list[str]:
        """Where to look now: paths none of which lies in another."""
        with self._lock:
            changed, self._changed = self._changed, set()
        if is_new or time.monotonic() >= self._next_look or len(changed) > MOST_PLACES or self.folder in changed:
            return [self.folder]
        places: list[str] = []
        for path in sorted(changed, key=lambda path: (len(path), path)):
            if not any(path.startswith(place + os.sep) for place in places):
                places.append(path)
        return places

    def _listen(self, *, is_new: bool) -> None:
        """Let the system tell of changes, before the look that nothing may slip in behind."""
        if not self._is_told or (self._events is not None and self._events.are_told and not is_new):
            return
        if self.notice is not None and not is_new and time.monotonic() < self._next_look:
            return
        self._drop_events()

        def work(get_on: Callable[[], None]) -> FolderEvents:
            self._real = os.path.realpath(self.folder)
            events = FolderEvents(self.folder, self._note)
            try:
                get_on()
            except Cancelled:  # nobody waited for it
                events.close()
                raise
            return events

        try:
            self._events = self._patiently(work)
            self.notice = None
        except OSError as error:
            self.notice = Problem(LibraryProblem.FOLDER_POLLED.value, {"path": self.folder}, type(error).__name__)
        self._next_look = 0.0

    def _drop_events(self) -> None:
        if self._events is not None:
            self._events.close()
            self._events = None

    # --- what to do about it ------------------------------------------------------------------------------------

    def _look(self, places: list[str], presence: Presence, *, is_new: bool) -> None:
        apart = self._keeper.apart(self.folder)
        rules = IgnoreRules(self.folder, apart)
        inside = tuple(place.rstrip(os.sep) + os.sep for place in apart)
        known = {
            path: file for path, file in self._keeper.known(places).items() if not (path + os.sep).startswith(inside)
        }

        left_out = self._keeper.left_out(self.folder)

        def work(get_on: Callable[[], None]) -> tuple[Comparison, list[str]]:
            def leave_out(path: str) -> bool:
                get_on()
                return rules.leave_out_within(path, is_folder=False)

            seen = [item for item in look_at(places, rules, get_on) if item.path not in left_out]
            return compare(known, seen, leave_out, exists), [path for path in left_out if not exists(path)]

        found, gone = self._patiently(work)
        if gone:
            self._keeper.leave_in(gone)
        if places == [self.folder]:
            doubtful = is_new and known and not found.there
            if doubtful and presence.identity != self._keeper.identity(self.folder) and presence.is_empty:
                self._leave(AWAY)  # an empty mount point
                return
            if (doubtful and not presence.is_empty) or (
                is_new and any(known[path].is_displaced for path in found.back)
            ):
                # Another drive, or the one before that, or all of it was moved: what was moved is known again by its
                # content.
                self._keeper.displace(file.path for file in found.missing)
                found = dataclasses.replace(found, missing=())
            self._keeper.identify(self.folder, presence.identity)
            self._identity = presence.identity
            self._next_look = time.monotonic() + (self._pace.look if self._events else self._pace.poll)
        was, self.state = self.state, WATCHED
        self._keeper.mark_away(found.back, is_away=False)
        self._keeper.note_unread(found.unread)
        if found.left_out:
            self._keeper.forget(found.left_out)
        self._settling.note(found.changed, found.missing)
        if was != WATCHED:
            self._keeper.tell()

    def _settle(self) -> None:
        """Take what has stayed as it is for long enough; forget what has stayed away."""
        quiet, gone = self._settling.due(self._keeper.waiting_sizes())
        if quiet:
            looks = self._patiently(lambda get_on: [_look(file, get_on) for file in quiet])
            self._keeper.take(self._settling.settled(quiet, looks))
        if gone:
            self._keeper.forget(self._patiently(lambda _: [path for path in gone if not exists(path)]))

    def _leave(self, state: str) -> None:
        """The folder isn't there, or can't be read: what is known of it stays, and is marked."""
        self._drop_events()
        self._settling.clear()
        with self._lock:
            self._changed.clear()
        if self.state == state:
            return
        self.state = state
        apart = tuple(place.rstrip(os.sep) + os.sep for place in self._keeper.apart(self.folder))
        known = self._keeper.known([self.folder])
        self._keeper.mark_away((path for path in known if not (path + os.sep).startswith(apart)), is_away=True)
        self._keeper.tell()

    def _patiently(self, work: Callable[[Callable[[], None]], Found]) -> Found:
        return patiently(work, Path(self.folder), self._closing.is_set, self._pace.patience)


def _look(file: FoundFile, get_on: Callable[[], None]) -> FoundFile | PassedOver:
    get_on()
    return look(file.path)
