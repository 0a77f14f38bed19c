"""Messages about conversations: what was asked and answered, kept. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.finding import FoundAll
from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.summaries import Summary
from rag.protocol.values import Answer, ExportFormat


@dataclasses.dataclass(frozen=True)
class Turn:
    """One question of a conversation with its answer. ``asked`` is a Unix time.

    A ``summary``, or what Find all ``found`` of ``words``, stands in ``answer`` as it was shown.
    """

    turn: int
    asked: float
    answer: Answer
    summary: Summary | None = None
    found: FoundAll | None = None
    words: str = ""


@dataclasses.dataclass(frozen=True)
class ConversationRow:
    """A conversation in the history. ``changed`` is a Unix time."""

    conversation: int
    title: str
    turns: int
    changed: float


@dataclasses.dataclass(frozen=True)
class ListConversations(Request):
    """The history, newest first, those that hold ``words`` where any are given. Final ``conversations``."""

    type: ClassVar[str] = "list_conversations"
    words: str = ""


@dataclasses.dataclass(frozen=True)
class OpenConversation(Request):
    """All of a conversation. Final ``conversation``."""

    type: ClassVar[str] = "open_conversation"
    conversation: int


@dataclasses.dataclass(frozen=True)
class KeepTurn(Request):
    """Keep a ``summary``, or what Find all ``found``, in a conversation (0 begins one). Final ``kept``.

    ``answer`` is how it was shown, its question what was to be done; ``words`` are the person's own, if there are any.
    """

    type: ClassVar[str] = "keep_turn"
    conversation: int
    answer: Answer
    summary: Summary | None = None
    found: FoundAll | None = None
    words: str = ""


@dataclasses.dataclass(frozen=True)
class RenameConversation(Request):
    """Give a conversation another title. Final ``done``."""

    type: ClassVar[str] = "rename_conversation"
    conversation: int
    title: str


@dataclasses.dataclass(frozen=True)
class DeleteConversation(Request):
    """Erase a conversation. Final ``done``."""

    type: ClassVar[str] = "delete_conversation"
    conversation: int


@dataclasses.dataclass(frozen=True)
class ExportConversation(Request):
    """A conversation as a file, its citations as footnotes; our words in it in ``language``. Final ``exported``."""

    type: ClassVar[str] = "export_conversation"
    conversation: int
    format: ExportFormat
    language: str = ""


@dataclasses.dataclass(frozen=True)
class ExportAnswer(Request):
    """One answer as a file, or a summary in the form of one, as its client holds it. Final ``exported``.

    ``asked`` is when, in seconds since 1970, 0 where that isn't known; ``title`` stands above it.
    """

    type: ClassVar[str] = "export_answer"
    title: str
    answer: Answer
    format: ExportFormat
    asked: float = 0.0
    language: str = ""


@dataclasses.dataclass(frozen=True)
class Conversations(Reply):
    """The history, newest first."""

    type: ClassVar[str] = "conversations"
    is_final: ClassVar[bool] = True
    conversations: tuple[ConversationRow, ...]


@dataclasses.dataclass(frozen=True)
class Conversation(Reply):
    """All of a conversation, oldest turn first."""

    type: ClassVar[str] = "conversation"
    is_final: ClassVar[bool] = True
    conversation: int
    title: str
    turns: tuple[Turn, ...]


@dataclasses.dataclass(frozen=True)
class Kept(Reply):
    """Where it was kept."""

    type: ClassVar[str] = "kept"
    is_final: ClassVar[bool] = True
    conversation: int
    turn: int


@dataclasses.dataclass(frozen=True)
class Exported(Reply):
    """A conversation, or an answer of none (0), as the bytes of a file."""

    type: ClassVar[str] = "exported"
    is_final: ClassVar[bool] = True
    conversation: int
    format: ExportFormat
    content: bytes
