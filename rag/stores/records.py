"""What library.db knows of files, documents, pages and passages: the truth. Every change is one transaction."""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.frames import plain
from rag.chunk import PassageDraft
from rag.errors import Problem
from rag.pages import PageText
from rag.protocol import Document, DocumentState
from rag.stores.database import Database
from rag.stores.layout import pack_layout, unpack_layout


@dataclasses.dataclass(frozen=True)
class WaitingFile:
    """A file that is to be read; ``size`` (bytes) and ``modified_ns`` as they were when it was noticed."""

    path: str
    sha256: str
    size: int
    modified_ns: int


@dataclasses.dataclass(frozen=True)
class StoredPassage:
    """A passage as it lies in library.db; ``path`` is one of its document's paths."""

    id: int
    sha256: str
    document: str
    path: str
    page: int
    label: str
    section: str
    text: str
    start: int
    end: int


_SEPARATORS = os.sep + (os.altsep or "")


class Records:
    """Files, documents, pages, passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- files: what was given ----------------------------------------------------------------------------------

    def note_file(self, path: str, size: int, modified_ns: int, *, retries: bool) -> bool:
        """Remember that ``path`` was given; say whether it waits to be read.

        A file that is as it was does not wait once more, unless its reading failed and ``retries`` is set.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT size, modified_ns, is_waiting, f.reason, state, sha256 FROM files f"
                " LEFT JOIN documents USING (sha256) WHERE path = CAST(? AS TEXT)",
                (_bytes(path),),
            ).fetchone()
            if row is None:
                connection.execute(
                    "INSERT INTO files (path, size, modified_ns, is_waiting, added)"
                    " VALUES (CAST(? AS TEXT), ?, ?, 1, ?)",
                    (_bytes(path), size, modified_ns, time.time()),
                )
                return True
            was_size, was_modified, is_waiting, reason, state, sha256 = row
            if (was_size, was_modified) == (size, modified_ns):
                has_failed = reason is not None or state == DocumentState.FAILED
                if is_waiting or not (has_failed and retries):
                    return bool(is_waiting)
                if state == DocumentState.FAILED:
                    _read_from_first_page(connection, sha256)
            connection.execute(
                "UPDATE files SET size = ?, modified_ns = ?, is_waiting = 1, reason = NULL"
                " WHERE path = CAST(? AS TEXT)",
                (size, modified_ns, _bytes(path)),
            )
            return True

    def next_file(self) -> WaitingFile | None:
        """The file that has waited longest to be read."""
        row = self._database.reader.execute(
            "SELECT path, coalesce(sha256, ''), size, modified_ns FROM files WHERE is_waiting"
            " ORDER BY added, rowid LIMIT 1"
        ).fetchone()
        return None if row is None else WaitingFile(*row)

    def count_waiting(self) -> int:
        """How many files wait to be read."""
        return int(self._database.reader.execute("SELECT count(*) FROM files WHERE is_waiting").fetchone()[0])

    def outcome(self, path: str) -> tuple[str, DocumentState, int, int, Problem | None] | None:
        """What came of a file: SHA-256, state, pages, passages, reason; None while something is still to be done."""
        row = self._database.reader.execute(
            "SELECT f.is_waiting, f.reason, coalesce(d.sha256, ''), d.state, coalesce(d.pages, 0),"
            " (SELECT count(*) FROM passages p WHERE p.sha256 = d.sha256), d.reason"
            " FROM files f LEFT JOIN documents d USING (sha256) WHERE f.path = CAST(? AS TEXT)",
            (_bytes(path),),
        ).fetchone()
        if row is None or row[0]:
            return None
        _, own_reason, sha256, state, pages, passages, reason = row
        if own_reason is not None or state is None:
            return sha256, DocumentState.FAILED, 0, 0, _problem(own_reason)
        return (
            (sha256, DocumentState(state), pages, passages, _problem(reason))
            if DocumentState(state).is_settled
            else None
        )

    def paths_within(self, target: str) -> dict[str, str]:
        """The paths that are ``target`` or lie in the folder ``target``, with their document's SHA-256 or ""."""
        folder = target.rstrip(_SEPARATORS)
        rows = self._database.reader.execute("SELECT path, coalesce(sha256, '') FROM files")
        return {
            path: sha256
            for path, sha256 in rows
            if path == target or (path.startswith(folder) and path[len(folder) : len(folder) + 1] in {*_SEPARATORS})
        }

    def fail_file(self, path: str, reason: Problem) -> None:
        """A file could not be read to its end: say why, and wait for it no longer. What is known of it stays."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE files SET is_waiting = 0, reason = ? WHERE path = CAST(? AS TEXT)",
                (_json(reason), _bytes(path)),
            )

    def settle_file(self, path: str) -> None:
        """A file was read to its end, whatever came of it."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE files SET is_waiting = 0 WHERE path = CAST(? AS TEXT)", (_bytes(path),))

    def wait_again(self, keys: Sequence[str], *, keeps_pages: bool = False) -> None:
        """Read these documents (by key) once more: from their first page, or from the pages that are kept."""
        with self._database.transaction() as connection:
            for key in keys:
                if keeps_pages:
                    _queue(connection, key)
                else:
                    _read_from_first_page(connection, key)
                connection.execute(
                    "UPDATE files SET is_waiting = 1, reason = NULL WHERE sha256 = ? OR path = CAST(? AS TEXT)",
                    (key, _bytes(key)),
                )

    def stamps(self, sha256: str) -> tuple[tuple[str, int, int], ...]:
        """Where a document lies: path, size in bytes and time of change in ns, as they were when it was read."""
        rows = self._database.reader.execute(
            "SELECT path, size, modified_ns FROM files WHERE sha256 = ? ORDER BY path", (sha256,)
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    # --- documents ----------------------------------------------------------------------------------------------

    def begin_document(self, file: WaitingFile, sha256: str, versions: tuple[int, int]) -> DocumentState:
        """``file`` turned out to be the document ``sha256``: tie them, and give the state that the document is in."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT state FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                name = display_name(file.path)
                connection.execute(
                    "INSERT INTO documents (sha256, name, format, state, pages, bytes, added, extractor, chunker)"
                    " VALUES (?, ?, '', 'reading', 0, ?, ?, ?, ?)",
                    (sha256, name, file.size, time.time(), *versions),
                )
            elif row[0] == DocumentState.QUEUED:
                connection.execute(
                    "UPDATE documents SET state = 'reading', extractor = ?, chunker = ? WHERE sha256 = ?",
                    (*versions, sha256),
                )
            connection.execute(
                "UPDATE files SET sha256 = ?, reason = NULL WHERE path = CAST(? AS TEXT)", (sha256, _bytes(file.path))
            )
        return DocumentState(row[0]) if row else DocumentState.READING

    def describe_document(self, sha256: str, document_format: str, pages: int) -> None:
        """Keep what the parser says of the document as a whole."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE documents SET format = ?, pages = ? WHERE sha256 = ?", (document_format, pages, sha256)
            )

    def set_state(self, sha256: str, state: DocumentState, reason: Problem | None = None) -> None:
        """Keep the state of a document, and why."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE documents SET state = ?, reason = ? WHERE sha256 = ?",
                (state.value, None if reason is None else _json(reason), sha256),
            )

    def documents(self, keys: Sequence[str] | None = None) -> tuple[Document, ...]:
        """The documents with these keys (None: all), and files that are not known as documents yet, oldest first."""
        where = ""
        values: tuple[bytes, ...] = ()
        if keys is not None:
            where = f" WHERE key IN ({', '.join(['CAST(? AS TEXT)'] * len(keys))})"
            values = tuple(_bytes(key) for key in keys)
        rows = self._database.reader.execute(_DOCUMENTS + where + " ORDER BY added, key", values)
        return tuple(_document(row) for row in rows)

    def outdated(self, extractor: int, chunker: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Documents whose text an older extractor read, and the others whose passages an older chunker cut."""
        rows = self._database.reader.execute(
            "SELECT sha256, extractor < ?1 FROM documents"
            " WHERE (extractor < ?1 OR chunker < ?2) AND state NOT IN ('queued', 'reading')",
            (extractor, chunker),
        ).fetchall()
        return tuple(row[0] for row in rows if row[1]), tuple(row[0] for row in rows if not row[1])

    def remove_documents(self, keys: Sequence[str]) -> None:
        """Erase documents with all that was made of them, and the paths that lead to them."""
        with self._database.transaction() as connection:
            for key in keys:
                connection.execute("DELETE FROM passages WHERE sha256 = ?", (key,))
                connection.execute("DELETE FROM pages WHERE sha256 = ?", (key,))
                connection.execute("DELETE FROM files WHERE sha256 = ? OR path = CAST(? AS TEXT)", (key, _bytes(key)))
                connection.execute("DELETE FROM documents WHERE sha256 = ?", (key,))
            _drop_unused_vectors(connection)

    def forget_path(self, path: str) -> None:
        """Untie one path from its document, which stays under its others."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM files WHERE path = CAST(? AS TEXT)", (_bytes(path),))

    def orphans(self) -> tuple[str, ...]:
        """Documents that no path leads to any more: their files were edited since."""
        rows = self._database.reader.execute(
            "SELECT sha256 FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = documents.sha256)"
        )
        return tuple(row[0] for row in rows)

    # --- pages and passages ---------------------------------------------------------------------------------------

    def pages_read(self, sha256: str) -> int:
        """How many pages of the document are kept: reading goes on after them."""
        row = self._database.reader.execute("SELECT count(*) FROM pages WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row[0])

    def add_pages(self, sha256: str, pages: Iterable[PageText]) -> None:
        """Keep a batch of pages."""
        rows = [
            (sha256, page.number, page.label, page.text, pack_layout(page.words, page.headings), page.width,
             page.height, int(page.has_pictures), None if page.problem is None else _json(page.problem))
            for page in pages
        ]  # fmt: skip
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def pages(self, sha256: str) -> Iterable[PageText]:
        """The pages of a document in order, one at a time."""
        rows = self._database.reader.execute(f"SELECT {_PAGE} FROM pages WHERE sha256 = ? ORDER BY number", (sha256,))
        return map(_page, rows)

    def page(self, sha256: str, number: int) -> PageText | None:
        """One page, or None where there is none."""
        row = self._database.reader.execute(
            f"SELECT {_PAGE} FROM pages WHERE sha256 = ? AND number = ?", (sha256, number)
        ).fetchone()
        return None if row is None else _page(row)

    def replace_passages(
        self, sha256: str, title: str, drafts: Sequence[PassageDraft], versions: tuple[int, int]
    ) -> None:
        """Keep the passages of a document, in place of any it had; from now on it is answerable."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM passages WHERE sha256 = ?", (sha256,))
            connection.executemany(
                "INSERT INTO passages (sha256, page, start, end, title, section, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(sha256, draft.page, draft.start, draft.end, title, draft.section, draft.text) for draft in drafts],
            )
            connection.execute(
                "UPDATE documents SET state = 'answerable', reason = NULL, extractor = ?, chunker = ? WHERE sha256 = ?",
                (*versions, sha256),
            )

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages with these ids, those that are still there."""
        rows = self._database.reader.execute(
            "SELECT p.id, p.sha256, d.name,"
            " coalesce((SELECT min(path) FROM files WHERE files.sha256 = p.sha256), ''),"
            " p.page, coalesce(g.label, ''), p.section, p.text, p.start, p.end"
            " FROM passages p JOIN documents d USING (sha256)"
            " LEFT JOIN pages g ON g.sha256 = p.sha256 AND g.number = p.page"
            f" WHERE p.id IN ({_marks(ids)})",
            tuple(ids),
        )
        return {row[0]: StoredPassage(*row) for row in rows}

    def passage_ids(self, sha256s: Sequence[str]) -> tuple[int, ...]:
        """The passages of these documents."""
        rows = self._database.reader.execute(
            f"SELECT id FROM passages WHERE sha256 IN ({_marks(sha256s)}) ORDER BY id", tuple(sha256s)
        )
        return tuple(row[0] for row in rows)

    def lexical(self, query: str, limit: int, sha256s: Sequence[str] | None) -> list[tuple[int, float]]:
        """Passages that match an FTS5 ``query``, best first, with their BM25 (higher is better).

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 computes it; a
        word in the document's title or the section's heading counts more than one in the text.
        """
        scope = "" if sha256s is None else f" AND p.sha256 IN ({_marks(sha256s)})"
        rows = self._database.reader.execute(
            "SELECT p.id, -bm25(lexical, 2.0, 1.5, 1.0) AS score FROM lexical JOIN passages p ON p.id = lexical.rowid"
            f" WHERE lexical MATCH ?{scope} ORDER BY score DESC, p.id LIMIT ?",
            (query, *(sha256s or ()), limit),
        )
        return [(row[0], row[1]) for row in rows]

    def totals(self) -> tuple[int, int, int, int]:
        """How many pages, passages and embedded passages there are, and the bytes of all documents."""
        row = self._database.reader.execute(
            "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM passages),"
            " (SELECT count(*) FROM passages WHERE vector_key IS NOT NULL),"
            " (SELECT coalesce(sum(bytes), 0) FROM documents)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])


_PAGE = "number, label, text, layout, width, height, has_pictures, problem"
_DOCUMENTS = """
SELECT * FROM (
    SELECT d.sha256 AS key, d.sha256, d.name, d.format, d.state, d.pages,
        (SELECT count(*) FROM pages WHERE pages.sha256 = d.sha256),
        (SELECT count(*) FROM passages WHERE passages.sha256 = d.sha256),
        (SELECT count(*) FROM passages WHERE passages.sha256 = d.sha256 AND vector_key IS NOT NULL),
        d.bytes, d.added, d.reason,
        (SELECT json_group_array(path) FROM (SELECT path FROM files WHERE files.sha256 = d.sha256 ORDER BY path))
    FROM documents d
    UNION ALL
    SELECT f.path, '', '', '', CASE WHEN f.is_waiting THEN 'queued' ELSE 'failed' END, 0, 0, 0, 0, f.size, f.added,
        f.reason, json_array(f.path)
    FROM files f WHERE f.sha256 IS NULL
)"""


def display_name(path: str) -> str:
    """The name of a file as it can be shown: bytes that are no text become the replacement character."""
    return Path(path).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _document(row: sqlite3.Row | tuple[object, ...]) -> Document:
    key, sha256, name, kind, state, pages, pages_read, passages, embedded, size, added, reason, paths = row
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
        reason=_problem(reason),
    )


def _page(row: tuple[int, str, str, bytes, float, float, int, str | None]) -> PageText:
    number, label, text, layout, width, height, has_pictures, problem = row
    words, headings = unpack_layout(layout)
    return PageText(
        number=number, label=label, text=text, words=words, width=width, height=height, headings=headings,
        problem=_problem(problem), has_pictures=bool(has_pictures),
    )  # fmt: skip


def _queue(connection: sqlite3.Connection, sha256: str) -> None:
    connection.execute("UPDATE documents SET state = 'queued', reason = NULL WHERE sha256 = ?", (sha256,))


def _read_from_first_page(connection: sqlite3.Connection, sha256: str) -> None:
    connection.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
    _queue(connection, sha256)


def _drop_unused_vectors(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM vectors WHERE NOT EXISTS (SELECT 1 FROM passages WHERE passages.vector_key = vectors.key)"
    )


def _problem(stored: object) -> Problem | None:
    if not stored:
        return None
    values = json.loads(str(stored))
    return Problem(values["kind"], values["parameters"], values["details"])


def _json(problem: Problem) -> str:
    return json.dumps(plain(problem), ensure_ascii=True)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
