"""What library.db holds of passages, to be looked through from the first to the last."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence

from rag.errors import LibraryProblem
from rag.stores.database import Database


@dataclasses.dataclass(frozen=True, slots=True)
class ScannedPassage:
    """A passage as it is looked at; ``vector`` is as it is stored, None where it isn't embedded."""

    id: int
    section: str
    text: str
    vector: bytes | None


class FindingRecords:
    """Reads passages document by document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def passages_of(self, sha256: str) -> list[ScannedPassage]:
        """The passages of a document, in order."""
        rows = self._database.reader.execute(
            "SELECT p.id, p.section, p.text, v.vector FROM passages p LEFT JOIN vectors v ON v.key = p.vector_key"
            " WHERE p.sha256 = ? ORDER BY p.id",
            (sha256,),
        )
        return [ScannedPassage(*row) for row in rows]

    def languages(self) -> dict[str, str]:
        """The language of each document that has one that is known."""
        return dict(self._database.reader.execute("SELECT sha256, language FROM documents WHERE language <> ''"))

    def unread_pages(self, sha256s: Sequence[str]) -> dict[str, tuple[int, int]]:
        """How many pages of these documents could not be read, and how many were left unread; where there are any."""
        rows: Iterator[tuple[str, int, int]] = self._database.reader.execute(
            "SELECT sha256, count(*), count(*) FILTER (WHERE json_extract(problem, '$.kind') = ?) FROM pages"
            " WHERE problem IS NOT NULL AND NOT waits"
            " AND sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256",
            (LibraryProblem.SCAN_LEFT_UNREAD, json.dumps([*sha256s])),
        )
        return {sha256: (pages - left, left) for sha256, pages, left in rows}
