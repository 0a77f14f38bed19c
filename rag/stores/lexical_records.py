"""The lexical index over passages: which of them say a question's words, ranked, in a bounded time."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

from rag.stores.database import Database

ROWS = 20_000
"""Matching passages that are ranked at most: ranking reads the lengths of each, and is what a search waits for."""

RANGES = 4
"""Stretches of passage ids that a scope is looked up in at most; each costs a pass over the words' own lists."""

MOST_TERMS = 64
"""Terms of a question that are weighed where there is too much to rank: the longest, which are likely the rarest."""

Range = tuple[int, int]
"""The first and the last id."""


class LexicalRecords:
    """Passages by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lexical(
        self, terms: Sequence[str], limit: int, sha256s: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Passages that match any of the FTS5 ``terms``, best first, with their BM25 (higher is better).

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 computes it; a
        word in the document's title or the section's heading counts more than one in the text. Where more than ROWS
        passages could match, the rarest terms alone are looked up, as many as stay within ROWS: the others say least.
        """
        if not terms:
            return []
        scope = ""
        values: tuple[str, ...] = ()
        if sha256s is not None:
            # The plus keeps FTS5 from looking up one id after the other.
            scope = (
                " AND +lexical.rowid IN (SELECT id FROM passages WHERE sha256 IN (SELECT value FROM json_each(?4))"
                " AND id BETWEEN ?2 AND ?3)"
            )
            values = (json.dumps([*sha256s]),)
        found: list[tuple[int, float]] = []
        ranges = self._ranges(sha256s)
        for first, last in ranges:
            query = " OR ".join(self._rarest(terms, (first, last), ROWS // len(ranges)))
            found += self._database.reader.execute(
                "SELECT rowid, -bm25(lexical, 2.0, 1.5, 1.0) AS score FROM lexical"
                f" WHERE lexical MATCH ?1 AND rowid BETWEEN ?2 AND ?3{scope}"
                f" ORDER BY score DESC, rowid LIMIT {limit:d}",
                (query, first, last, *values),
            )
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _ranges(self, sha256s: Sequence[str] | None) -> list[Range]:
        """The stretches of ids in which the passages of these documents lie: those of a document are neighbours."""
        where = "" if sha256s is None else " WHERE sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256"
        rows = self._database.reader.execute(
            f"SELECT min(id), max(id) FROM passages{where}", () if sha256s is None else (json.dumps([*sha256s]),)
        )
        return joined([(first, last) for first, last in rows if first is not None])

    def _rarest(self, terms: Sequence[str], within: Range, most: int) -> list[str]:
        """Those of the terms that match at most so many passages together, the rarest first; at least one."""
        if within[1] - within[0] < most:
            return [*terms]
        terms = sorted(terms, key=len, reverse=True)[:MOST_TERMS]
        frequencies = [self._frequency(term, within) for term in terms]
        ordered = sorted(zip(frequencies, range(len(terms)), strict=True))
        sums = itertools.accumulate(frequency for frequency, _ in ordered)
        chosen = {place for (_, place), together in zip(ordered, sums, strict=True) if together <= most}
        # What matches nothing is no help where everything else is too common.
        least = next((place for frequency, place in ordered if frequency), 0)
        return [terms[place] for place in sorted(chosen | {least})]

    def _frequency(self, term: str, within: Range) -> int:
        row = self._database.reader.execute(
            "SELECT count(*) FROM lexical WHERE lexical MATCH ? AND rowid BETWEEN ? AND ?", (term, *within)
        ).fetchone()
        return int(row[0])


def joined(ranges: Sequence[Range]) -> list[Range]:
    """The ranges in order, at most RANGES of them: neighbours are joined, first those with the least between them."""
    ordered: list[Range] = []
    for first, last in sorted(ranges):
        if ordered and first <= ordered[-1][1] + 1:
            ordered[-1] = (ordered[-1][0], max(last, ordered[-1][1]))
        else:
            ordered.append((first, last))
    gaps = sorted(range(1, len(ordered)), key=lambda place: ordered[place][0] - ordered[place - 1][1])
    parted = sorted(gaps[len(gaps) - RANGES + 1 :] if len(gaps) >= RANGES else gaps)
    ends = itertools.pairwise([0, *parted, len(ordered)])
    return [(ordered[begin][0], ordered[end - 1][1]) for begin, end in ends if begin < end]
