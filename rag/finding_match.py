"""How fully a passage says what a question seeks, sentence by sentence. Pure; no model.

A sentence must hold the question's words in any inflection, a figure for each of its figures, and its quoted phrases to
the letter. A word may also stand in the heading above, or beside the sentence; a figure must be the one that the words
are about, and what is denied is not what was asked for, unless that was asked for.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from rag.finding_question import Sought, phrase_of
from rag.finding_sentences import Sentence, found_in, says, sentence_of, words_of
from rag.ground.figures import Figure
from rag.protocol import Span
from rag.repetition import SENTENCE_ENDS
from rag.sentences import sentence_spans

ENOUGH = 0.7
"""The strength from which on something counts as found; calibrated with benchmarks/find_all.py."""

IN_HEADING = 0.9
BESIDE = 0.3
"""What a word counts that stands in the heading above a sentence, or in the sentence before or behind it."""
MEANT_BESIDE = 0.8
"""What it counts there where the sentence, or that one, refers back ("It lasts 30 days")."""
UNSAID = 0.35
"""The most strength without a figure, a name or a phrase that was asked for, or of what is denied."""
NEAR, FAR = 3, 8
"""Words between two that belong together in the question: so many say the same, so many may say anything."""
IN_A_NAME = 1
"""Words between two of one name, at most: a middle one, or none in "Havel, Marta"."""
APART = 0.8
"""What two words count that are that far apart."""
UNFINISHED = 0.9
"""What words alone count that end as no sentence does, a heading: of two that say it, the sentence is quoted."""
OF_KIND = 0.25
"""How much a word says that only names the kind of document."""


@dataclasses.dataclass(frozen=True)
class Weights:
    """How much each sought word says: the rarer, the more. Figures and phrases say as much as the rarest word can."""

    words: tuple[float, ...]
    most: float

    @classmethod
    def of(cls, sought: Sought, frequencies: Sequence[int], passages: int) -> Weights:
        """For sought words that begin in so many of all ``passages`` (Spärck Jones, 1972)."""
        rarity = tuple(
            math.log(1.0 + (passages + 1.0) / (max(1, frequency) + 1.0)) * (OF_KIND if word.is_kind else 1.0)
            for word, frequency in zip(sought.words, frequencies, strict=True)
        )
        return cls(rarity, max(rarity, default=1.0))


@dataclasses.dataclass(frozen=True)
class Around:
    """What is known of a passage besides its text.

    ``heading`` is the path of its section; ``said`` has a bit for each sought word that its document holds somewhere,
    its name included; ``nearness`` in [0, 1] is how much nearer the passage is to the question in meaning than most;
    ``language`` is its document's, "" where it isn't known.
    """

    heading: str = ""
    said: int = 0
    nearness: float = 0.0
    language: str = ""


@dataclasses.dataclass(frozen=True)
class Match:
    """A sentence (its span in the passage's text), and its strength in [0, 1]."""

    span: Span
    strength: float


def best_match(sought: Sought, text: str, around: Around, weights: Weights) -> Match | None:
    """The sentence of a passage that says most of what is sought; None where none says anything of it."""
    flat, language = phrase_of(text), around.language or sought.language
    has_phrases = all(phrase in flat for phrase in sought.phrases)
    heading = found_in(sought.words, words_of(around.heading, language), language)
    sentences = [sentence_of(sought, text, span, language) for span in sentence_spans(text)]
    best: Match | None = None
    for place, sentence in enumerate(sentences):
        beside = [
            sentences[other]
            for other in (place - 1, place + 1)
            if 0 <= other < len(sentences) and sentences[other].is_denied == sought.is_negated
        ]
        strength = _strength(sought, sentence, beside, frozenset(heading), around, weights)
        if not has_phrases:
            strength = min(strength, UNSAID)
        if strength > 0.0 and (best is None or strength > best.strength):
            best = Match(sentence.span, round(strength, 3))
    return best


def _strength(
    sought: Sought,
    sentence: Sentence,
    beside: Sequence[Sentence],
    heading: frozenset[int],
    around: Around,
    weights: Weights,
) -> float:
    total = held = 0.0
    is_unsaid = False
    for place, word in enumerate(sought.words):
        if word.is_of_document:
            is_unsaid = is_unsaid or not (around.said >> place & 1 or place in sentence.found)
            continue
        part = _held_word(place, sentence, beside, heading)
        is_unsaid = is_unsaid or (word.is_name and (part < MEANT_BESIDE or _is_anothers(place, sought, sentence)))
        total += weights.words[place]
        held += weights.words[place] * part
    for figure in sought.figures:
        part = _held_figure(figure, sentence, beside)
        is_unsaid = is_unsaid or part == 0.0
        total += weights.most
        held += weights.most * part
    for phrase in sought.phrases:
        total += weights.most
        held += weights.most * (phrase in sentence.phrases)
    if not sentence.held and not sentence.phrases:
        return 0.0
    share = held / total * _closeness(sought, sentence) if total else 1.0
    strength = _joined(share, around.nearness)
    if not sentence.figures and not sentence.text.rstrip("\"”»’') ").endswith(SENTENCE_ENDS):
        strength *= UNFINISHED
    if is_unsaid or sentence.is_denied != sought.is_negated:
        strength = min(strength, UNSAID)
    return strength


def _joined(share: float, nearness: float) -> float:
    """What a share of the words and the nearness in meaning come to together."""
    return max(share * (0.85 + 0.15 * nearness), 0.55 * share + 0.45 * nearness)


def most_strength(sought: Sought, mask: int, said: int, nearness: float, weights: Weights) -> float:
    """The most that ``best_match`` could give for a passage that holds the words of ``mask``, its heading included.

    ``mask`` and ``said`` (of its document) have a bit for each sought word that something there begins like.
    """
    own = [place for place, word in enumerate(sought.words) if not word.is_of_document]
    if any(word.is_of_document and not said >> place & 1 for place, word in enumerate(sought.words)):
        return 0.0
    if any(sought.words[place].is_name and not mask >> place & 1 for place in own):
        return UNSAID
    exact = weights.most * (len(sought.figures) + len(sought.phrases))
    total = sum(weights.words[place] for place in own) + exact
    held = sum(weights.words[place] for place in own if mask >> place & 1) + exact
    return _joined(held / total if total else 1.0, nearness)


def _held_word(place: int, sentence: Sentence, beside: Sequence[Sentence], heading: frozenset[int]) -> float:
    if place in sentence.found:
        return 1.0
    part = IN_HEADING if place in heading else 0.0
    for other in beside:
        if place in other.found:
            follows = other.span > sentence.span
            is_meant = other.refers_back if follows else sentence.refers_back
            part = max(part, MEANT_BESIDE if is_meant else BESIDE)
    return part


def _is_anothers(place: int, sought: Sought, sentence: Sentence) -> bool:
    """Whether a name stands apart from the one it is part of: "Marta Quist and Yusuf Havel" is not Marta Havel."""
    if not (sought.words[place].is_tied and sought.words[place - 1].is_name and place - 1 in sentence.found):
        return False
    return place in sentence.found and _between(place, sentence) > IN_A_NAME


def _between(place: int, sentence: Sentence) -> int:
    """The fewest words between a sought word and the one before it in the question, where the sentence has both."""
    return min(abs(one - other) - 1 for one in sentence.found[place] for other in sentence.found[place - 1])


def _held_figure(figure: Figure, sentence: Sentence, beside: Sequence[Sentence]) -> float:
    """What a figure counts: one that says it, nearer to the words that were found than any of its kind."""
    stated = [other for other in sentence.figures if says(other, figure)]
    others = [other for other in sentence.figures if other not in stated and _is_rival(other, figure)]
    if stated:
        nearest = min(_distance(other.span, sentence) for other in stated)
        return float(all(nearest <= _distance(other.span, sentence) for other in others))
    if others or not sentence.found:
        return 0.0
    for other in beside:
        is_meant = other.refers_back if other.span > sentence.span else sentence.refers_back
        if is_meant and any(says(one, figure) for one in other.figures):
            return MEANT_BESIDE
    return 0.0


def _is_rival(other: Figure, wanted: Figure) -> bool:
    """Whether ``other`` could have stood in the place of ``wanted``."""
    if wanted.is_period:
        return other.is_period
    return other.unit == wanted.unit and other.is_named == wanted.is_named and not other.is_period


def _distance(span: Span, sentence: Sentence) -> int:
    """Characters from a figure to the nearest sought word of its sentence; far where there is none."""
    spans = [sentence.words[at].span for places in sentence.found.values() for at in places]
    return min((max(span[0] - end, start - span[1], 0) for start, end in spans), default=len(sentence.text))


def _closeness(sought: Sought, sentence: Sentence) -> float:
    """How near each other the words stand that belong together in the question, in [APART, 1]."""
    parts: list[float] = []
    for place, word in enumerate(sought.words):
        if word.is_tied and place in sentence.found and place - 1 in sentence.found:
            share = min(1.0, max(0.0, (_between(place, sentence) - NEAR) / (FAR - NEAR)))
            parts.append(1.0 - (1.0 - APART) * share)
    return sum(parts) / len(parts) if parts else 1.0
