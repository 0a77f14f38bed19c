"""What library.db knows of pages that OCR is still to read, and of what came of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Sequence

from rag.errors import LibraryProblem, Problem
from rag.pages import PageText
from rag.stores.database import Database
from rag.stores.layout import pack_layout
from rag.stores.rows import is_waiting, marks, stored_problem

OF_THE_PLACE = (
    LibraryProblem.PATH_MISSING, LibraryProblem.PATH_UNREADABLE, LibraryProblem.PATH_PROTECTED,
    LibraryProblem.PATH_NOT_ANSWERING,
)  # fmt: skip
"""Reasons that say nothing of the file: it was not to be had."""

OF_OCR = (
    *OF_THE_PLACE, LibraryProblem.OCR_FAILED, LibraryProblem.IMAGE_BROKEN, LibraryProblem.FILE_CHANGED,
    LibraryProblem.PDF_ENCRYPTED, LibraryProblem.UNEXPECTED,
)  # fmt: skip
"""Reasons why a page has no text that say nothing against another try: a page that was read has none of them."""


@dataclasses.dataclass(frozen=True)
class WaitingPage:
    """A page that OCR is to read; ``format`` and ``name`` of its document."""

    sha256: str
    number: int
    format: str
    name: str


class OcrRecords:
    """Pages that wait for OCR. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_waiting_page(self, without: Collection[str] = ()) -> WaitingPage | None:
        """The first page that waits, of the document that was added first; none of one that is away or being read.

        None of the documents ``without`` (SHA-256 sums).
        """
        row = self._database.reader.execute(
            "SELECT p.sha256, p.number, d.format, d.name FROM pages p JOIN documents d USING (sha256) WHERE p.waits"
            " AND EXISTS (SELECT 1 FROM files f WHERE f.sha256 = p.sha256 AND NOT f.is_away)"
            " AND NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = p.sha256 AND f.is_waiting)"
            " AND p.sha256 NOT IN (SELECT value FROM json_each(?)) ORDER BY d.added, d.sha256, p.number LIMIT 1",
            (json.dumps([*without]),),
        ).fetchone()
        return None if row is None else WaitingPage(*row)

    def count_waiting_pages(self) -> int:
        """How many pages wait for OCR."""
        return int(self._database.reader.execute("SELECT count(*) FROM pages WHERE waits").fetchone()[0])

    def is_waiting(self, sha256: str) -> bool:
        """Whether a file of the document waits to be read."""
        return is_waiting(self._database.reader, sha256)

    def keep_recognized(self, page: WaitingPage, read: PageText) -> None:
        """Keep what OCR read on a page, if it still waits.

        Its number and its label stay. What few words a page without any text for OCR had of its own stay too.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE pages SET waits = 0, problem = NULL, has_pictures = 1, confidence = ?3,"
                " text = CASE WHEN ?3 >= 0 THEN ?4 ELSE text END, layout = CASE WHEN ?3 >= 0 THEN ?5 ELSE layout END"
                " WHERE sha256 = ?1 AND number = ?2 AND waits",
                (page.sha256, page.number, read.confidence, read.text, pack_layout(read.words, read.headings)),
            )

    def fail_recognition(self, page: WaitingPage, problem: Problem) -> None:
        """A page could not be read by OCR: say why, and let it wait no longer."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE pages SET waits = 0, problem = ? WHERE sha256 = ? AND number = ? AND waits",
                (stored_problem(problem), page.sha256, page.number),
            )

    def leave_scans(self, sha256s: Sequence[str]) -> tuple[str, ...]:
        """Let the pages of these documents that wait for OCR wait no longer, for good; gives those that had any.

        None of one whose file is still being read: more of its pages may come to wait.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT sha256, (SELECT min(path) FROM files WHERE files.sha256 = pages.sha256) FROM pages WHERE waits"
                " AND sha256 IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
                " (SELECT 1 FROM files WHERE files.sha256 = pages.sha256 AND is_waiting) GROUP BY sha256",
                (json.dumps([*sha256s]),),
            ).fetchall()
            connection.executemany(
                "UPDATE pages SET waits = 0, problem = ? WHERE sha256 = ? AND waits",
                [
                    (stored_problem(Problem(LibraryProblem.SCAN_LEFT_UNREAD.value, {"path": path or ""})), sha256)
                    for sha256, path in rows
                ],
            )
        return tuple(row[0] for row in rows)

    def recognize_again(self, sha256s: Sequence[str], kinds: Sequence[str] = OF_OCR) -> tuple[str, ...]:
        """Let the pages of these documents that OCR could not read wait once more; gives the documents that have any.

        Those that it could not read for a reason of these ``kinds``. Their other pages, and their passages, stay.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT DISTINCT sha256 FROM pages WHERE sha256 IN (SELECT value FROM json_each(?))"
                f" AND json_extract(problem, '$.kind') IN ({marks(kinds)})",
                (json.dumps([*sha256s]), *kinds),
            ).fetchall()
            for (sha256,) in rows:
                connection.execute(
                    "UPDATE pages SET waits = 1, problem = NULL WHERE sha256 = ?"
                    f" AND json_extract(problem, '$.kind') IN ({marks(kinds)})",
                    (sha256, *kinds),
                )
                connection.execute(
                    "UPDATE documents SET reason = NULL, state = CASE WHEN EXISTS"
                    " (SELECT 1 FROM passages WHERE passages.sha256 = ?1) THEN 'answerable' ELSE 'reading' END"
                    " WHERE sha256 = ?1",
                    (sha256,),
                )
        return tuple(row[0] for row in rows)

    def left_uncut(self) -> tuple[str, ...]:
        """Documents whose last page was read by a run that ended before it cut them anew."""
        rows = self._database.reader.execute(
            "SELECT sha256 FROM documents d WHERE state IN ('reading', 'answerable')"
            " AND EXISTS (SELECT 1 FROM pages p WHERE p.sha256 = d.sha256 AND p.has_pictures)"
            " AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.sha256 = d.sha256 AND p.waits)"
            " AND NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = d.sha256 AND f.is_waiting)"
        )
        return tuple(row[0] for row in rows)
