"""What came of every page, without the pages themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from rag.errors import LibraryProblem, Problem
from rag.protocol import PageState
from rag.stores.database import Database
from rag.stores.rows import marks, problem_of_row

_WHITE = "char(9, 10, 11, 12, 13, 32, 160)"


@dataclasses.dataclass(frozen=True)
class PageOutcome:
    """What came of a page; ``confidence`` as in PageText."""

    sha256: str
    number: int
    state: PageState
    confidence: float
    problem: Problem | None


class HealthRecords:
    """Reads the outcomes of pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outcomes(self, sha256s: Sequence[str]) -> Iterator[PageOutcome]:
        """The pages of these documents, document by document, in order; see PageText.state."""
        rows = self._database.reader.execute(
            "SELECT sha256, number, CASE WHEN waits THEN 'waiting'"
            f" WHEN json_extract(problem, '$.kind') = '{LibraryProblem.SCAN_LEFT_UNREAD}' THEN 'left_unread'"
            " WHEN problem IS NOT NULL THEN 'failed'"
            f" WHEN trim(text, {_WHITE}) = '' THEN 'empty' WHEN confidence < 0 THEN 'text' ELSE 'ocr' END,"
            f" confidence, problem FROM pages WHERE sha256 IN ({marks(sha256s)}) ORDER BY sha256, number",
            tuple(sha256s),
        )
        for sha256, number, state, confidence, problem in rows:
            yield PageOutcome(sha256, number, PageState(state), confidence, problem_of_row(problem))
