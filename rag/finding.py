"""Find all: a look at every document in a scope that says, for each, what it found or that it found nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.errors import PhialError, Problem, problem_of
from rag.finding_pass import FindingPass
from rag.finding_question import sought_in
from rag.protocol import (
    EVERYWHERE,
    CheckedDocument,
    Document,
    DocumentFinding,
    DocumentState,
    FindProgress,
    FoundAll,
    FoundIn,
    Scope,
    Stage,
    UnreadDocument,
)
from rag.scoping import Scoper
from rag.searching import checked_question
from rag.stores.finding_records import FindingRecords
from rag.stores.records import Records
from rag.stores.vector_records import Vector

FindEvent = Stage | FindProgress | FoundIn | FoundAll


class Finder:
    """Looks through documents, all of them."""

    def __init__(
        self, records: Records, passages: FindingRecords, scoper: Scoper, dense: Dense, courtesy: Courtesy
    ) -> None:
        self._records = records
        self._passages = passages
        self._scoper = scoper
        self._dense = dense
        self._courtesy = courtesy

    def find_all(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        language: str = "",
        is_cancelled: Callable[[], bool] = lambda: False,
        without: Sequence[str] = (),
    ) -> Iterator[FindEvent]:
        """Look at every document in ``scope`` but ``without`` for what ``question`` seeks; end with ``FoundAll``.

        When it is cancelled it still ends so, with what was found until then. Raises PhialError QUESTION_*,
        LIBRARY_EMPTY, SCOPE_EMPTY, COLLECTION_*, DATES_EMPTY, DATE_WRONG.
        """
        begun = time.perf_counter()
        sought = sought_in(checked_question(question), language)
        members = self._scoper.members(scope, without=without)
        documents = self._records.documents([member.key for member in members])
        yield FindProgress(0, 0, len(documents), -1.0)
        with self._courtesy.answering():
            if not self._dense.is_ready:
                yield Stage(0, "embedder")
            vector, notice = self._vector_of(question)
            search = FindingPass(self._passages, sought, question, vector, is_cancelled)
            yield from search.look_through(documents)
            findings: list[DocumentFinding] = []
            for event in search.read(self._records):
                if isinstance(event, FoundIn):
                    findings.append(event.finding)
                yield event
        # Of what has no passages any more nobody can say that it holds nothing: it is unread now, or it is no document.
        there = self._records.documents(search.gone)
        total = len(documents) - len(search.gone) + len(there)
        checked = [*(document for document in search.checked if document.key not in search.gone), *there]
        found = {finding.sha256 for finding in findings}
        pages = self._passages.unread_pages([document.sha256 for document in checked])
        unread = tuple(_unread(document, pages) for document in checked if _is_unread(document, pages))
        yield FoundAll(
            0,
            checked=len(checked),
            total=total,
            findings=tuple(sorted(findings, key=lambda finding: -finding.strength)),
            nothing=tuple(
                _checked(document) for document in checked if document.passages and document.sha256 not in found
            ),
            unread=unread,
            by_words=tuple(
                _checked(document) for document in checked if document.passages and document.key in search.by_words
            ),
            seconds=round(time.perf_counter() - begun, 3),
            was_stopped=len(checked) < total,
            notice=notice,
        )

    def _vector_of(self, question: str) -> tuple[Vector | None, Problem | None]:
        """The question's vector; without an embedder none, and why."""
        try:
            return self._dense.vector_of(question), None
        except PhialError as error:
            return None, problem_of(error)


def _checked(document: Document) -> CheckedDocument:
    return CheckedDocument(document.key, document.name, next(iter(document.paths), ""))


def _is_unread(document: Document, unread_pages: dict[str, tuple[int, int]]) -> bool:
    is_whole = document.state in {DocumentState.READY, DocumentState.ANSWERABLE} and document.passages > 0
    return not is_whole or document.pages_waiting > 0 or document.sha256 in unread_pages


def _unread(document: Document, unread_pages: dict[str, tuple[int, int]]) -> UnreadDocument:
    return UnreadDocument(
        document.key, document.name, next(iter(document.paths), ""), document.state, document.reason,
        document.pages_waiting, *unread_pages.get(document.sha256, (0, 0)),
    )  # fmt: skip
