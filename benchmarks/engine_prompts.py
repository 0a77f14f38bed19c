"""Prompts to be timed: passages of made-up sentences, as long as is asked, none like another."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence

from engine.messages import Block, ChatMessage

SUBJECTS = ("ferry", "crane", "harbour", "pilot", "lock", "bridge", "dredger", "lighthouse", "storehouse", "canal")
VERBS = ("opens", "closes", "reports", "repairs", "measures", "inspects", "replaces", "delays", "records", "crosses")
OBJECTS = ("timetable", "cable", "signal", "engine", "valve", "register", "permit", "cargo", "contract", "ladder")
TIMES = ("at nine", "on Sundays", "before the first frost", "after each flood", "twice a year", "by agreement")
SYSTEM = (
    "You answer questions from the passages that are quoted. Say only what stands in them, in the language of the "
    "question, briefly. Where they hold no answer, say so."
)


@dataclasses.dataclass(frozen=True)
class Case:
    """Passages with instructions of their own: nothing of it stands in another case's KV cache."""

    system: str
    passages: tuple[str, ...]

    def messages(self, question: str, order: Sequence[int] | None = None) -> tuple[ChatMessage, ...]:
        """The prompt with ``question`` behind the passages, in ``order`` (by default their own)."""
        passages = [self.passages[at] for at in (order or range(len(self.passages)))]
        blocks = tuple(Block(passage, owner="benchmark") for passage in passages)
        return ChatMessage("system", self.system), ChatMessage("user", question, blocks)


def question(source: random.Random) -> str:
    """A question that was hardly ever asked before."""
    return f"What {source.choice(VERBS)} the {source.choice(OBJECTS)} {source.randrange(10**6)}, and when?"


def sentence(source: random.Random) -> str:
    """A sentence of about fifteen tokens."""
    return (
        f"The {source.choice(SUBJECTS)} {source.randrange(100)} {source.choice(VERBS)} the {source.choice(OBJECTS)} "
        f"{source.choice(TIMES)}. "
    )


def make_case(source: random.Random, tokens: int, passages: int, count: Callable[[Sequence[ChatMessage]], int]) -> Case:
    """A case whose prompt has about as many ``tokens``, by ``count``, in so many ``passages``."""
    case = Case(f"{SYSTEM} Today is day {source.randrange(10**9)}.", ("",) * passages)
    asked = question(source)
    while True:
        missing = tokens - count(case.messages(asked))
        if missing < passages * 10:
            return case
        grown = [
            each + "".join(sentence(source) for _ in range(max(1, missing // passages // 20))) for each in case.passages
        ]
        case = dataclasses.replace(case, passages=tuple(grown))
