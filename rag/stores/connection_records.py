"""The ledger of connections, as library.db keeps it: each is written down before it is opened."""

from __future__ import annotations

import time

from rag.protocol import FOR_AN_UPDATE, Connection
from rag.stores.database import Database

_FOR_A_MODEL = "model "
"""Begins what a connection for a model is said to be for."""


class ConnectionRecords:
    """Every connection that the program ever made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, address: str, model: str) -> int:
        """The number of a connection to ``address`` for ``model``, about to be opened. Raises PhialError DISK_FULL…."""
        return self._begin(address, _FOR_A_MODEL + model)

    def begin_update(self, address: str, version: str) -> int:
        """The same, of one for a newer ``version`` of this program, "" where it is only looked whether there is one."""
        return self._begin(address, f"{FOR_AN_UPDATE} {version}".rstrip())

    def _begin(self, address: str, purpose: str) -> int:
        with self._database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO connections (at, address, purpose) VALUES (?, ?, ?) RETURNING rowid",
                (time.time(), address, purpose),
            ).fetchone()
        return int(row[0])

    def end(self, number: int, received: int, outcome: str) -> None:
        """A connection is closed: how many bytes came through it, and what became of it."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE connections SET bytes = ?, outcome = ? WHERE rowid = ?", (received, outcome, number)
            )

    def all(self) -> tuple[Connection, ...]:
        """Each of them, oldest first."""
        rows = self._database.reader.execute(
            "SELECT at, address, purpose, bytes, outcome FROM connections ORDER BY at, rowid"
        )
        return tuple(
            Connection(at, address, purpose.removeprefix(_FOR_A_MODEL), received, outcome)
            for at, address, purpose, received, outcome in rows
        )

    def listed(self) -> tuple[str, ...]:
        """A line for each, oldest first: when (UTC), where to, what for, what became of it, how many bytes came."""
        rows = self._database.reader.execute(
            "SELECT datetime(at, 'unixepoch'), address, purpose, outcome, bytes FROM connections ORDER BY at, rowid"
        )
        return tuple(
            f"{at} {address} {purpose}" + (f" ({outcome}, {received} B)" if outcome else "")
            for at, address, purpose, outcome, received in rows
        )
