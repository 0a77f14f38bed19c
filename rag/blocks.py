"""Passages as blocks of a prompt: each read once, whole, and put into whatever prompt it belongs to. Pure.

A block's text depends on its passage alone: what was computed for one question serves every other. It is fenced as the
rest of the prompt is (rag.prompt, decision 0126).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from engine.messages import Block
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


def block_of(passage: Passage) -> Block:
    """All that ``passage`` says, under the line that says where it stands; forgotten with its document."""
    lines = [place_line(passage.document, passage.page), *map(quoted_line, said_in(passage))]
    return Block("\n".join(lines) + PART_END, passage.sha256)


def with_blocks(
    question: str,
    whole: Sequence[Passage],
    others: Sequence[Passage],
    count_tokens: CountTokens,
    context: int,
    options: PromptOptions,
    earlier: Exchange | None = None,
) -> Prompt:
    """The prompt for ``question`` with ``whole`` passages as blocks, and those sentences of ``others`` that matter.

    ``whole`` have to leave room in the ``context``; see ``fitting``. The rest is as in ``build_prompt``.
    """
    blocks = tuple(map(block_of, whole))
    room = context - sum(count_tokens([block.text for block in blocks]))
    built = build_prompt(question, others, count_tokens, room, options, earlier)
    *before, asked = built.messages
    quoted = sorted((*whole, *built.passages), key=lambda passage: passage.number)
    return Prompt((*before, dataclasses.replace(asked, blocks=blocks)), tuple(quoted))
