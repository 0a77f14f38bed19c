"""What library.db knows of documents: their state, and what a row of the library shows."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence

from rag.errors import Problem
from rag.protocol import Document, DocumentState
from rag.stores.database import Database
from rag.stores.file_records import WaitingFile
from rag.stores.rows import HELD_WHAT_WAS_READ, display_name, problem_of_row, stored_path, stored_problem

KEYS_AT_ONCE = 500
"""SQLite takes so many values at a time, and many more."""


class DocumentRecords:
    """Documents by the SHA-256 of their content. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_document(self, file: WaitingFile, sha256: str, versions: tuple[int, int]) -> DocumentState:
        """``file`` turned out to be the document ``sha256``: tie them, and give the state that the document is in.

        What an older extractor read of one that is to be read, or read on, is dropped: pages of two don't mix.
        """
        with self._database.transaction() as connection:
            row = connection.execute("SELECT state, extractor FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                name = display_name(file.path)
                connection.execute(
                    "INSERT INTO documents (sha256, name, format, state, pages, bytes, added, extractor, chunker)"
                    " VALUES (?, ?, '', 'reading', 0, ?, ?, ?, ?)",
                    (sha256, name, file.size, time.time(), *versions),
                )
            elif row[0] in {DocumentState.QUEUED, DocumentState.READING}:
                if row[1] < versions[0]:
                    connection.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
                connection.execute(
                    "UPDATE documents SET state = 'reading', extractor = ?, chunker = ? WHERE sha256 = ?",
                    (*versions, sha256),
                )
            connection.execute(
                "UPDATE files SET sha256 = ?1, reason = NULL,"
                f" was_read = was_read OR (sha256 IS NOT ?1 AND {HELD_WHAT_WAS_READ}) WHERE path = CAST(?2 AS TEXT)",
                (sha256, stored_path(file.path)),
            )
        return DocumentState(row[0]) if row else DocumentState.READING

    def describe_document(self, sha256: str, document_format: str, pages: int, dated: str = "") -> None:
        """Keep what the parser says of the document as a whole; ``dated`` is the day that it states, or ""."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE documents SET format = ?, pages = ?, dated = ? WHERE sha256 = ?",
                (document_format, pages, dated, sha256),
            )

    def rename_document(self, sha256: str, name: str) -> None:
        """Keep the name under which the document is shown."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE documents SET name = ? WHERE sha256 = ?", (name, sha256))

    def set_state(self, sha256: str, state: DocumentState, reason: Problem | None = None) -> None:
        """Keep the state of a document, and why."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE documents SET state = ?, reason = ? WHERE sha256 = ?",
                (state.value, None if reason is None else stored_problem(reason), sha256),
            )

    def documents(self, keys: Sequence[str] | None = None) -> tuple[Document, ...]:
        """The documents with these keys (None: all), and files that are not known as documents yet, oldest first."""
        if keys is None:
            return tuple(map(_document, self._database.reader.execute(_DOCUMENTS + " ORDER BY added, key")))
        found: list[Document] = []
        for begin in range(0, len(keys), KEYS_AT_ONCE):
            values = tuple(stored_path(key) for key in keys[begin : begin + KEYS_AT_ONCE])
            where = f" WHERE key IN ({', '.join(['CAST(? AS TEXT)'] * len(values))})"
            found.extend(map(_document, self._database.reader.execute(_DOCUMENTS + where, values)))
        return tuple(sorted(found, key=lambda document: (document.added, document.key)))

    def count_documents(self) -> int:
        """How many documents there are, whatever their state."""
        return int(self._database.reader.execute("SELECT count(*) FROM documents").fetchone()[0])

    def outdated(self, extractor: int, chunker: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Documents whose text an older extractor read, and the others whose passages an older chunker cut.

        Without those that are to be read anyway (see begin_document).
        """
        rows = self._database.reader.execute(
            "SELECT sha256, extractor < ?1 FROM documents"
            " WHERE (extractor < ?1 OR chunker < ?2) AND (state NOT IN ('queued', 'reading')"
            " OR NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256 AND is_waiting))",
            (extractor, chunker),
        ).fetchall()
        return tuple(row[0] for row in rows if row[1]), tuple(row[0] for row in rows if not row[1])

    def remove_documents(self, keys: Sequence[str]) -> int:
        """Erase documents with all that was made of them, but vectors (see VectorRecords), and their paths.

        Gives how many of their files waited to be read.
        """
        waited = 0
        with self._database.transaction() as connection:
            for key in keys:
                waited += connection.execute(
                    "SELECT count(*) FROM files WHERE is_waiting AND NOT is_away"
                    " AND (sha256 = ? OR path = CAST(? AS TEXT))",
                    (key, stored_path(key)),
                ).fetchone()[0]
                connection.execute("DELETE FROM passages WHERE sha256 = ?", (key,))
                connection.execute("DELETE FROM pages WHERE sha256 = ?", (key,))
                connection.execute(
                    "DELETE FROM files WHERE sha256 = ? OR path = CAST(? AS TEXT)", (key, stored_path(key))
                )
                connection.execute("DELETE FROM documents WHERE sha256 = ?", (key,))
        return waited

    def orphans(self) -> tuple[str, ...]:
        """Documents that no path leads to any more: their files were edited since."""
        rows = self._database.reader.execute(
            "SELECT sha256 FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256)"
        )
        return tuple(row[0] for row in rows)


