"""Reading a prompt: what is there already is kept, a block's state is put where it stands, only the rest is computed.

A block is computed once, by itself behind the stable part (what stands before the first block), and kept. In another
prompt its keys are turned to their new position (engine.rotary); its values have none. So blocks don't see each other.
That a passage's cells can serve wherever it stands, and that its first tokens are what suffers most: CacheBlend
(https://arxiv.org/abs/2405.16444), EPIC (https://arxiv.org/abs/2410.15332). Decision 0151.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from engine.cells import Cell, Cells
from engine.conversation import Conversation, pack_conversation, unpack_conversation
from engine.kv_folder import StateKey, digest
from engine.kv_state import CellForm, KvState, StateUnreadable, pack, read_cells, unpack, write_cells
from engine.kv_store import KvStore
from engine.messages import CONVERSATION, Load
from engine.model_shape import ModelShape
from engine.prompt_parts import Part, count_alike, count_kept, stable_part
from engine.prompt_tokens import Segment
from engine.rotary import POSITIONS, Rotation, measure

_STABLE = "stable part"  # the owner of what is of no document


@dataclasses.dataclass
class Progress:
    """How far a prompt has been read: of its ``tokens`` so many were ``reused``, and so many ``computed``."""

    tokens: int = 0
    reused: int = 0
    computed: int = 0
    was_stopped: bool = False


class PromptReader:
    """Reads prompts into the cells of one context, with the states of its store."""

    def __init__(self, cells: Cells, store: KvStore, shape: ModelShape, load: Load) -> None:
        self._cells = cells
        self._store = store
        self._shape = shape
        self._micro_batch = load.micro_batch
        self._workers = ThreadPoolExecutor(load.threads, "kv state")
        self._epoch = store.epoch
        self._form: CellForm | None = None
        self._rotation: Rotation | None = None
        self._is_measured = False

    @property
    def can_move(self) -> bool:
        """Whether blocks can be moved at all; the first call finds out, by computing a few tokens."""
        if not self._is_measured and self._cells.can_forget:
            self._measure()
        return self._rotation is not None

    def read(self, segments: Sequence[Segment], progress: Progress, renewed: int = 0) -> Iterator[int]:
        """Read the prompt of ``segments``, to have the logits of its last token; gives how far it is, in tokens.

        ``renewed`` tokens at the beginning of each block are computed in their place.
        """
        self.drop_forgotten()
        parts = self._parts(segments, renewed)
        progress.tokens = parts[-1].end
        earlier = Conversation() if self._cells.read else self._saved(parts)
        progress.reused = self._cells.keep(count_kept(self._cells.read, parts))
        for part in parts:
            if len(self._cells.read) >= part.end:
                continue
            if self._cells.is_stopped():  # putting states asks llama.cpp nothing that could be aborted
                progress.was_stopped = True
                return
            if part.block is None:
                yield from self._read_in_place(part, earlier, progress)
            else:
                computed, stable = progress.computed, stable_part(segments)
                state = yield from self._block_state(part.block, part.tokens, stable, progress)
                if state is not None:
                    self._put(state.cut(part.renewed, state.cells), part.cells, len(stable) + part.renewed)
                    progress.reused += len(part.cells) if progress.computed == computed else 0
                    yield len(self._cells.read)
            if progress.was_stopped:
                return

    def prepare(self, segments: Sequence[Segment], progress: Progress) -> Iterator[int]:
        """Have the stable part and the blocks of ``segments`` in the store; gives how far it is, in tokens."""
        self.drop_forgotten()
        stable = stable_part(segments)
        missing = {
            key: segment.tokens
            for segment in segments
            if segment.owner is not None and (key := self._key(stable, segment)) not in self._store
        }
        progress.tokens = len(stable) + sum(map(len, missing.values()))
        if not missing:
            return
        part = Part(0, tuple(map(Cell, stable)), is_stable=bool(stable))
        alike = count_alike(self._cells.read, part.cells)
        if alike < len(stable) or self._cells.room < max(map(len, missing.values())):
            self._cells.keep(alike)
            yield from self._read_in_place(part, Conversation(), progress)
        for key, tokens in missing.items():
            if progress.was_stopped:
                return
            if len(tokens) <= self._cells.room:
                yield from self._block_state(key, tokens, stable, progress)

    def held(self, segments: Sequence[Segment]) -> tuple[int, ...]:
        """How many tokens of each block of ``segments`` are in the store: all, or 0. Safe from any thread."""
        stable = stable_part(segments)
        return tuple(
            len(segment.tokens) if self._key(stable, segment) in self._store else 0
            for segment in segments
            if segment.owner is not None
        )

    def save(self) -> None:
        """Keep what has been read for another process, and wait until all that is to be kept is on disk."""
        self.drop_forgotten()
        if self._has_something_to_keep():
            packed = pack_conversation(
                self._cells.read, lambda start, end: read_cells(self._cells.state(start, end))[0]
            )
            self._store.put(self._conversation_key, packed, self._epoch)
        self._store.flush()

    def _has_something_to_keep(self) -> bool:
        """Whether what has been read can be kept; to find out how keys turn may take the room that it has."""
        return bool(self._cells.read) and self.can_move and bool(self._cells.read)

    def drop_forgotten(self) -> None:
        """Forget what has been read where the store has forgotten something since: it may be of the same document."""
        if self._epoch != self._store.epoch:
            self._epoch = self._store.epoch
            self._cells.clear()

    # --- the parts of a prompt --------------------------------------------------------------------------------------

    def _parts(self, segments: Sequence[Segment], renewed: int) -> list[Part]:
        parts: list[Part] = []
        at = 0
        for number, segment in enumerate(segments, start=1):
            anew = len(segment.tokens)
            if segment.owner is not None and number < len(segments):  # the logits come of what is read in place
                anew = min(renewed, anew)
            if anew:
                cells = tuple(map(Cell, segment.tokens[:anew]))
                parts.append(Part(at, cells, is_stable=number == 1 and bool(stable_part(segments))))
            if anew < len(segment.tokens):
                key = self._key(stable_part(segments), segment)
                cells = tuple(Cell(token, key) for token in segment.tokens[anew:])
                parts.append(Part(at + anew, cells, key, segment.tokens, anew))
            at += len(segment.tokens)
        return parts

    def _key(self, stable: Sequence[int], segment: Segment) -> StateKey:
        return StateKey(segment.owner or _STABLE, self._digest([*stable, -1, *segment.tokens]))

    @property
    def _conversation_key(self) -> StateKey:
        return StateKey(CONVERSATION, self._shape.identity)

    def _digest(self, tokens: Sequence[int]) -> str:
        return digest(self._shape.identity.encode() + np.asarray(tokens, "<i4").tobytes())

    # --- reading ----------------------------------------------------------------------------------------------------

    def _read_in_place(self, part: Part, earlier: Conversation, progress: Progress) -> Iterator[int]:
        """Read what is still missing of ``part``; what is in ``earlier``, or is a stable part that is kept, is put."""
        there = len(self._cells.read)
        end = min(part.end, len(earlier.cells))
        if there < end and (state := earlier.state(there, end)):
            self._put(state, part.cells[there - part.start : end - part.start], there)
            progress.reused += end - there
        key = StateKey(_STABLE, self._digest([cell.token for cell in part.cells]))
        if part.is_stable and not self._cells.read and (state := self._kept(key)):
            self._put(state, part.cells, 0)
            progress.reused += len(part.cells)
        tokens = [cell.token for cell in part.cells[len(self._cells.read) - part.start :]]
        for batch in self._batches(tokens, ends_alone=part.end == progress.tokens):
            if not self._cells.decode(batch):
                progress.was_stopped = True
                return
            progress.computed += len(batch)
            yield len(self._cells.read)
        if part.is_stable and key not in self._store:
            self._store.put(key, pack(read_cells(self._cells.state(0, part.end))[0]), self._epoch)

    def _batches(self, tokens: Sequence[int], *, ends_alone: bool) -> Iterator[Sequence[int]]:
        """What of ``tokens`` is computed at once. The last one of a prompt ``ends_alone``.

        A token's logits differ a little by what is computed with it. So they are the same for a prompt that has been
        read already: the same question gets the same answer.
        """
        together = tokens[:-1] if ends_alone else tokens
        for at in range(0, len(together), self._micro_batch):
            yield together[at : at + self._micro_batch]
        if ends_alone:
            yield tokens[-1:]

    def _block_state(
        self, key: StateKey, tokens: Sequence[int], stable: Sequence[int], progress: Progress
    ) -> Generator[int, None, KvState | None]:
        """The state of a block behind the ``stable`` part, which has been read; None where computing was stopped.

        It is the same whether it comes from the store or is computed now, so that an answer does not depend on that.
        """
        state = self._kept(key)
        if state is not None:
            return state
        with self._cells.apart(len(stable)):
            for at in range(0, len(tokens), self._micro_batch):
                batch = tokens[at : at + self._micro_batch]
                if not self._cells.decode_apart(batch, len(stable) + at):
                    progress.was_stopped = True
                    return None
                progress.computed += len(batch)
                yield len(self._cells.read) + at
            state = read_cells(self._cells.state_apart(len(stable)))[0].quantized(self._workers)
        self._store.put(key, pack(state), self._epoch)
        return state

    def _kept(self, key: StateKey) -> KvState | None:
        data = self._store.get(key)
        if data is None:
            return None
        try:
            return unpack(data)
        except StateUnreadable:
            return None

    def _put(self, state: KvState, cells: Sequence[Cell], computed_at: int) -> None:
        """Put ``cells`` with their ``state``, computed for the position ``computed_at``, behind what has been read."""
        assert self._form is not None  # noqa: S101 - states are put only where blocks can be moved
        assert self._rotation is not None  # noqa: S101
        at = len(self._cells.read)
        turn = self._rotation.by(at - computed_at) if at != computed_at else None
        self._cells.put(write_cells(state, self._form, at, turn, self._workers), cells)

    def _saved(self, parts: Sequence[Part]) -> Conversation:
        """What an earlier process had read, as far as ``parts`` begin with it."""
        if self._conversation_key not in self._store or not self.can_move:
            return Conversation()
        data = self._store.get(self._conversation_key)
        try:
            conversation = unpack_conversation(data or b"")
        except StateUnreadable:
            return Conversation()
        return conversation.beginning(count_kept(conversation.cells, parts))

    # --- how keys turn ----------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Find out how keys turn. Where that is stopped, the next call tries again."""
        if self._cells.room < len(POSITIONS):
            self._cells.clear()
        states = self._cells.alone(token=0)
        if states is None:
            return
        self._is_measured = True
        try:
            apart = [read_cells(state) for state in states]
        except StateUnreadable:
            return
        self._form = apart[0][1]
        keys = np.stack([np.concatenate([rows.floats() for rows in state.keys]) for state, _ in apart])
        self._rotation = measure(keys, self._shape.heads, self._shape.turning)
