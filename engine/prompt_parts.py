"""A prompt in parts: what is read in place, what is put from a block; and how far it is what was read before. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from engine.cells import Cell
from engine.kv_folder import StateKey
from engine.prompt_tokens import Segment


@dataclasses.dataclass(frozen=True)
class Part:
    """Cells of a prompt from ``start`` on: read in place, or the ``block``'s, without the first so many ``renewed``."""

    start: int
    cells: tuple[Cell, ...]
    block: StateKey | None = None
    tokens: tuple[int, ...] = ()
    renewed: int = 0
    is_stable: bool = False

    @property
    def end(self) -> int:
        """Where the next part begins."""
        return self.start + len(self.cells)


def stable_part(segments: Sequence[Segment]) -> tuple[int, ...]:
    """What stands before the first block; nothing where there is no block."""
    has_blocks = any(segment.owner is not None for segment in segments)
    return segments[0].tokens if has_blocks and segments[0].owner is None else ()


def count_kept(cells: Sequence[Cell], parts: Sequence[Part]) -> int:
    """How many of ``cells`` can be kept for ``parts``: as many as are alike, of a block all or none.

    The last token is always computed anew: its logits are what the answer begins from.
    """
    for part in parts:
        alike = count_alike(cells[part.start : part.end], part.cells)
        if alike < len(part.cells):
            return part.start + (alike if part.block is None else 0)
    return parts[-1].end - 1


def count_alike(one: Sequence[Cell], other: Sequence[Cell]) -> int:
    """How many of two sequences' first cells are the same."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
