"""The lexical index over passages: which of them say a question's words, ranked, in a bounded time."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence

from rag.lexicon import LexicalQuery, Quotation, halves, spelling
from rag.lexicon.scripts import is_run
from rag.stores.analysed_records import has_former_index
from rag.stores.database import Database

ROWS = 20_000
"""Matching passages that are ranked at most: ranking reads the lengths of each, and is what a search waits for."""

RANGES = 4
"""Stretches of passage ids that a scope is looked up in at most; each costs a pass over the words' own lists."""

MOST_TERMS = 64
"""Terms of a question that are weighed where there is too much to rank: the longest, which are likely the rarest."""

QUOTED_ROWS = 2_000
"""Passages whose text is compared with what a question quotes, at most."""

_WEIGHTS = {
    "words": "2.0, 1.5, 1.0, 0.1",
    "lexical": "2.0, 1.5, 1.0",
}
"""What a term in title, section, text, and as a part of a long word is worth; of the former index too."""

_PARTS = "compounds : "
"""Before a term that is looked for as a part of long words alone."""

Range = tuple[int, int]
"""The first and the last id."""

Hits = list[tuple[int, float]]


class LexicalRecords:
    """Passages by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lexical(self, query: LexicalQuery, limit: int, sha256s: Sequence[str] | None = None) -> Hits:
        """Passages that match any term of ``query``, best first, with their BM25 (higher is better).

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 computes it; a
        word in the document's title or the section's heading counts more than one in the text. Where more than ROWS
        passages could match, the rarest terms alone are looked up, as many as stay within ROWS: the others say least.
        What says all that the question quotes, to the letter, comes first, whatever its score.
        """
        with self._database.snapshot() as connection:
            if has_former_index(connection):
                return self._ranked("lexical", [_phrase([word]) for word in query.words], limit, sha256s)
            hits = self._ranked("words", self._expressions(query), limit, sha256s)
            quoting = dict(self._quoting(query, sha256s)) if query.quotations else {}
        scores = quoting | dict(hits)
        return sorted(scores.items(), key=lambda hit: (hit[0] not in quoting, -hit[1], hit[0]))[:limit]

    def _expressions(self, query: LexicalQuery) -> list[str]:
        """What is looked up, as FTS5 writes it: terms, the halves of long words, and what has a word as a part."""
        terms = dict.fromkeys(query.terms)
        for stem in query.compounds:
            terms.update(dict.fromkeys(halves(stem, self._is_known)))
        asked = [f"{_phrase([term])} *" if is_run(term) and len(term) == 1 else _phrase([term]) for term in terms]
        for stem in query.compounds:
            asked += [f"{_PARTS}{_phrase([form])} *" for form in (stem, stem[::-1])]
        return asked

    def _ranked(self, index: str, asked: Sequence[str], limit: int, sha256s: Sequence[str] | None) -> Hits:
        """What matches any of ``asked``, which are FTS5's own expressions, in one of the two indexes."""
        if not asked:
            return []
        scope, values = self._scope(sha256s, index)
        found: Hits = []
        ranges = self._ranges(sha256s)
        for first, last in ranges:
            expression = " OR ".join(self._rarest(index, asked, (first, last), ROWS // len(ranges)))
            found += self._database.reader.execute(
                f"SELECT rowid, -bm25({index}, {_WEIGHTS[index]}) AS score FROM {index}"
                f" WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3{scope}"
                f" ORDER BY score DESC, rowid LIMIT {limit:d}",
                (expression, first, last, *values),
            )
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _quoting(self, query: LexicalQuery, sha256s: Sequence[str] | None) -> Iterator[tuple[int, float]]:
        """The passages that say everything that is quoted, to the letter, with their BM25."""
        expression = " AND ".join(f"({' OR '.join(map(_phrase, one.terms))})" for one in query.quotations if one.terms)
        if not expression:
            return
        scope, values = self._scope(sha256s, "words")
        rows = self._database.reader.execute(
            "SELECT p.id, score, p.title, p.section, p.text FROM (SELECT rowid AS id,"
            f" -bm25(words, {_WEIGHTS['words']}) AS score FROM words WHERE words MATCH ?1"
            f" AND rowid BETWEEN ?2 AND ?3{scope} ORDER BY rowid LIMIT {QUOTED_ROWS})"
            " JOIN passages p USING (id)",
            (expression, 0, 1 << 62, *values),
        )
        for identity, score, *parts in rows:
            if _says(query.quotations, parts):
                yield identity, score

    def _scope(self, sha256s: Sequence[str] | None, index: str) -> tuple[str, tuple[str, ...]]:
        """The end of a query whose values two and three are the first and the last id, and its fourth value."""
        if sha256s is None:
            return "", ()
        # The plus keeps FTS5 from looking up one id after the other.
        scope = (
            f" AND +{index}.rowid IN (SELECT id FROM passages WHERE sha256 IN (SELECT value FROM json_each(?4))"
            " AND id BETWEEN ?2 AND ?3)"
        )
        return scope, (json.dumps([*sha256s]),)

    def _ranges(self, sha256s: Sequence[str] | None) -> list[Range]:
        """The stretches of ids in which the passages of these documents lie: those of a document are neighbours."""
        where = "" if sha256s is None else " WHERE sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256"
        rows = self._database.reader.execute(
            f"SELECT min(id), max(id) FROM passages{where}", () if sha256s is None else (json.dumps([*sha256s]),)
        )
        return joined([(first, last) for first, last in rows if first is not None])

    def _rarest(self, index: str, asked: Sequence[str], within: Range, most: int) -> list[str]:
        """Those that match at most so many passages together, the rarest first; at least one."""
        if within[1] - within[0] < most:
            return [*asked]
        # Words before what they may be a part of.
        asked = sorted(asked, key=lambda one: (one.startswith(_PARTS), -len(one)))[:MOST_TERMS]
        frequencies = [self._frequency(index, term, within) for term in asked]
        ordered = sorted(zip(frequencies, range(len(asked)), strict=True))
        sums = itertools.accumulate(frequency for frequency, _ in ordered)
        chosen = {place for (_, place), together in zip(ordered, sums, strict=True) if together <= most}
        # What matches nothing is no help where everything else is too common.
        least = next((place for frequency, place in ordered if frequency), 0)
        return [asked[place] for place in sorted(chosen | {least})]

    def _frequency(self, index: str, expression: str, within: Range) -> int:
        row = self._database.reader.execute(
            f"SELECT count(*) FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ?", (expression, *within)
        ).fetchone()
        return int(row[0])

    def _is_known(self, term: str) -> bool:
        """Whether ``term`` stands in a passage."""
        row = self._database.reader.execute(
            "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (f"{{title section text}} : {_phrase([term])}",)
        ).fetchone()
        return row is not None


def _phrase(terms: Sequence[str]) -> str:
    """Terms that follow each other, for FTS5: quoted, so that nothing in them is ever syntax."""
    return '"' + " ".join(term.replace('"', " ") for term in terms) + '"'


def _says(quotations: Sequence[Quotation], parts: Sequence[str]) -> bool:
    spellings = [spelling(part) for part in parts]
    return all(any(one.written in spelled for spelled in spellings) for one in quotations)


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
