from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from engine.messages import Block
from rag.blocks import Blocked, block_of, blocked, fitting, read_ahead, with_blocks
from rag.prompt import INSTRUCTION, PART_END, QUOTED, PromptOptions, build_prompt
from rag.protocol import Passage
from tests.rag.making_passages import passage
from tests.rag.test_prompt import count_words, many, questions

CONTEXT = 100_000
OPTIONS = PromptOptions(passages=40)


def all_blocked(passages: list[Passage]) -> list[Blocked]:
    return blocked(passages, [()] * len(passages))


def test_a_block_says_all_of_its_passage_under_its_place() -> None:
    said = block_of(passage("The crane turns. It stops at 42 m/s.", 3, document="crane: notes.md"))
    assert said == Block("crane notes.md, page 3:\n The crane turns.\n It stops at 42 m/s.\n\n", f"{3:064x}")


def test_a_block_is_the_same_wherever_its_passage_was_found() -> None:
    found = passage("The crane turns.")
    assert block_of(found) == block_of(dataclasses.replace(found, number=5, score=0.1, marks=((0, 3),)))


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_line_of_a_block_begins_but_as_a_quote_or_its_own_place(text: str, document: str) -> None:
    place, *lines = block_of(passage(text, document=document)).text.removesuffix(PART_END).split("\n")
    assert place.endswith(", page 1:")
    assert all(line.startswith(QUOTED) for line in lines)


def test_a_passage_that_is_joined_of_two_has_a_block_for_each() -> None:
    first, second = passage("The crane turns."), passage("It stops.", start=60)
    [joined] = blocked([passage("The crane turns.\nIt stops.")], [[first, second]])
    assert joined.blocks == (block_of(first), block_of(second))


@given(many, st.lists(st.booleans(), min_size=8, max_size=8), st.integers(0, 400))
def test_what_fits_is_held_and_within_the_bound(passages: list[Passage], flags: list[bool], most: int) -> None:
    offered = all_blocked(passages)
    sizes = {one.blocks[0]: count_words([one.blocks[0].text])[0] for one in offered}
    held = {one.blocks[0]: sizes[one.blocks[0]] for one, flag in zip(offered, flags, strict=False) if flag}
    chosen = fitting(offered, held, most)
    assert sum(sizes[one.blocks[0]] for one in chosen) <= most
    assert all(one.blocks[0] in held for one in chosen)
    assert [one.passage.number for one in chosen] == sorted(one.passage.number for one in chosen)
    left = most - sum(sizes[one.blocks[0]] for one in chosen)
    assert all(held[one.blocks[0]] > left for one in offered if one.blocks[0] in held and one not in chosen)


def test_half_of_a_passage_is_none() -> None:
    first, second = passage("The crane turns."), passage("It stops.", start=60)
    [joined] = blocked([passage("The crane turns.\nIt stops.")], [[first, second]])
    assert fitting([joined], {joined.blocks[0]: 5}, 1_000) == []


@given(many, questions, st.integers(0, 8))
def test_blocks_stand_before_the_sentences_of_the_others(passages: list[Passage], question: str, whole: int) -> None:
    held, others = all_blocked(passages[:whole]), passages[whole:]
    prompt = with_blocks(question, held, others, count_words, CONTEXT, OPTIONS)
    alone = build_prompt(question, others, count_words, CONTEXT, OPTIONS)
    system, user = prompt.messages
    assert (system.text, user.text) == (INSTRUCTION, alone.messages[-1].text)
    assert user.blocks == tuple(one.blocks[0] for one in held)
    assert {one.passage.number for one in held} <= {quoted.number for quoted in prompt.passages}
    assert [quoted.number for quoted in prompt.passages] == sorted({quoted.number for quoted in prompt.passages})


def test_what_is_read_ahead_begins_as_every_prompt_with_blocks_does() -> None:
    held = all_blocked([passage("The crane turns.")])
    prompt = with_blocks("Why?", held, (), count_words, CONTEXT, OPTIONS)
    ahead = read_ahead(held[0].blocks, INSTRUCTION)
    assert [(message.role, message.blocks) for message in ahead] == [
        (message.role, message.blocks) for message in prompt.messages
    ]
    assert ahead[0] == prompt.messages[0]
