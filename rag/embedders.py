"""The embedders on this machine, which of them the person chose, and which one's vectors answer."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import threading
from pathlib import Path

from engine.frames import FrameError, from_plain, plain
from engine.paths import embedders as embedders_folder
from engine.paths import logs
from engine.room import Room
from rag.embed import Embedder, find_embedder
from rag.embed_folder import EXPORT, TOKENIZER, WEIGHTS
from rag.errors import LibraryProblem, PhialError
from rag.stores.coming_records import ANSWERS
from rag.stores.history import History
from rag.trust import trust_in

DEFAULT = ""
"""The path that stands for the embedder that Phial brings along, wherever it lies."""

_CHOICE = "embedders"


@dataclasses.dataclass(frozen=True)
class Choice:
    """What the library remembers: the path of the ``chosen`` one, of the one that ``answers``, of those ``added``."""

    chosen: str = DEFAULT
    answers: str = DEFAULT
    added: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class FoundEmbedder:
    """An embedder on this machine; ``problem`` says why it can't be used, ``path`` is DEFAULT for Phial's own."""

    id: str
    name: str
    path: str
    place: str
    kind: str
    languages: tuple[str, ...]
    dimensions: int
    problem: PhialError | None


class Embedders:
    """The embedders of one library. Safe from any thread."""

    def __init__(self, home: Path, history: History, room: Room | None = None) -> None:
        self._home = home
        self._history = history
        self._room = room
        self._open: dict[str, Embedder] = {}
        self._opening = threading.Lock()
        self._remembering = threading.RLock()

    # --- what there is ------------------------------------------------------------------------------------------

    def listed(self) -> tuple[FoundEmbedder, ...]:
        """Phial's own, those in the data folder, those that were added; each once."""
        folder = embedders_folder(self._home)
        found = sorted(str(path) for path in (*folder.glob("*.gguf"), *folder.glob("*/"))) if folder.is_dir() else []
        there = [path for path in found if not Path(path).is_dir() or _holds_model(Path(path))]
        taken: set[str] = set()
        listed = []
        for path in dict.fromkeys((DEFAULT, *there, *self.choice.added)):
            embedder = self._described(path, taken)
            taken.add(embedder.id)
            listed.append(embedder)
        return tuple(listed)

    def find(self, named: str) -> FoundEmbedder:
        """The embedder with this id, or at this path. Raises PhialError EMBEDDER_UNKNOWN."""
        for embedder in self.listed():
            if named in {embedder.id, embedder.place}:
                return embedder
        raise PhialError(LibraryProblem.EMBEDDER_UNKNOWN, embedder=named)

    def add(self, path: str) -> FoundEmbedder:
        """Use the folder or the GGUF file at ``path`` where it lies.

        Raises PhialError: PATH_MISSING, EMBEDDER_UNSUITABLE, EMBEDDER_FAILED, what ``read_header`` raises.
        """
        place = Path(path)
        if not place.exists():
            raise PhialError(LibraryProblem.PATH_MISSING, path=path)
        if place.is_dir() and not _holds_model(place):
            raise PhialError(LibraryProblem.EMBEDDER_UNSUITABLE, path=path)
        Embedder(place, logs(self._home))
        if path not in {embedder.place for embedder in self.listed()}:
            with self._remembering:
                self.remember(added=(*self.choice.added, path))
        return self.find(path)

    def at(self, path: str) -> Embedder:
        """The embedder at ``path``, the same each time. Raises PhialError: NO_EMBEDDER, or what is wrong with it."""
        with self._opening:
            embedder = self._open.get(path)
            if embedder is None:
                embedder = self._open[path] = self._taken(path)
            return embedder

    def let_go(self, path: str) -> None:
        """Give back what the embedder at ``path`` holds: memory, a process."""
        with self._opening:
            embedder = self._open.pop(path, None)
        if embedder is not None:
            embedder.close()

    def close(self) -> None:
        """Give back what all of them hold."""
        for path in list(self._open):
            self.let_go(path)

    # --- what is remembered -------------------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """What the library remembers; what another version of Phial wrote and can't be read counts as nothing."""
        try:
            return from_plain(Choice, json.loads(self._history.setting(_CHOICE, "{}")))
        except (ValueError, FrameError):
            return Choice()

    def remember(self, **changes: str | tuple[str, ...]) -> None:
        """Keep other values of fields of the Choice."""
        with self._remembering:
            choice = dataclasses.replace(self.choice, **changes)  # type: ignore[arg-type]
            self._history.set_setting(_CHOICE, json.dumps(plain(choice)))

    @property
    def answering(self) -> str:
        """The version of the embedder whose vectors answer; "" before any was made."""
        return self._history.setting(ANSWERS)

    def let_answer(self, path: str, version: str) -> None:
        """The vectors of the embedder at ``path`` are those that answer."""
        self._history.set_setting(ANSWERS, version)
        self.remember(answers=path)

    def _taken(self, path: str) -> Embedder:
        return Embedder(find_embedder() if path == DEFAULT else Path(path), logs(self._home), self._room)

    def _described(self, path: str, taken: set[str]) -> FoundEmbedder:
        place, problem, dimensions = path, None, 0
        name = Path(path).stem if path.endswith(".gguf") else Path(path).name
        try:
            embedder = self._taken(path)
            place, name, dimensions = str(embedder.path), embedder.name, embedder.dimensions
        except PhialError as error:
            problem = error
        kind = "gguf" if place.endswith(".gguf") else "folder"
        wanted = re.sub(r"[^\w.]+", "-", name.lower()).strip("-") or "default"
        # The second of a name is called after its number, as every id names one embedder.
        ids = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
        identity = next(each for each in ids if each not in taken)
        return FoundEmbedder(identity, name, path, place, kind, trust_in(name).languages, dimensions, problem)


def _holds_model(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        return (folder / TOKENIZER).is_file() and any((folder / name).is_file() for name in (WEIGHTS, EXPORT))
    return False
