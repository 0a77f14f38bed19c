"""A comparison: in what documents can be compared, and which of their sentences say it. Pure."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Sequence

from rag.ground.words import MEASURES
from rag.overlap import WORD, Weights, content_stems, is_content, stem
from rag.summary.outline import Section, headings
from rag.summary.ranking import Candidate

MOST_ASPECTS = 8
FEWEST_SHARED = 2
"""Documents that a section's name or a word must stand in, to be an aspect of the comparison."""
LARGEST_SHARE = 0.5
"""Of a document's passages, under a heading that is an aspect of it."""
FEWEST_TIMES = 3
"""How often a word must stand in a document, to be one that the document is about."""
ENOUGH_OF_AN_ASPECT = 0.5
"""The weighted share of an aspect's words that a sentence, with the headings above it, must hold."""

_BETWEEN = re.compile(r"[,;\n]+")
_NUMBERING = re.compile(
    r"(?:(?:item|note|part|section|chapter|article|annex)\s+[\dIVXLC]+[A-Za-z]?\s*[.:–—-]*|[\d.]+|[A-Za-z][.)]|[IVXLC]+\.)\s+",
    re.IGNORECASE,
)
_SHORTEST_TOPIC = 4


@dataclasses.dataclass(frozen=True)
class Aspect:
    """What a row of a comparison is about."""

    name: str
    stems: frozenset[str]


def aspects(
    outlines: Sequence[Sequence[Section]], ranked: Sequence[Sequence[Candidate]], focus: str
) -> tuple[Aspect, ...]:
    """In what the documents with these outlines and sentences are compared, MOST_ASPECTS at most.

    What the ``focus`` names (between commas); else the names of sections that documents share, and where these are
    few, the words that their central sentences share.
    """
    named = [_aspect(part.strip()) for part in _BETWEEN.split(focus) if part.strip()]
    if focus:
        return tuple(aspect for aspect in named if aspect.stems)[:MOST_ASPECTS]
    found = _shared_sections(outlines)
    if len(found) < MOST_ASPECTS // 2:
        known = frozenset().union(*(aspect.stems for aspect in found))
        found += [topic for topic in _shared_topics(ranked) if not topic.stems & known]
    return tuple(found[:MOST_ASPECTS])


def saying(candidates: Sequence[Candidate], aspect: Aspect, count: int) -> tuple[Candidate, ...]:
    """The sentences that say most of ``aspect``, ``count`` at most, best first; none where nothing speaks of it."""
    weights = Weights([candidate.stems for candidate in candidates])
    whole = weights.of(aspect.stems)
    found: list[Candidate] = []
    for candidate in candidates:
        under = frozenset().union(*map(content_stems, headings(candidate.passage)))
        said = weights.of(aspect.stems & (candidate.stems | under)) / whole if whole else 0.0
        if said >= ENOUGH_OF_AN_ASPECT:
            # What stands under its name is about it; what only says the name may be a reference to it.
            about = 1.0 if aspect.stems <= under else 0.5 * said
            found.append(dataclasses.replace(candidate, score=0.5 * about + 0.5 * candidate.score))
    return tuple(sorted(found, key=lambda candidate: -candidate.score)[:count])


def _aspect(name: str) -> Aspect:
    return Aspect(name, content_stems(name))


def _shared_sections(outlines: Sequence[Sequence[Section]]) -> list[Aspect]:
    """The names of sections, of any level, that most documents share: the longest of them, in the order they come."""
    names: dict[frozenset[str], str] = {}
    held: collections.Counter[frozenset[str]] = collections.Counter()
    sizes: collections.Counter[frozenset[str]] = collections.Counter()
    for sections in outlines:
        under = _passages_under(sections)
        whole = sum(len(section.passages) for section in sections)
        for name, size in under.items():
            stems = content_stems(name)
            # What stands above most of a document is its title.
            if stems and size <= LARGEST_SHARE * whole:
                names.setdefault(stems, name)
                held[stems] += 1
                sizes[stems] += size
    shared = [stems for stems in names if held[stems] >= FEWEST_SHARED]
    longest = sorted(shared, key=lambda stems: (-held[stems], -sizes[stems]))[:MOST_ASPECTS]
    return [Aspect(names[stems], stems) for stems in shared if stems in longest]


def _passages_under(sections: Iterable[Section]) -> dict[str, int]:
    """How many passages stand under each heading, without the number that it may begin with."""
    counts: dict[frozenset[str], tuple[str, int]] = {}
    for section in sections:
        for passage in section.passages:
            for name in {_NUMBERING.sub("", heading).strip() for heading in headings(passage)}:
                stems = content_stems(name)
                first, count = counts.get(stems, (name, 0))
                counts[stems] = (first, count + 1)
    return dict(counts.values())


def _shared_topics(ranked: Sequence[Sequence[Candidate]]) -> list[Aspect]:
    """The words that weigh most in the sentences of several documents, as these most often write them."""
    weight: dict[str, float] = {}
    held: collections.Counter[str] = collections.Counter()
    forms: dict[str, collections.Counter[str]] = {}
    for candidates in ranked:
        own: dict[str, float] = {}
        times: collections.Counter[str] = collections.Counter()
        for candidate in candidates:
            for word in WORD.findall(candidate.text):
                if len(word) >= _SHORTEST_TOPIC and is_content(word) and word.casefold() not in MEASURES:
                    own[stem(word)] = own.get(stem(word), 0.0) + candidate.score
                    times[stem(word)] += 1
                    forms.setdefault(stem(word), collections.Counter())[word.casefold()] += 1
        total = sum(own.values()) or 1.0
        for one, value in own.items():
            if times[one] < FEWEST_TIMES:
                continue
            weight[one] = weight.get(one, 0.0) + value / total
            held[one] += 1
    shared = [one for one in sorted(weight, key=lambda one: -weight[one]) if held[one] >= FEWEST_SHARED]
    return [Aspect(forms[one].most_common(1)[0][0], frozenset({one})) for one in shared[:MOST_ASPECTS]]
