"""The thorough way: every part of a document is read by the model, then what was read is joined, tree-wise, to a text.

Map and reduce over the document's own sections; what the model writes of each part is kept (see Author).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Sequence

from rag.protocol import Passage, Stage, SummaryProgress, Token
from rag.summary.author import Author
from rag.summary.choosing import chosen
from rag.summary.composing import Composed, compose
from rag.summary.materials import Material
from rag.summary.notes import Note, quoted
from rag.summary.outline import Section, parts
from rag.summary.ranking import Candidate
from rag.summary.writing import (
    PART,
    Length,
    Wish,
    batches,
    draft_of_notes,
    draft_of_part,
    note_lines,
    part_lines,
    room,
)

TEXTS_AT_ONCE = 256
"""Passages whose tokens are counted by one call."""

Event = SummaryProgress | Stage | Token


@dataclasses.dataclass(frozen=True)
class Reading:
    """What was read of a document: ``unread`` are the pages of parts that were not reached; see Composed."""

    notes: tuple[Note, ...]
    parts: int
    parts_cached: int
    unread: frozenset[int]
    left_out: int


def read(
    material: Material, sections: Sequence[Section], ranked: Sequence[Candidate], wish: Wish, author: Author
) -> Generator[Event, None, Reading]:
    """Have the model read every part of the document, section by section; ends early where it is cancelled."""
    limit = room(author.context, PART, wish, author.count_tokens)
    sizes = _sizes(material.passages, author)
    every = [
        (place, part)
        for place, section in enumerate(sections)
        for part in parts(section, lambda passage: sizes[passage.number], limit)
    ]
    drafts = [draft_of_part(part, wish) for _, part in every]
    known = author.known(drafts)
    held: dict[int, list[Candidate]] = {}
    for candidate in ranked:
        held.setdefault(candidate.passage.number, []).append(candidate)
    name, pace = material.document.name, _Pace(author)
    notes: list[Note] = []
    unread: set[int] = set()
    cached = left_out = 0
    for index, ((place, part), draft) in enumerate(zip(every, drafts, strict=True)):
        left = pace.left(sum(_weight(other, sizes) for (_, other), is_known in
                             zip(every[index:], known[index:], strict=True) if not is_known))  # fmt: skip
        yield SummaryProgress(0, "reading", name, index, len(every), left, is_cached=known[index])
        weight = _weight(part, sizes)
        written = yield from author.write(draft, (material.document.sha256,))
        if written is None:
            # A page on which a part before has ended was not read to its end.
            unread = {passage.page for _, rest in every[index:] for passage in rest}
            break
        cached += written.is_cached
        if not written.is_cached:
            pace.note(weight)
        own = [candidate for passage in part for candidate in held.get(passage.number, ())]
        best = tuple(map(quoted, chosen(own, PART.notes)))
        composed = compose(written.text, part, best, min(PART.sentences, max(1, len(own) // 2)), _always(place))
        notes.extend(composed.notes)
        left_out += composed.left_out
    else:
        yield SummaryProgress(0, "reading", name, len(every), len(every), 0.0)
    return Reading(tuple(notes), len(every), cached, frozenset(unread), left_out)


def joined(
    notes: Sequence[Note],
    passages: Sequence[Passage],
    section_of: Callable[[int], int],
    length: Length,
    wish: Wish,
    author: Author,
    *,
    is_list: bool = False,
) -> Generator[Event, None, Composed]:
    """One text of ``notes``, which stand in reading order: joined in batches until one prompt holds them all.

    Where it is cancelled on the way, the notes that carry most are taken as they are.
    """
    sha256s = tuple(dict.fromkeys(passage.sha256 for passage in passages))
    by_number = {passage.number: passage for passage in passages}
    limit = room(author.context, length, wish, author.count_tokens)
    left = tuple(notes)
    written, left_out = "", 0
    if not author.is_cancelled():
        while len(left) > 2 and sum(author.count_tokens([note_lines(left)])) > limit:
            some = batches(left, limit, author.count_tokens)
            shorter: list[Note] = []
            for index, batch in enumerate(some):
                yield SummaryProgress(0, "joining", "", index, len(some))
                wanted = min(PART.sentences, max(1, len(batch) // 2))
                draft = draft_of_notes(batch, wish, PART)
                said = yield from author.write(draft, sha256s)
                if said is None:
                    return _as_they_are(notes, length)
                one = compose(said.text, _evidence(batch, by_number), batch, wanted, section_of)
                shorter.extend(one.notes)
                left_out += one.left_out
            if len(shorter) >= len(left):
                break
            left = tuple(shorter)
        last = draft_of_notes(left, wish, length, is_list=is_list)
        said = yield from author.write(last, sha256s, is_shown=True)
        written = said.text if said is not None else ""
    composed = compose(written, _evidence(left, by_number), notes, length.sentences, section_of)
    return dataclasses.replace(composed, left_out=composed.left_out + left_out)


def _as_they_are(notes: Sequence[Note], length: Length) -> Composed:
    return compose("", (), notes, length.sentences, lambda _: 0)


def _evidence(notes: Sequence[Note], passages: dict[int, Passage]) -> list[Passage]:
    numbers = sorted({citation.passage for note in notes for citation in note.citations})
    return [passages[number] for number in numbers]


def _always(section: int) -> Callable[[int], int]:
    return lambda _: section


def _sizes(passages: Sequence[Passage], author: Author) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for begin in range(0, len(passages), TEXTS_AT_ONCE):
        some = passages[begin : begin + TEXTS_AT_ONCE]
        counts = author.count_tokens([part_lines(passage) for passage in some])
        sizes.update(zip((passage.number for passage in some), counts, strict=True))
    return sizes


def _weight(part: Sequence[Passage], sizes: dict[int, int]) -> int:
    return sum(sizes[passage.number] for passage in part) + PART.answer


class _Pace:
    """How fast the model has read in this run."""

    def __init__(self, author: Author) -> None:
        self._author = author
        self._begun = author.spent.seconds
        self._tokens = 0

    def note(self, tokens: int) -> None:
        """So many more were read."""
        self._tokens += tokens

    def left(self, tokens: int) -> float:
        """The seconds that so many will take; -1 where nothing was read in this run yet, and 0 for none."""
        if not tokens:
            return 0.0
        spent = self._author.spent.seconds - self._begun
        return round(tokens * spent / self._tokens, 1) if self._tokens else -1.0
