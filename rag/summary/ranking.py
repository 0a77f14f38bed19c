"""Ranking: how much each sentence of a document carries of it. Pure; no model.

Centrality among its neighbours by LexRank (Erkan & Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
Summarization", JAIR 2004; the continuous one, close to TextRank, Mihalcea & Tarau 2004), nearness to the centroid of
all (Radev et al., "Centroid-based summarization of multiple documents", 2004), where it stands and what it shares with
its headings (Edmundson, "New Methods in Automatic Extracting", JACM 1969), and what a focus asks for.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.emphasis import without_emphasis
from rag.ground.words import ANAPHORS
from rag.overlap import WORD, Weights, content_stems
from rag.protocol import Passage, Span
from rag.repetition import SENTENCE_ENDS
from rag.sentences import sentence_spans
from rag.summary.outline import Section

NEIGHBOURS = 160
"""Sentences that are compared with each other: the graph of more costs by the square."""
DAMPING = 0.85
"""d of the paper: the share of the walk that follows likeness."""
ROUNDS = 30
"""Of the power iteration."""
FEWEST_WORDS, MOST_WORDS = 6, 45
"""A sentence with fewer says little by itself, one with more is no sentence to read in a summary."""
FIRST_OF_ALL, FIRST_OF_SECTION, IN_HEADING = 0.3, 0.15, 0.2
"""What the first sentence of a document, that of a section, and one that says the words of its headings count more."""
OF_CENTRALITY = 0.3
"""How much centrality counts beside what a focus asks for."""

_ENDS = tuple(
    f"{end}{closing}" for end in (*SENTENCE_ENDS, "！", "？") for closing in ("", '"', "”", "»", ")", "’", "“")
)
_CELLS = " | "
_MOST_COLONS = 3
_LIST_MARK = re.compile(r"(?:[-*+•▪◦‣·–—]|\(?\w{1,2}[.)])\s+")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"[^\W\d_]+\s+(?:\d+[a-zA-Z]?|[IVXLC]+|[A-Z])\.")
"""“Item 1.”, “Part II.”, “Appendix B.”: what a table of contents is full of."""
_LABEL = re.compile(r"[^\W\d_]:(?=\s)")
"""What a field of a form ends with."""


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A sentence of a document: where it stands, and how much it carries (``score`` in [0, 1], the more the better).

    ``section`` is the place of its section in the outline; ``span`` lies in the text of its passage.
    """

    passage: Passage
    span: Span
    section: int
    stems: frozenset[str]
    score: float

    @property
    def text(self) -> str:
        """The sentence on one line, as it is read."""
        return without_emphasis(" ".join(self.passage.text[slice(*self.span)].split()))


def ranked(
    sections: Sequence[Section], focus: str = "", favoured: Mapping[int, float] | None = None
) -> tuple[Candidate, ...]:
    """The sentences of ``sections`` in reading order, with their scores.

    ``favoured`` says how near passages (by number) are in meaning to the ``focus``, in [0, 1]. Headings and the like
    are among them only where a section has nothing else.
    """
    found = [
        Candidate(passage, span, place, content_stems(passage.text[slice(*span)]), 0.0)
        for place, section in enumerate(sections)
        for passage in section.passages
        for span in map(functools.partial(_without_mark, passage.text), sentence_spans(passage.text))
    ]
    forms = [_LABELS if _is_title(candidate) else form_of(candidate.text) for candidate in found]
    has_sentences = {candidate.section for candidate, form in zip(found, forms, strict=True) if form >= _WHOLE}
    least = _LABELS + 0.1 if any(form > _LABELS for form in forms) else _LABELS
    kept = [
        (candidate, form)
        for candidate, form in zip(found, forms, strict=True)
        if form >= _WHOLE or (form >= least and candidate.section not in has_sentences)
    ]
    if not kept:
        return ()
    weights = Weights([candidate.stems for candidate, _ in kept])
    idf = {stem: weights.of((stem,)) for candidate, _ in kept for stem in candidate.stems}
    centrality = _centrality([candidate for candidate, _ in kept], idf)
    opens = _openers([candidate for candidate, _ in kept])
    titles = {
        path: content_stems(path) for path in {f"{one.passage.document} {one.passage.section}" for one, _ in kept}
    }
    wanted = content_stems(focus)
    scored: list[Candidate] = []
    for (candidate, form), central, opening in zip(kept, centrality, opens, strict=True):
        title = titles[f"{candidate.passage.document} {candidate.passage.section}"]
        named = weights.of(title & candidate.stems) / weights.of(title) if title else 0.0
        score = form * min(1.0, (central + opening + IN_HEADING * named) / _BEST)
        if wanted or favoured:
            score = OF_CENTRALITY * score + (1.0 - OF_CENTRALITY) * form * _relevance(
                candidate, wanted, weights, favoured or {}
            )
        scored.append(dataclasses.replace(candidate, score=score))
    return tuple(scored)


_BEST = 1.0 + FIRST_OF_ALL + IN_HEADING
_LABELS = 0.1
"""The form of what says nothing by itself: it is quoted only where a document has nothing else."""
_WHOLE = 0.5
"""The form of a whole sentence, at least."""


