"""What has been read, as bytes to be kept while no process runs: the cells that were read in place, and which blocks.

The blocks' own states are kept by themselves (engine.kv_store). Pure.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import struct
from collections.abc import Callable, Sequence

from engine.cells import Cell
from engine.kv_folder import StateKey
from engine.kv_state import KvState, StateUnreadable, pack, unpack

MOST_CELLS = 512
"""Cells in place that are kept at most: ending a process may take a moment, not the time to write gigabytes."""

_LENGTHS = struct.Struct("<QQ")  # bytes of what describes a run, and of its state


@dataclasses.dataclass(frozen=True)
class Conversation:
    """``cells`` in their order, and the states of those read in place: (number of the first cell, state)."""

    cells: tuple[Cell, ...] = ()
    states: tuple[tuple[int, KvState], ...] = ()

    def beginning(self, count: int) -> Conversation:
        """The first ``count`` cells of it."""
        return Conversation(self.cells[:count], self.states)

    def state(self, start: int, end: int) -> KvState | None:
        """The state of the cells from ``start`` up to ``end``, where they were read in place, one behind the other."""
        for first, state in self.states:
            if first <= start < end <= first + state.cells:
                return state.cut(start - first, end - first)
        return None


def pack_conversation(cells: Sequence[Cell], state_of: Callable[[int, int], KvState]) -> bytes:
    """``cells``, from the first on, as bytes; ``state_of`` gives the state from one of them up to another."""
    parts: list[bytes] = []
    start, left = 0, MOST_CELLS
    for block, group in itertools.groupby(cells, key=lambda cell: cell.block):
        tokens = [cell.token for cell in group]
        there = len(tokens) if block else min(len(tokens), left)
        if there:
            run = {"tokens": tokens[:there], "block": [block.owner, block.content] if block else []}
            described = json.dumps(run).encode()
            state = b"" if block else pack(state_of(start, start + there))
            parts += [_LENGTHS.pack(len(described), len(state)), described, state]
        if there < len(tokens):
            break
        start += there
        left -= 0 if block else there
    return b"".join(parts)


def unpack_conversation(data: bytes) -> Conversation:
    """What ``pack_conversation`` made ``data`` from. Raises StateUnreadable."""
    cells: list[Cell] = []
    states: list[tuple[int, KvState]] = []
    at = 0
    while at < len(data):
        try:
            length, state_length = _LENGTHS.unpack_from(data, at)
            at += _LENGTHS.size + length
            run = json.loads(data[at - length : at])
            block = StateKey(*run["block"]) if run["block"] else None
            tokens = [int(token) for token in run["tokens"]]
        except (struct.error, ValueError, TypeError, KeyError) as error:
            raise StateUnreadable("no conversation") from error
        if block is None:
            states.append((len(cells), unpack(data[at : at + state_length])))
            if states[-1][1].cells != len(tokens):
                raise StateUnreadable("other cells")
        at += state_length
        cells += (Cell(token, block) for token in tokens)
    return Conversation(tuple(cells), tuple(states))
