"""Passages as blocks of a prompt: each read once, whole, and put into whatever prompt it belongs to. Pure.

A block's text depends on its passage alone: what was computed for one question serves every other. It is fenced as the
rest of the prompt is (rag.prompt, decision 0126). Decision 0159.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Protocol

from engine.messages import Block, ChatMessage
from rag.prompt import (
    PART_END,
    CountTokens,
    Exchange,
    Prompt,
    PromptOptions,
    build_prompt,
    place_line,
    quoted_line,
    said_in,
)
from rag.protocol import Passage

MOST = 1_200
"""Tokens of blocks in one prompt: they cost no reading, but each word of the answer looks at all of them."""

CONTEXT_SHARE = 2
"""Blocks have a part of this many of the context at most; the rest is the sentences', the question's, the answer's."""


class Said(Protocol):
    """A stretch of a page, whether it was found or lies in the library."""

    @property
    def sha256(self) -> str:
        """Its document's."""

    @property
    def document(self) -> str:
        """What its document is called."""

    @property
    def page(self) -> int:
        """Counted from 1."""

    @property
    def text(self) -> str:
        """To the letter."""


@dataclasses.dataclass(frozen=True)
class Blocked:
    """A passage of the evidence, and the blocks that hold all of it: one for each passage that it is joined of."""

    passage: Passage
    blocks: tuple[Block, ...]


def block_of(said: Said) -> Block:
    """All that ``said`` says, under the line that says where it stands; forgotten with its document."""
    lines = [place_line(said.document, said.page), *map(quoted_line, said_in(said.text))]
    return Block("\n".join(lines) + PART_END, said.sha256)


def blocked(passages: Sequence[Passage], parts: Sequence[Sequence[Said]]) -> list[Blocked]:
    """Each of ``passages`` with its blocks; ``parts`` are those of each that lie in the library."""
    return [
        Blocked(passage, tuple(map(block_of, mine or (passage,))))
        for passage, mine in zip(passages, parts, strict=True)
    ]


def fitting(offered: Sequence[Blocked], held: Mapping[Block, int], most: int) -> list[Blocked]:
    """The passages, best first, that are ``held`` (the tokens of each block) in ``most`` tokens or fewer, all told.

    A passage of which a block is not held, or that is too long, is left out; those behind it are not.
    """
    chosen: list[Blocked] = []
    for one in offered:
        if all(block in held for block in one.blocks):
            tokens = sum(held[block] for block in one.blocks)
            if tokens <= most:
                most -= tokens
                chosen.append(one)
    return chosen


def read_ahead(blocks: Sequence[Block], instruction: str) -> tuple[ChatMessage, ...]:
    """The messages whose reading has ``blocks`` there for any question behind the ``instruction`` of every prompt."""
    return (ChatMessage("system", instruction), ChatMessage("user", "", tuple(blocks)))


def with_blocks(
    question: str,
    whole: Sequence[Blocked],
    others: Sequence[Passage],
    count_tokens: CountTokens,
    context: int,
    options: PromptOptions,
    earlier: Exchange | None = None,
) -> Prompt:
    """The prompt for ``question`` with ``whole`` passages as blocks, and those sentences of ``others`` that matter.

    ``whole`` have to leave room in the ``context`` (see ``fitting``). The rest is as in ``build_prompt``.
    """
    blocks = tuple(block for one in whole for block in one.blocks)
    room = context - sum(count_tokens([block.text for block in blocks]))
    built = build_prompt(question, others, count_tokens, room, options, earlier)
    *before, asked = built.messages
    quoted = {passage.number: passage for passage in (*(one.passage for one in whole), *built.passages)}
    passages = tuple(quoted[number] for number in sorted(quoted))
    return Prompt((*before, dataclasses.replace(asked, blocks=blocks)), passages, options.answer)
