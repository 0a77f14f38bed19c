"""Passages as the lexicon sees them: their languages, and their rows in the lexical index.

A row is written with its passage. What a former version of the lexicon wrote, or the index before it, is brought up a
batch at a time (``analyse_some``), in the background: until the last one, the former index answers.
"""

from __future__ import annotations

import dataclasses
import sqlite3

from rag.language import languages_of
from rag.lexicon import LEXICON_VERSION, indexed
from rag.stores.database import Database

_REMOVE_FORMER_INDEX = ("DROP TRIGGER passage_added", "DROP TRIGGER passage_removed_too", "DROP TABLE lexical")


class AnalysedRecords:
    """What the lexicon makes of passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, the commonest first; "" among them where that of some isn't known."""
        rows = self._database.reader.execute(
            "SELECT language FROM documents WHERE state IN ('answerable', 'ready') GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        return tuple(row[0] for row in rows)

    def is_analysed(self) -> bool:
        """Whether every passage stands in the lexical index as this version of the lexicon has it."""
        return _next_document(self._database.reader) is None and not has_former_index(self._database.reader)

    def analyse_some(self, most: int) -> bool:
        """Bring up to ``most`` passages of a document up to this version of the lexicon; say whether there were any.

        After the last one the index of former versions goes. Raises PhialError DISK_FULL, LIBRARY_DAMAGED….
        """
        with self._database.transaction() as connection:
            sha256 = _next_document(connection)
            if sha256 is not None:
                analyse_document(connection, sha256, most)
            elif has_former_index(connection):
                for statement in _REMOVE_FORMER_INDEX:
                    connection.execute(statement)
        return sha256 is not None


def analyse_document(connection: sqlite3.Connection, sha256: str, most: int | None = None) -> None:
    """Write the rows of those of a document's passages that have none of this version, ``most`` of them at a time.

    Inside the transaction that added them. Where its language is another one now, with what was added to it, all of its
    passages are to be analysed anew.
    """
    rows = connection.execute(
        "SELECT id, title, section, text, lexicon FROM passages WHERE sha256 = ? ORDER BY page, start, id", (sha256,)
    ).fetchall()
    document, spoken = languages_of([row[3] for row in rows])
    noted = connection.execute(
        "UPDATE documents SET language = ?1 WHERE sha256 = ?2 AND language <> ?1", (document, sha256)
    )
    if is_other := noted.rowcount > 0:
        connection.execute("UPDATE passages SET lexicon = 0 WHERE sha256 = ?", (sha256,))
    pairs = zip(rows, spoken, strict=True)
    pending = [(row, language) for row, language in pairs if is_other or row[4] != LEXICON_VERSION][:most]
    new = [
        (identity, *dataclasses.astuple(indexed(title, section, text, language)))
        for (identity, title, section, text, _), language in pending
    ]
    connection.executemany("DELETE FROM words WHERE rowid = ?", [(row[0],) for row in new])
    connection.executemany("INSERT INTO words (rowid, title, section, text, compounds) VALUES (?, ?, ?, ?, ?)", new)
    connection.executemany("UPDATE passages SET lexicon = ? WHERE id = ?", [(LEXICON_VERSION, row[0]) for row in new])


def has_former_index(connection: sqlite3.Connection) -> bool:
    """Whether there still is the index of before the lexicon. It holds every passage as long as it is there."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'lexical'").fetchone() is not None


def _next_document(connection: sqlite3.Connection) -> str | None:
    """A document with passages that are to be analysed. Two ranges, so that the index tells."""
    for where in (f"< {LEXICON_VERSION}", f"> {LEXICON_VERSION}"):
        row = connection.execute(f"SELECT sha256 FROM passages WHERE lexicon {where} LIMIT 1").fetchone()
        if row is not None:
            return str(row[0])
    return None
