"""Scope: which documents a question is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rag.collecting import Collecting
from rag.days import day_range
from rag.errors import LibraryProblem, PhialError
from rag.protocol import EVERYWHERE, Scope
from rag.stores.records import Records
from rag.stores.scope_records import Member, ScopeRecords

_OPEN = "…"
"""How the open end of a range of days is written."""


class Scoper:
    """Says which documents a scope stands for."""

    def __init__(
        self,
        records: Records,
        scopes: ScopeRecords,
        collections: Collecting,
        note_interest: Callable[[Iterable[str]], None] = lambda _: None,
    ) -> None:
        """``note_interest`` is given what a scope names, and the documents it stands for (SHA-256 sums)."""
        self._records = records
        self._scopes = scopes
        self._collections = collections
        self._note_interest = note_interest

    def left_out(self, without: Iterable[str]) -> frozenset[str]:
        """What ``without`` (paths of files or folders, keys, SHA-256 sums) names, by key and by SHA-256."""
        named = {entry for entry in without if entry}
        at = [member for entry in named for member in self._scopes.at(entry)]
        return frozenset(named).union(*((member.key, member.sha256) for member in at)) - {""}

    def documents_in(self, scope: Scope, without: Iterable[str] = ()) -> tuple[str, ...] | None:
        """The documents that ``scope`` stands for, by SHA-256, those that have been read; None: all.

        Those that ``without`` names are none of them: where no other is left, it is as if there were none. Raises
        PhialError LIBRARY_EMPTY, SCOPE_EMPTY, COLLECTION_EMPTY, COLLECTION_UNKNOWN, DATES_EMPTY, DATE_WRONG.
        """
        if scope == EVERYWHERE:
            if self._records.totals()[1] == 0:
                raise PhialError(LibraryProblem.LIBRARY_EMPTY)
            left_out = self.left_out(without)
            others = self._scopes.all_but(left_out) if left_out else ()
            if left_out and not others:
                raise PhialError(LibraryProblem.LIBRARY_EMPTY)
            return others or None
        sha256s = tuple(member.sha256 for member in self.members(scope, is_read=True, without=without))
        self._note_interest(sha256s)
        return sha256s

    def members(self, scope: Scope, *, is_read: bool = False, without: Iterable[str] = ()) -> tuple[Member, ...]:
        """Every document that ``scope`` stands for, also those still to be read, unless it ``is_read`` that counts.

        Raises what ``documents_in`` raises, for each part of the scope in which there is nothing; where ``without``
        leaves nothing of any, for the first.
        """
        self._note_interest(scope.documents)
        since, until = day_range(scope.since, scope.until)
        found: dict[Member, None] = {}
        emptied: list[PhialError] = []
        left_out = self.left_out(without)

        def take(members: Iterable[Member], nothing: PhialError) -> None:
            counted = [member for member in members if member.sha256 or not is_read]
            if not counted:
                raise nothing
            emptied.append(nothing)
            found.update(dict.fromkeys(member for member in counted if member.key not in left_out))

        for entry in scope.documents:
            take(self._scopes.at(entry), PhialError(LibraryProblem.SCOPE_EMPTY, path=entry))
        for name in scope.collections:
            known = self._collections.known(name)
            take(self._scopes.collected(known), PhialError(LibraryProblem.COLLECTION_EMPTY, name=known))
        if not scope.documents and not scope.collections:
            take(self._scopes.everything(), PhialError(LibraryProblem.LIBRARY_EMPTY))
        if not found:
            raise emptied[0]
        if not since and not until:
            return tuple(found)
        dated = self._scopes.dated(tuple(found), since, until)
        if not dated:
            raise PhialError(LibraryProblem.DATES_EMPTY, since=since or _OPEN, until=until or _OPEN)
        return dated