_DOCUMENTS = """
SELECT * FROM (
    SELECT d.sha256 AS key, d.sha256, d.name, d.format, d.state, d.pages,
        (SELECT count(*) FROM pages WHERE pages.sha256 = d.sha256),
        (SELECT count(*) FROM passages WHERE passages.sha256 = d.sha256),
        (SELECT count(*) FROM passages WHERE passages.sha256 = d.sha256)
            - (SELECT count(*) FROM passages WHERE passages.sha256 = d.sha256 AND vector_key IS NULL),
        d.bytes, d.added, d.reason,
        (SELECT count(*) FROM pages WHERE pages.sha256 = d.sha256 AND waits),
        (SELECT count(*) FROM pages WHERE pages.sha256 = d.sha256 AND confidence >= 0),
        coalesce((SELECT min(is_away) FROM files WHERE files.sha256 = d.sha256), 0),
        coalesce(nullif(d.dated, ''), (SELECT date(min(modified_ns) / 1e9, 'unixepoch', 'localtime') FROM files
            WHERE files.sha256 = d.sha256), ''),
        d.state IN ('queued', 'reading') AND NOT EXISTS (SELECT 1 FROM passages WHERE passages.sha256 = d.sha256)
            AND (SELECT max(was_read) FROM files WHERE files.sha256 = d.sha256) IS 0,
        (SELECT json_group_array(path) FROM (SELECT path FROM files WHERE files.sha256 = d.sha256 ORDER BY path))
    FROM documents d
    UNION ALL
    SELECT f.path, '', '', '', CASE WHEN f.is_waiting THEN 'queued' ELSE 'failed' END, 0, 0, 0, 0, f.size, f.added,
        f.reason, 0, 0, f.is_away, date(f.modified_ns / 1e9, 'unixepoch', 'localtime'),
        f.is_waiting AND NOT f.was_read, json_array(f.path)
    FROM files f WHERE f.sha256 IS NULL
)"""


def _document(row: sqlite3.Row | tuple[object, ...]) -> Document:
    key, sha256, name, kind, state, pages, pages_read, passages, embedded, size, added, *rest = row
    reason, waiting, by_ocr, is_away, dated, is_unread, paths = rest
    return Document(
        key=str(key),
        sha256=str(sha256),
        name=str(name) or display_name(str(key)),
        paths=tuple(json.loads(str(paths))),
        format=str(kind),
        state=DocumentState(str(state)),
        pages=int(str(pages)),
        pages_read=int(str(pages_read)),
        passages=int(str(passages)),
        passages_embedded=int(str(embedded)),
        bytes=int(str(size)),
        added=float(str(added)),
        reason=problem_of_row(reason),
        pages_waiting=int(str(waiting)),
        pages_by_ocr=int(str(by_ocr)),
        is_away=bool(is_away),
        dated=str(dated),
        is_unread=bool(is_unread),
    )