def _is_title(candidate: Candidate) -> bool:
    """Whether it is the heading of its own section, or of one around that."""
    return candidate.text.lstrip("# ") in candidate.passage.section.split(" › ")


def _without_mark(text: str, span: Span) -> Span:
    """The span of a sentence without the mark that it begins with as an item of a list."""
    mark = _LIST_MARK.match(text, *span)
    return (mark.end(), span[1]) if mark is not None and mark.end() < span[1] else span


def form_of(sentence: str) -> float:
    """How far a piece of text is a sentence that can be read alone, in [0, 1]; 0 where it has no word."""
    words = WORD.findall(sentence)
    if not words or not _LETTERS.search(sentence):
        return 0.0
    if _CELLS in sentence:
        return 0.3
    if sentence.endswith((":", "：")) or sentence.count(":") >= _MOST_COLONS or _NUMBERED.fullmatch(sentence):
        return _LABELS  # labels of a form, the number of a part, or what only says that something follows
    if not sentence.endswith(_ENDS):
        return _LABELS if len(_LABEL.findall(sentence)) > 1 else 0.2
    count = word_count(sentence)
    form = 1.0
    if count < FEWEST_WORDS or count > MOST_WORDS:
        form -= 0.3
    if any(map(str.isdigit, sentence.split(maxsplit=1)[0])):
        form -= 0.2  # a date, a number of a list: rather a title than a statement
    if sentence.endswith(("?", "？")):
        form -= 0.3
    if words[0].casefold() in ANAPHORS or not sentence[0].isalnum() or sentence[0].islower():
        form -= 0.2
    return max(_WHOLE - 0.1 if count < FEWEST_WORDS // 2 else _WHOLE, form)


def word_count(sentence: str) -> int:
    """About how many words a sentence has; scripts without spaces have few words and many letters."""
    return max(len(sentence.split()), len(sentence) // 12)


def _centrality(candidates: Sequence[Candidate], idf: Mapping[str, float]) -> list[float]:
    """In [0, 1]: half centrality among its neighbours, half nearness to the centroid of all."""
    centroid: dict[str, float] = {}
    for candidate in candidates:
        for stem in candidate.stems:
            centroid[stem] = centroid.get(stem, 0.0) + idf[stem]
    length = float(np.sqrt(sum(value * value for value in centroid.values()))) or 1.0
    near = np.array([_cosine(candidate.stems, centroid, length, idf) for candidate in candidates])
    near /= near.max() or 1.0
    ranks = np.zeros(len(candidates))
    for begin in range(0, len(candidates), NEIGHBOURS):
        part = slice(begin, begin + NEIGHBOURS)
        ranks[part] = lexrank([candidate.stems for candidate in candidates[part]], idf)
    return [float(value) for value in 0.5 * near + 0.5 * ranks]


def lexrank(sentences: Sequence[frozenset[str]], idf: Mapping[str, float]) -> NDArray[np.float64]:
    """The centrality of each of ``sentences`` (stems) among them, the most central one's 1; shape (sentences,)."""
    places = {stem: place for place, stem in enumerate(dict.fromkeys(stem for one in sentences for stem in one))}
    vectors = np.zeros((len(sentences), max(1, len(places))))
    for row, stems in enumerate(sentences):
        for stem in stems:
            vectors[row, places[stem]] = idf[stem]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    sums = likeness.sum(axis=1, keepdims=True)
    # Where a sentence is like none, the walk goes anywhere.
    steps = np.divide(likeness, sums, out=np.full_like(likeness, 1.0 / len(sentences)), where=sums > 0)
    rank = np.full(len(sentences), 1.0 / len(sentences))
    for _ in range(ROUNDS):
        rank = DAMPING * (rank @ steps) + (1.0 - DAMPING) / len(sentences)
    return np.asarray(rank / rank.max(), dtype=np.float64)


def _cosine(stems: frozenset[str], centroid: Mapping[str, float], length: float, idf: Mapping[str, float]) -> float:
    own = float(np.sqrt(sum(idf[stem] ** 2 for stem in stems)))
    return sum(idf[stem] * centroid[stem] for stem in stems) / (own * length) if own else 0.0


def _openers(candidates: Sequence[Candidate]) -> list[float]:
    """What a sentence has for its place: the first often says what all of it is about."""
    seen: set[str | int] = set()
    found: list[float] = []
    for candidate in candidates:
        firsts: dict[str | int, float] = {candidate.passage.sha256: FIRST_OF_ALL, candidate.section: FIRST_OF_SECTION}
        found.append(max((value for key, value in firsts.items() if key not in seen), default=0.0))
        seen.update(firsts)
    return found


def _relevance(candidate: Candidate, wanted: frozenset[str], weights: Weights, favoured: Mapping[int, float]) -> float:
    named = content_stems(candidate.passage.section) & wanted
    by_words = weights.of((candidate.stems | named) & wanted) / weights.of(wanted) if wanted else 0.0
    return max(min(1.0, by_words), 0.8 * favoured.get(candidate.passage.number, 0.0))
