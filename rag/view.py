"""What a terminal's view must be able to show, and what every view says alike."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar, cast

from rag.errors import PhialError, Problem
from rag.protocol import (
    Check,
    Conversation,
    ConversationRow,
    Document,
    DocumentHealth,
    DocumentState,
    Exported,
    Indexed,
    LibraryStatus,
    Model,
    Offers,
    Removed,
    Reply,
    WatchedFolder,
)  # fmt: skip
from rag.unseen import REORDERING

Kind = TypeVar("Kind")

_UNPRINTABLE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{REORDERING}]")


class View(Protocol):
    """Shows what came of a command; each call says whether anything could be done."""

    def index(self, replies: Iterator[Reply]) -> bool: ...
    def search(self, replies: Iterator[Reply]) -> bool: ...
    def ask(self, replies: Iterator[Reply]) -> bool: ...
    def status(self, status: LibraryStatus) -> bool: ...
    def documents(self, documents: Sequence[Document]) -> bool: ...
    def folders(self, folders: Sequence[WatchedFolder]) -> bool: ...
    def health(self, documents: Sequence[DocumentHealth]) -> bool: ...
    def unlocked(self, notice: Problem | None) -> None: ...
    def removed(self, removed: Removed) -> bool: ...
    def examined(self, checks: Sequence[Check]) -> bool: ...
    def models(self, models: Sequence[Model]) -> bool: ...
    def offers(self, offers: Offers) -> bool: ...
    def conversations(self, conversations: Sequence[ConversationRow]) -> bool: ...
    def conversation(self, conversation: Conversation) -> bool: ...
    def exported(self, exported: Exported, path: str) -> bool: ...
    def restarted(self) -> None: ...
    def interrupted(self) -> None: ...
    def fail(self, error: PhialError) -> None: ...


def is_anything_done(indexed: Indexed) -> bool:
    """Whether at least one file could be read."""
    return any(file.state is not DocumentState.FAILED for file in indexed.files)


def printable(value: Kind) -> Kind:
    """``value`` (a reply, or what one holds) with U+FFFD for each character that a terminal would obey or can't encode.

    Documents, their names and a model's words could otherwise move the cursor, write to the clipboard, reorder lines.
    """
    changed: Any = value
    if isinstance(value, str) and type(value) is str:  # an enumeration stays what it is
        changed = _UNPRINTABLE.sub("\ufffd", value)
    elif isinstance(value, tuple):
        changed = tuple(printable(item) for item in value)
    elif isinstance(value, dict):
        changed = {printable(key): printable(item) for key, item in value.items()}
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: printable(getattr(value, field.name)) for field in dataclasses.fields(value)}
        changed = dataclasses.replace(value, **fields)
    return cast("Kind", changed)


def complain(sentence: str) -> None:
    """Say ``sentence`` on standard error."""
    sys.stderr.write(printable(sentence) + "\n")
