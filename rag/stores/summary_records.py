"""What library.db keeps of summaries: what a model wrote of each part, as long as all of its documents are there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rag.stores.database import Database


class SummaryRecords:
    """A model's words by the key of what it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def written(self, keys: Sequence[str]) -> dict[str, str]:
        """What was written under those of the ``keys`` that are here."""
        rows = self._database.reader.execute(
            "SELECT key, text FROM summary_parts WHERE key IN (SELECT value FROM json_each(?))", (json.dumps([*keys]),)
        )
        return {row[0]: row[1] for row in rows}

    def keep(self, key: str, text: str, sha256s: Sequence[str]) -> None:
        """Keep what was written of the documents ``sha256s``; forgetting any of them erases it.

        Raises RowGone where one of them was forgotten meanwhile.
        """
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO summary_parts (key, text) VALUES (?, ?)", (key, text))
            connection.executemany(
                "INSERT OR IGNORE INTO summary_sources (key, sha256) VALUES (?, ?)",
                [(key, sha256) for sha256 in sha256s],
            )
