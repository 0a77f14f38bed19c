"""States of blocks on disk: one file each, believed only where its digest is right, the least used going first.

No llama.cpp and no numpy here: the library's process forgets on disk also while no model runs. Decision 0152.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import struct
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from engine.paths import make_private_folder

_MAGIC = b"PhialKV1"
_HEADER = struct.Struct("<8s32sQ")  # the magic, the digest of name and state, the state's bytes
_SUFFIX, _UNFINISHED = ".kv", ".part"


@dataclasses.dataclass(frozen=True)
class StateKey:
    """What a state is of: ``owner`` labels it, ``content`` is a digest (hexadecimal) of all that it depends on."""

    owner: str
    content: str

    @property
    def file_name(self) -> str:
        """Its file's name: digests alone, whatever the owner is called."""
        return f"{_owner_name(self.owner)}-{digest(self.content.encode())[:32]}{_SUFFIX}"


def digest(data: bytes) -> str:
    """256 bits that stand for ``data``, in hexadecimal (BLAKE2b)."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def forget_on_disk(folder: Path, owners: Iterable[str]) -> None:
    """Erase every state of these ``owners`` from ``folder``, and what was never finished. Raises OSError."""
    names = {_owner_name(owner) for owner in owners}
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.partition("-")[0] in names or file.name.endswith(_UNFINISHED):
                file.unlink(missing_ok=True)


def size_on_disk(folder: Path) -> int:
    """Bytes of the states in ``folder``; 0 where there is none."""
    with contextlib.suppress(OSError):
        return sum(file.stat().st_size for file in folder.iterdir())
    return 0


class KvFolder:
    """The states in one folder, ``budget`` bytes at most. Safe from any thread; one process at a time writes there.

    A folder that fails, now or later, costs nothing but the time of computing anew.
    """

    def __init__(self, folder: Path, budget: int) -> None:
        self._folder = folder
        self._budget = budget
        self._guard = threading.Lock()
        self._sizes: dict[str, int] = {}  # by file name, the least used first
        with contextlib.suppress(OSError):
            make_private_folder(folder)
            for file in folder.glob(f"*{_UNFINISHED}"):
                file.unlink()
            files = [(file.stat(), file.name) for file in folder.glob(f"*{_SUFFIX}")]
            self._sizes = {name: status.st_size for status, name in sorted(files, key=lambda each: each[0].st_mtime_ns)}
            self._make_room(0)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(self._sizes.values())

    def __contains__(self, key: StateKey) -> bool:
        return key.file_name in self._sizes

    def read(self, key: StateKey) -> bytes | None:
        """The state for ``key``; None where there is none, or one that is not whole, which is dropped."""
        name = key.file_name
        with self._guard:
            if name not in self._sizes:
                return None
            self._sizes[name] = self._sizes.pop(name)
        try:
            data = (self._folder / name).read_bytes()
            os.utime(self._folder / name)
        except OSError:
            data = b""
        state = _checked(name, data)
        if state is None:
            with self._guard:
                self._drop(name)
        return state

    def write(self, key: StateKey, state: bytes, is_wanted: Callable[[], bool]) -> None:
        """Keep ``state`` where the budget has room for it, in place of what was used longest ago.

        ``is_wanted`` is asked when it is written, right before it is put in its place.
        """
        size = _HEADER.size + len(state)
        if size > self._budget:
            return
        with contextlib.suppress(OSError):
            descriptor, unfinished = tempfile.mkstemp(suffix=_UNFINISHED, dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_HEADER.pack(_MAGIC, _seal(key.file_name, state), len(state)))
                    file.write(state)
                with self._guard:
                    if is_wanted():
                        self._sizes.pop(key.file_name, None)
                        self._make_room(size)
                        Path(unfinished).replace(self._folder / key.file_name)
                        self._sizes[key.file_name] = size
            finally:
                Path(unfinished).unlink(missing_ok=True)

    def forget(self, owners: Iterable[str]) -> None:
        """Erase every state of these ``owners``."""
        names = {_owner_name(owner) for owner in owners}
        with self._guard:
            for name in [name for name in self._sizes if name.partition("-")[0] in names]:
                self._drop(name)

    def _make_room(self, size: int) -> None:
        """Drop what was used longest ago until ``size`` bytes more fit the budget."""
        taken = self.size + size
        for name in list(self._sizes):
            if taken <= self._budget:
                return
            taken -= self._sizes[name]
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._sizes.pop(name, None)
        with contextlib.suppress(OSError):
            (self._folder / name).unlink()


def _owner_name(owner: str) -> str:
    return digest(owner.encode("utf-8", "surrogatepass"))[:32]


def _seal(name: str, state: bytes) -> bytes:
    """A digest of ``state`` and of the ``name`` of its file: it is believed under no other."""
    sealed = hashlib.blake2b(name.encode(), digest_size=32)
    sealed.update(state)
    return sealed.digest()


def _checked(name: str, data: bytes) -> bytes | None:
    """The state in the ``data`` of the file ``name``, None where that is not whole."""
    if len(data) < _HEADER.size:
        return None
    magic, expected, length = _HEADER.unpack_from(data)
    state = data[_HEADER.size :]
    is_whole = magic == _MAGIC and length == len(state) and _seal(name, state) == expected
    return state if is_whole else None
