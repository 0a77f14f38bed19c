"""What library.db knows of collections. What keeps them when a file is edited stands in the schema."""

from __future__ import annotations

import time
from collections.abc import Iterable

from rag.stores.database import Database
from rag.stores.rows import stored_path


class CollectionRecords:
    """Collections by name. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collections(self) -> dict[str, int]:
        """The names of all collections, and how many documents are in each."""
        rows = self._database.reader.execute(
            "SELECT name, count(key) FROM collections LEFT JOIN collected ON collection = name GROUP BY name"
        )
        return dict(sorted(rows, key=lambda row: (row[0].casefold(), row[0])))

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of the documents in a collection."""
        rows = self._database.reader.execute("SELECT key FROM collected WHERE collection = ? ORDER BY key", (name,))
        return tuple(row[0] for row in rows)

    def change(self, name: str, add: Iterable[str], take: Iterable[str]) -> None:
        """Put documents (by key) into a collection, which is made where there is none, and take others out of it."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO collections (name, added) VALUES (?, ?)", (name, time.time()))
            connection.executemany(
                "INSERT OR IGNORE INTO collected (collection, key) VALUES (?, CAST(? AS TEXT))",
                [(name, stored_path(key)) for key in add],
            )
            connection.executemany(
                "DELETE FROM collected WHERE collection = ? AND key = CAST(? AS TEXT)",
                [(name, stored_path(key)) for key in take],
            )

    def rename(self, name: str, new_name: str) -> None:
        """Give a collection another name, which no other one has."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE collections SET name = ? WHERE name = ?", (new_name, name))

    def delete(self, name: str) -> None:
        """Undo a collection; its documents stay."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM collections WHERE name = ?", (name,))
