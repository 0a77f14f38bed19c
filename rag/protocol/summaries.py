"""Summaries: the request, what is said of its progress, and the summary itself. Standard library only."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import ClassVar

from rag.errors import Problem
from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.values import Citation, PageRun, Span, Timings

SUMMARY_LANGUAGES = ("en", "fr", "it", "de", "es")
"""In which a summary can be asked for: those that Phial can tell from each other."""

LONGEST_FOCUS = 300
"""Characters."""


class SummaryMode(StrEnum):
    """``quick``: the sentences that carry the documents, written up. ``thorough``: every part of them is read."""

    QUICK = "quick"
    THOROUGH = "thorough"


class SummaryLength(StrEnum):
    """How long a summary is to be: one sentence, about five, about seven as a list, or about a page."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    PAGE = "page"


@dataclasses.dataclass(frozen=True)
class Summarise(Request):
    """Sum documents up. Up: ``summary_progress``, ``stage``, ``token``…; final ``summarised``.

    ``documents`` are paths (of files or folders), keys or SHA-256 sums. ``output_language`` (en, fr, it, de, es) ""
    is the documents' own. ``focus`` says in the person's words what alone is wanted. ``compares``: a table with a
    column for each document, instead of a text. ``model`` "" is the chosen one. ``without`` is that of ``search``: of
    a folder that is summed up, what else is in it counts.

    A cancelled one still ends with ``summarised`` (``was_stopped``) once a part was read or a word written; the
    parts that were read are kept, and are not read again.
    """

    type: ClassVar[str] = "summarise"
    documents: tuple[str, ...]
    mode: SummaryMode = SummaryMode.THOROUGH
    length: SummaryLength = SummaryLength.PARAGRAPH
    output_language: str = ""
    focus: str = ""
    compares: bool = False
    model: str = ""
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class SummaryProgress(Reply):
    """How far a summary is: ``done`` of ``parts`` of a ``stage``. ``seconds_left`` of the stage; -1: not known yet.

    Stages: ``choosing`` sentences, ``reading`` the parts of ``document``, ``joining`` what they say, ``comparing``,
    ``translating``. ``is_cached``: the part was read by an earlier run.
    """

    type: ClassVar[str] = "summary_progress"
    stage: str
    document: str
    done: int
    parts: int
    seconds_left: float = -1.0
    is_cached: bool = False


@dataclasses.dataclass(frozen=True)
class SummarySentence:
    """A sentence of a summary; ``citations`` are numbers of the summary's citations.

    ``is_quoted``: it is the document's own sentence, not the model's. ``original`` is what it was translated from, ""
    where it was not: a translation can't be checked word by word, so it counts as unsupported; its citations are
    those of the original.
    """

    text: str
    supported: bool
    citations: tuple[int, ...] = ()
    is_quoted: bool = False
    original: str = ""


@dataclasses.dataclass(frozen=True)
class SummarySection:
    """A part of a summary with a ``heading``, "" where it has none. ``sha256`` is that of its document, or ""."""

    heading: str
    sha256: str
    sentences: tuple[SummarySentence, ...]


@dataclasses.dataclass(frozen=True)
class OutlineSection:
    """A section of a document, from page ``first`` to ``last``. ``is_cited``: a sentence of the summary cites it."""

    title: str
    first: int
    last: int
    is_cited: bool


@dataclasses.dataclass(frozen=True)
class SummarisedDocument:
    """A document that a summary is of. ``covered`` are the runs of pages that were looked at, both ends included.

    ``not_read`` are the runs of pages that have no text yet: waiting for OCR, or failed. ``problem`` says why nothing
    of it could be summed up. ``parts`` were read by the model, ``parts_cached`` of them in an earlier run.
    """

    sha256: str
    document: str
    path: str
    unit: str
    pages: int
    covered: tuple[Span, ...]
    not_read: tuple[PageRun, ...] = ()
    outline: tuple[OutlineSection, ...] = ()
    words: int = 0
    parts: int = 0
    parts_cached: int = 0
    problem: Problem | None = None


@dataclasses.dataclass(frozen=True)
class ComparisonCell:
    """What a document says of an aspect; no sentences where nothing was found."""

    sha256: str
    sentences: tuple[SummarySentence, ...]


@dataclasses.dataclass(frozen=True)
class ComparisonRow:
    """An aspect, and what each document says of it, in the order of the summary's documents."""

    aspect: str
    cells: tuple[ComparisonCell, ...]


@dataclasses.dataclass(frozen=True)
class Summary:
    """A finished summary: ``sections``, or ``rows`` of a comparison. The ``passage`` of its citations is 0.

    One that ``compares`` may have come to no rows: the documents share nothing to be compared by.

    ``language`` is the one it is in as far as that is known; ``output_language`` the one that was asked for, or "".
    ``model`` is "" where none was there, so that all sentences are the documents' own. ``sentences_left_out`` counts
    the model's sentences that nothing in the documents supported. ``compression`` is the words of the summary divided
    by those of the documents, in [0, 1] for any but the shortest.
    """

    mode: SummaryMode
    length: SummaryLength
    focus: str
    language: str
    output_language: str
    sections: tuple[SummarySection, ...]
    rows: tuple[ComparisonRow, ...]
    citations: tuple[Citation, ...]
    documents: tuple[SummarisedDocument, ...]
    model: str
    is_stand_in: bool
    sentences_left_out: int
    compression: float
    timings: Timings
    was_stopped: bool = False
    compares: bool = False


@dataclasses.dataclass(frozen=True)
class Summarised(Reply):
    """The summary, grounded."""

    type: ClassVar[str] = "summarised"
    is_final: ClassVar[bool] = True
    summary: Summary
