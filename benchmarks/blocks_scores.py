"""What an answer is worth: whether it holds what was sought, and how many of its words; and how two ways compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from intervals import RESAMPLES, Estimate, middle
from quality_answers import contains, plain_words

from rag.emphasis import without_emphasis
from rag.ground import answers, ground, quote_nearest, without_headings
from rag.protocol import Passage
from rag.repetition import said_once

SCORES = ("holds", "f1", "shown holds", "shown f1")
"""Of the model's own words, then of what a person is shown. All in [0, 1]."""

Scores = Mapping[str, float]


def scored(question: str, gold: str, written: str, passages: Sequence[Passage]) -> Scores:
    """The scores of what a model has ``written``, and of what Phial makes of it (as rag.asking does)."""
    words = without_emphasis(said_once(written))
    grounding = ground(words, passages)
    told = without_headings(grounding, passages)
    grounding = told if told.sentences else grounding
    if not answers(question, grounding, passages):
        grounding = quote_nearest(question, passages)
    shown = " ".join(sentence.text for sentence in grounding.sentences)
    values = (float(contains(written, gold)), f1(written, gold), float(contains(shown, gold)), f1(shown, gold))
    return dict(zip(SCORES, values, strict=True))


def f1(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall of ``text``'s words, in [0, 1] (SQuAD: Rajpurkar et al. 2016)."""
    said, sought = plain_words(text).split(), plain_words(gold).split()
    shared = sum((Counter(said) & Counter(sought)).values())
    return 2 * shared / (len(said) + len(sought)) if said or sought else 1.0


def compared(values: Sequence[float], others: Sequence[float], groups: Sequence[int], seed: int) -> Estimate:
    """By how much ``values`` exceed ``others``, paired, with a 95 % interval.

    The bootstrap draws whole groups, as the questions of a paragraph are alike (Davison & Hinkley 1997, 3.8).
    """
    differences = np.asarray(values, float) - np.asarray(others, float)
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    sums, sizes = np.bincount(group, differences), np.bincount(group)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return Estimate(float(differences.mean()), *middle(means), len(differences))
