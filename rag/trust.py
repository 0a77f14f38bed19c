"""How far to trust an embedder (assets/trust.json): measured for those that Phial knows, cautious for any other."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Mapping
from typing import ClassVar

from engine.frames import Codec, Message
from engine.known_embedders import EVERY_LANGUAGE, known_embedders
from engine.paths import assets

FULL = 1.0
"""The trust in an embedder for a language that it was made for, and the most there is."""


@dataclasses.dataclass(frozen=True)
class Calibration:
    """How support is made of what is seen (rag.support): the ``weights`` of a logistic regression and its ``constant``.

    ``enough``, in [0, 1], is the support from which on an answer is tried; ``enough_in`` is that for questions in some
    languages, where it was measured.
    """

    weights: Mapping[str, float]
    constant: float
    enough: float
    enough_in: Mapping[str, float] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(math.isfinite(weight) for weight in (self.constant, *self.weights.values())):
            raise ValueError("a weight is no number")
        if not all(0.0 <= enough <= 1.0 for enough in (self.enough, *self.enough_in.values())):
            raise ValueError("enough is not in [0, 1]")

    def enough_for(self, language: str) -> float:
        """The support from which on an answer to a question in ``language`` is tried, in [0, 1]."""
        return self.enough_in.get(language, self.enough)


@dataclasses.dataclass(frozen=True)
class EmbedderTrust:
    """What is known of an embedder, by its ``name``.

    ``languages`` are those it was made for, or EVERY_LANGUAGE alone. ``measured`` is the weight of its ranks by
    language, in [0, 1], against that for a language it was made for; ``elsewhere`` is the weight for languages nobody
    has measured it with. ``spread`` is the usual standard deviation of the cosines of a question's candidates; 0 where
    it is not measured. ``refusal`` is its calibration; None where nobody has calibrated it.
    """

    name: str
    languages: tuple[str, ...]
    measured: Mapping[str, float]
    elsewhere: float
    spread: float
    refusal: Calibration | None = None

    def __post_init__(self) -> None:
        if not all(0.0 <= weight <= FULL for weight in (self.elsewhere, *self.measured.values())):
            raise ValueError(f"{self.name}: a weight is not in [0, 1]")
        if not (math.isfinite(self.spread) and self.spread >= 0.0):
            raise ValueError(f"{self.name}: spread")

    def of(self, language: str) -> float:
        """The trust for questions in ``language``, in [0, 1]. One whose language can't be told is as any other."""
        if language in self.measured:
            return self.measured[language]
        is_its_own = EVERY_LANGUAGE in self.languages or language in self.languages
        return FULL if is_its_own or not language else self.elsewhere


@dataclasses.dataclass(frozen=True)
class _Table(Message):
    type: ClassVar[str] = "trust"
    embedders: tuple[EmbedderTrust, ...]
    unknown: EmbedderTrust
    words_alone: Calibration

    def __post_init__(self) -> None:
        if len({embedder.name for embedder in self.embedders}) < len(self.embedders):
            raise ValueError("an embedder stands there twice")


def trust_in(embedder: str) -> EmbedderTrust:
    """What is known of the embedder of this name; of one that nobody has measured, what its makers say of languages."""
    measured = next((trust for trust in _table().embedders if trust.name == embedder), None)
    if measured is not None:
        return measured
    languages = next((known.languages for known in known_embedders() if known.name == embedder), ())
    return dataclasses.replace(_table().unknown, languages=languages)


def words_alone() -> Calibration:
    """The calibration for what was found without an embedder, or by one that nobody has calibrated."""
    return _table().words_alone


@functools.cache
def _table() -> _Table:
    table = Codec(1, [_Table]).decode((assets() / "trust.json").read_bytes())
    assert isinstance(table, _Table)  # noqa: S101 - the codec knows nothing else
    return table
