"""How answers are to be: how long, in which language, how strictly held to what the documents say. Pure."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from rag.ground import Grounding
from rag.prompt import PromptOptions, instruction
from rag.searching import Findings
from rag.summary.writing import LANGUAGE_NAMES

LONG_ANSWER = 384
"""Tokens that an answer of several sentences may have."""


class AnswerLength(StrEnum):
    """How much is written."""

    SHORT = "short"
    LONG = "long"


class Strictness(StrEnum):
    """What becomes of words that the documents hardly hold, or don't."""

    STRICT = "strict"
    BALANCED = "balanced"
    OPEN = "open"


@dataclasses.dataclass(frozen=True)
class AnswerStyle:
    """``language`` is a code of rag.protocol.SUMMARY_LANGUAGES; "": that of the question."""

    length: AnswerLength = AnswerLength.SHORT
    strictness: Strictness = Strictness.BALANCED
    language: str = ""

    def options(self, passages: int) -> PromptOptions:
        """How a prompt is made that may hold ``passages`` tokens of them."""
        language = LANGUAGE_NAMES.get(self.language, "")
        if self.length is AnswerLength.LONG:
            return PromptOptions(passages, LONG_ANSWER, instruction("in up to six sentences", language))
        return PromptOptions(passages, instruction=instruction(language=language))

    def tries(self, findings: Findings) -> bool:
        """Whether an answer is tried from what was found."""
        return findings.is_supported or (self.strictness is Strictness.OPEN and bool(findings.passages))

    def kept(self, grounding: Grounding) -> Grounding:
        """What is shown of an answer: all of it, or only what a passage supports."""
        if self.strictness is not Strictness.STRICT:
            return grounding
        supported = tuple(sentence for sentence in grounding.sentences if sentence.supported)
        return dataclasses.replace(grounding, sentences=supported)
