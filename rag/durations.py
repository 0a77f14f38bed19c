"""How long an answer, a summary or a look into every document takes, by how fast the model reads and writes. Pure.

All of it is a prediction: how many tokens a text has, only a model that is loaded could say, and an estimate must cost
nothing. How far off it is here is learned from what was done (rag.estimating).
"""

from __future__ import annotations

import dataclasses
import math

from rag.prompt import TEMPLATE_ALLOWANCE
from rag.protocol import Speed, SummaryLength
from rag.stores.scope_records import Extent
from rag.summary.aspects import MOST_ASPECTS
from rag.summary.comparison import CELL
from rag.summary.writing import LENGTHS, PART, Length

QUESTION = 24
"""Tokens of a question."""

ANSWER = 60
"""Tokens of an answer in one or two sentences."""

INSTRUCTION = 90 + TEMPLATE_ALLOWANCE
"""Tokens of what a part of a document is asked with."""

CHARACTERS_A_TOKEN = 4.0
"""Of running text in a language that a model was made for."""

WRITTEN_SHARE = 0.6
"""How much of what it may write a model writes."""

LOOKING_S = 0.3
"""Seconds until a question's passages are found, the embedder being there."""

PASSAGES_A_SECOND = 5_000
"""Passages that are looked through for something."""

LOADED_A_SECOND = 300e6
"""Bytes of a model that are read from a disk."""


@dataclasses.dataclass(frozen=True)
class Duration:
    """Seconds until the first word, the model being there, and from it to the end."""

    first_word_s: float
    rest_s: float


def answering(speed: Speed, passages: int) -> Duration:
    """An answer from a prompt with so many tokens of ``passages``."""
    read = passages + QUESTION + TEMPLATE_ALLOWANCE
    return Duration(LOOKING_S + read / speed.prefill, ANSWER / speed.decode)


def summing_up_quickly(speed: Speed, length: SummaryLength) -> Duration:
    """A summary of the sentences that carry the documents, however many they are."""
    reading, writing = _call(speed, LENGTHS[length])
    return Duration(reading, writing)


def summing_up(speed: Speed, length: SummaryLength, extent: Extent) -> Duration:
    """A summary for which every part is read: the parts, what each of several documents says, then the whole."""
    tokens = extent.characters / CHARACTERS_A_TOKEN
    parts = max(extent.documents, math.ceil(tokens / PART.prompt))
    seconds = (tokens + parts * INSTRUCTION) / speed.prefill + parts * WRITTEN_SHARE * PART.answer / speed.decode
    if extent.documents > 1:
        seconds += extent.documents * sum(_call(speed, LENGTHS[SummaryLength.PARAGRAPH]))
    reading, writing = _call(speed, LENGTHS[length])
    return Duration(seconds + reading, writing)


def comparing(speed: Speed, extent: Extent) -> Duration:
    """A table whose every cell is written; it is shown at its end."""
    return Duration(MOST_ASPECTS * extent.documents * sum(_call(speed, CELL)), 0.0)


def looking_through(extent: Extent) -> Duration:
    """A look into every document; no model has a part in it."""
    return Duration(LOOKING_S + extent.passages / PASSAGES_A_SECOND, 0.0)


def loading(model_bytes: int) -> float:
    """Seconds until a model that sleeps is there."""
    return model_bytes / LOADED_A_SECOND


def _call(speed: Speed, length: Length) -> tuple[float, float]:
    return (length.prompt + INSTRUCTION) / speed.prefill, WRITTEN_SHARE * length.answer / speed.decode
