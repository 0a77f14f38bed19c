"""What has been read, kept for another process."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest

from engine.cells import Cell
from engine.conversation import MOST_CELLS, Conversation, pack_conversation, unpack_conversation
from engine.kv_folder import StateKey
from engine.kv_state import FLOAT_16, KvState, StateUnreadable, pack, rows_of

BLOCK = StateKey("owner", "content")


def state_of(start: int, end: int) -> KvState:
    rows = rows_of(np.arange(start, end, dtype=np.float32)[:, np.newaxis], FLOAT_16)
    return KvState((rows,), (rows,))


def kept(cells: list[Cell]) -> Conversation:
    return unpack_conversation(pack_conversation(cells, state_of))


def test_cells_in_place_have_their_state_and_blocks_their_key():
    cells = [Cell(1), Cell(2), Cell(3, BLOCK), Cell(4, BLOCK), Cell(5)]
    conversation = kept(cells)
    assert conversation.cells == tuple(cells)
    assert conversation.state(1, 2).keys[0].floats().tolist() == [[1.0]]
    assert conversation.state(4, 5).keys[0].floats().tolist() == [[4.0]]
    assert conversation.state(2, 3) is None, "a block's"
    assert conversation.state(1, 3) is None
    assert conversation.beginning(3).cells == tuple(cells[:3])


def test_no_more_than_can_be_written_in_a_moment():
    cells = [*map(Cell, range(MOST_CELLS - 10)), *(Cell(1, BLOCK) for _ in range(600)), *map(Cell, range(50))]
    assert len(kept(cells).cells) == MOST_CELLS + 600
    assert len(kept([Cell(1)] * (MOST_CELLS + 5)).cells) == MOST_CELLS


def test_nothing_is_a_conversation_too():
    assert kept([]) == Conversation()


@pytest.mark.parametrize(
    "run",
    [
        b"[]",
        b"{}",
        b'{"tokens": 1, "block": []}',
        b'{"tokens": ["x"], "block": []}',
        b'{"tokens": [], "block": [1]}',
        b"x",
    ],
)
def test_bytes_that_are_no_conversation(run):
    with pytest.raises(StateUnreadable):
        unpack_conversation(struct.pack("<QQ", len(run), 0) + run)


def test_a_run_with_the_state_of_another():
    run = json.dumps({"tokens": [1, 2], "block": []}).encode()
    state = pack(state_of(0, 1))
    with pytest.raises(StateUnreadable):
        unpack_conversation(struct.pack("<QQ", len(run), len(state)) + run + state)
