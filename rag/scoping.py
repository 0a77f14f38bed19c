"""Scope: which documents a question is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rag.errors import LibraryProblem, PhialError
from rag.protocol import EVERYWHERE, Scope
from rag.stores.records import Records


class Scoper:
    """Says which documents a scope stands for."""

    def __init__(self, records: Records, note_interest: Callable[[Iterable[str]], None]) -> None:
        """``note_interest`` is given what a scope names, and the documents it stands for (SHA-256 sums)."""
        self._records = records
        self._note_interest = note_interest

    def documents_in(self, scope: Scope) -> tuple[str, ...] | None:
        """The documents that ``scope`` stands for; None: all.

        Raises PhialError LIBRARY_EMPTY, SCOPE_EMPTY.
        """
        if scope == EVERYWHERE:
            if self._records.totals()[1] == 0:
                raise PhialError(LibraryProblem.LIBRARY_EMPTY)
            return None
        self._note_interest(scope.documents)
        found: dict[str, None] = {}
        for entry in scope.documents:
            known = [document.sha256 for document in self._records.documents([entry])]
            sha256s = known or self._records.paths_within(entry).values()
            if not any(sha256s):
                raise PhialError(LibraryProblem.SCOPE_EMPTY, path=entry)
            found.update(dict.fromkeys(sha256 for sha256 in sha256s if sha256))
        self._note_interest(found)
        return tuple(found)
