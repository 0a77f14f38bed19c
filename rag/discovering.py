"""Looking for other programs' models, and hashing those that may be a Phi, in the background."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from pathlib import Path

from engine.catalogue import InstalledModel, installed_models
from engine.discover import discover, places_here
from engine.model_notes import model_notes, note_found, note_hash, state_of
from engine.phi import phi_table, recognise
from rag import protocol
from rag.courtesy import Courtesy, lower_priority
from rag.feed import Feed
from rag.models import Models

LOOK_AGAIN_SECONDS = 60.0
"""How old a look may be when somebody asks for the models."""

FIRST_LOOK_SECONDS = 1.0
"""How long who asks waits for this worker's first look: a terminal's worker is a moment old."""

_PIECE = 2**20  # bytes that are hashed between two looks at whether an answer is being written

_log = logging.getLogger(__name__)


class Discovering:
    """Looks for models in a thread of its own. Safe from any thread."""

    def __init__(self, home: Path, courtesy: Courtesy, models: Models, feed: Feed) -> None:
        """``feed`` hears when there are other models than before, or one is verified."""
        self._home = home
        self._courtesy = courtesy
        self._models = models
        self._feed = feed
        self._is_closing = threading.Event()
        self._is_wanted = threading.Event()
        self._has_looked = threading.Event()
        self._looked_at = -LOOK_AGAIN_SECONDS
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look, for the first time."""
        with self._guard:
            if self._thread is None and not self._is_closing.is_set():
                self._is_wanted.set()
                self._thread = threading.Thread(target=self._run, name="models of others", daemon=True)
                self._thread.start()

    def freshen(self) -> None:
        """Have it look again where its last look is old. Waits for the first one, FIRST_LOOK_SECONDS at most."""
        if self._thread is None:
            return
        if time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self._is_wanted.set()
        self._has_looked.wait(FIRST_LOOK_SECONDS)

    def close(self) -> None:
        """Look no more. A drive that doesn't answer is not waited for."""
        self._is_closing.set()
        self._is_wanted.set()

    def _run(self) -> None:
        lower_priority()
        while self._is_wanted.wait() and not self._is_closing.is_set():
            self._is_wanted.clear()
            try:
                self._look()
            except Exception:  # the data folder can't be written, or a program keeps its models in a way of its own
                _log.exception("looking for models")
            self._has_looked.set()

    def _look(self) -> None:
        is_news = note_found(self._home, discover(places_here()))
        self._looked_at = time.monotonic()
        self._has_looked.set()
        if is_news:
            self._tell()
        for model in installed_models(self._home):
            if _may_be_known(model) and not model_notes(self._home).sha256_of(model.path):
                self._hash(model.path)

    def _hash(self, path: Path) -> None:
        """Note the SHA-256 of a file, unless it changes meanwhile."""
        state = state_of(path)
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    self._courtesy.wait(self._is_closing.is_set)
                    if self._is_closing.is_set():
                        return
        except OSError:
            return
        if state is not None and state == state_of(path) and note_hash(self._home, path, state, digest.hexdigest()):
            self._tell()

    def _tell(self) -> None:
        self._feed.publish(protocol.Models(0, self._models.listed()))
        self._feed.publish(self._models.state())


def _may_be_known(model: InstalledModel) -> bool:
    """Whether the table may know the file: it has the size of one, or is one whose size nobody has read."""
    header = model.header
    if model.problem is not None or header is None:
        return False
    if any(phi.bytes == header.file_bytes for phi in phi_table().models):
        return True
    phi = recognise(header, model.path)
    return phi is not None and phi.bytes is None
