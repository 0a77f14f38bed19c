"""What a summary is made from: the documents that were named, their passages in order, what came of their pages."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, Problem
from rag.language import language_of
from rag.overlap import WORD
from rag.protocol import PAGE_UNITS, Document, DocumentHealth, PageRun, Passage
from rag.stores.records import Records, StoredPassage
from rag.summary.outline import Section, outline

PASSAGES_AT_ONCE = 500
SAMPLE = 20_000
"""Characters of a document that tell its language."""


@dataclasses.dataclass(frozen=True)
class Material:
    """A document with its ``passages`` in reading order, none where there is nothing to sum up: ``problem`` says why.

    The passages of all documents of a summary are numbered through, from 1.
    """

    document: Document
    passages: tuple[Passage, ...]
    runs: tuple[PageRun, ...]
    problem: Problem | None = None

    @functools.cached_property
    def outline(self) -> tuple[Section, ...]:
        """Its sections."""
        return outline(self.passages)

    @functools.cached_property
    def language(self) -> str:
        """The language of most of it, "" where that isn't known."""
        sample = " ".join(passage.text for passage in self.passages[: SAMPLE // 100])
        return language_of(sample[:SAMPLE])

    @functools.cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(WORD.findall(passage.text)) for passage in self.passages)

    @property
    def unit(self) -> str:
        """What a page of it is called."""
        return PAGE_UNITS.get(self.document.format, "page")


class Materials:
    """Gathers what summaries are made from."""

    def __init__(
        self,
        records: Records,
        health: Callable[[Sequence[str]], tuple[DocumentHealth, ...]],
        note_interest: Callable[[Iterable[str]], None],
    ) -> None:
        """``health`` reports on documents (by key); ``note_interest`` is given those that a person asks about."""
        self._records = records
        self._health = health
        self._note_interest = note_interest

    def gather(self, targets: Sequence[str], without: Sequence[str] = ()) -> tuple[Material, ...]:
        """The documents that ``targets`` name (paths of files and folders, keys, SHA-256 sums), each once, in order.

        Those that ``without`` names are none of them. Raises PhialError PATH_NOT_IN_LIBRARY, PATH_MISSING (no such file
        either), NO_DOCUMENTS (a folder without any); PATH_NOT_IN_LIBRARY also where ``without`` leaves none.
        """
        documents: dict[str, Document] = {}
        for target in targets:
            named = self._named(target)
            if not named:
                raise PhialError(_why_unknown(target), path=target)
            documents.update((document.key, document) for document in named)
        for entry in without:
            for document in self._named(entry):
                documents.pop(document.key, None)
        if not documents:
            raise PhialError(LibraryProblem.PATH_NOT_IN_LIBRARY, path=targets[0])
        self._note_interest(documents)
        found: list[Material] = []
        count = 0
        for document in documents.values():
            material = self._material(document, count)
            count += len(material.passages)
            found.append(material)
        return tuple(found)

    def _named(self, target: str) -> tuple[Document, ...]:
        """The documents that ``target`` names; none where it names none."""
        named = self._records.documents([target])
        if named or not target:
            return named
        within = self._records.paths_within(target)
        return self._records.documents(list(dict.fromkeys(sha256 or path for path, sha256 in within.items())))

    def _material(self, document: Document, count: int) -> Material:
        passages = self._passages(document.sha256, count) if document.sha256 else ()
        runs = tuple(run for health in self._health([document.key]) for run in health.pages)
        if passages:
            return Material(document, passages, runs)
        path = document.paths[0] if document.paths else document.name
        unread = Problem(LibraryProblem.DOCUMENT_NOT_READ_YET.value, {"path": path})
        return Material(document, (), runs, document.reason or unread)

    def _passages(self, sha256: str, count: int) -> tuple[Passage, ...]:
        ids = self._records.passage_ids([sha256])
        stored: list[StoredPassage] = []
        for begin in range(0, len(ids), PASSAGES_AT_ONCE):
            stored.extend(self._records.passages(ids[begin : begin + PASSAGES_AT_ONCE]).values())
        stored.sort(key=lambda passage: (passage.page, passage.start))
        return tuple(_passage(passage, count + place) for place, passage in enumerate(stored, start=1))


def _why_unknown(target: str) -> LibraryProblem:
    """Why the library knows nothing of ``target``: a name spelled wrongly has another mend than a file never added."""
    path = Path(target)
    if path.is_dir():
        return LibraryProblem.NO_DOCUMENTS
    # What is no whole path is the key or the sum of a document that has been removed.
    is_missing = path.is_absolute() and not path.exists()
    return LibraryProblem.PATH_MISSING if is_missing else LibraryProblem.PATH_NOT_IN_LIBRARY


def _passage(stored: StoredPassage, number: int) -> Passage:
    return Passage(
        number=number, sha256=stored.sha256, document=stored.document, path=stored.path, page=stored.page,
        label=stored.label, section=stored.section, text=stored.text, start=stored.start, end=stored.end, score=0.0,
        unit=stored.unit, confidence=stored.confidence,
    )  # fmt: skip
