"""Messages of Find all: an exhaustive pass over every document in a scope. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.errors import Problem
from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.values import EVERYWHERE, Citation, DocumentState, Passage, Scope


@dataclasses.dataclass(frozen=True)
class DocumentFinding:
    """What was found in a document. ``strength`` in [0, 1] says how fully it is what was asked for.

    ``passages`` are its best, best first; of each, ``citations`` quote the sentence that says it.
    """

    sha256: str
    document: str
    path: str
    strength: float
    passages: tuple[Passage, ...]
    citations: tuple[Citation, ...]


@dataclasses.dataclass(frozen=True)
class CheckedDocument:
    """A document by the key, the name and a path of it."""

    key: str
    document: str
    path: str


@dataclasses.dataclass(frozen=True)
class UnreadDocument:
    """A document that could not be looked at whole, and why: its ``state``, and its ``reason`` where it failed.

    Pages that are still to be read by OCR (``pages_waiting``), could not be read (``pages_failed``) or were left unread
    as the person wished (``pages_left_unread``) were not looked at, its other pages were; where it has none, nothing of
    it was.
    """

    key: str
    document: str
    path: str
    state: DocumentState
    reason: Problem | None = None
    pages_waiting: int = 0
    pages_failed: int = 0
    pages_left_unread: int = 0


@dataclasses.dataclass(frozen=True)
class FindAll(Request):
    """Look at every document in a scope. Up: ``stage``, ``find_progress``, ``finding``…; final ``found_all``.

    ``language`` (en, fr, it) is the person's: the question is taken to be in it where it doesn't tell. A cancelled
    ``find_all`` still ends with ``found_all`` (``was_stopped``), with what was found until then. ``without`` is that of
    ``search``: these documents are in no list of what was looked at.
    """

    type: ClassVar[str] = "find_all"
    question: str
    scope: Scope = EVERYWHERE
    language: str = ""
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class FindProgress(Reply):
    """How many documents were ``checked``. ``seconds_left`` -1: not known yet.

    Before the first is, all of them are looked through for what may hold it: ``looked_through`` counts those.
    """

    type: ClassVar[str] = "find_progress"
    checked: int
    total: int
    seconds_left: float
    looked_through: int = 0


@dataclasses.dataclass(frozen=True)
class FoundIn(Reply):
    """A document in which it was found, as soon as that is known."""

    type: ClassVar[str] = "finding"
    finding: DocumentFinding


@dataclasses.dataclass(frozen=True)
class FoundAll(Reply):
    """What every document says to the question.

    Of ``total`` documents ``checked`` were come to: those with ``findings`` (the strongest first), those in which there
    is ``nothing``, and those that are ``unread``, some of which are among the others with the part that was read.
    ``by_words`` are those that were looked at by their words alone: their meaning isn't known yet, because of
    ``notice`` where that says why.
    """

    type: ClassVar[str] = "found_all"
    is_final: ClassVar[bool] = True
    checked: int
    total: int
    findings: tuple[DocumentFinding, ...]
    nothing: tuple[CheckedDocument, ...]
    unread: tuple[UnreadDocument, ...]
    by_words: tuple[CheckedDocument, ...]
    seconds: float
    was_stopped: bool = False
    notice: Problem | None = None
