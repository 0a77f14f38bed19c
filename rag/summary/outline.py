"""The outline: a document's own sections, or where it has no headings, parts of even size. Pure."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence

from rag.chunk import SECTION_SEPARATOR
from rag.protocol import Passage

FEWEST_SECTIONS = 3
"""A level of headings with fewer is rather the document's title: the next level is taken where it says more."""
MOST_SECTIONS = 24
"""An outline with more is nobody's to read: small neighbours are joined."""
LONGEST_PART = 6_000
"""Characters of text without headings that are one section."""

_CELLS = " | "
"""Stands in the last part of a section's path where that is the header of a table."""
_JOINED = " – "


@dataclasses.dataclass(frozen=True)
class Section:
    """Neighbouring passages of a document under one ``title``, "" where there is no heading."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def pages(self) -> tuple[int, int]:
        """Its first and its last page."""
        return self.passages[0].page, self.passages[-1].page

    @property
    def characters(self) -> int:
        """How much text it has."""
        return sum(len(passage.text) for passage in self.passages)


def outline(passages: Sequence[Passage], most: int = MOST_SECTIONS) -> tuple[Section, ...]:
    """The sections of a document's ``passages`` (in reading order), ``most`` at most, which hold each of them once.

    They are those of the highest level of headings that parts the document; where there are more than ``most``, the
    smallest are joined to their smaller neighbour.
    """
    if not passages:
        return ()
    paths = [headings(passage) for passage in passages]
    sections = [
        section
        for title, places in _runs(paths, _level(paths))
        for section in _parted(title, [passages[place] for place in places])
    ]
    return tuple(_joined(sections, max(1, most)))


def headings(passage: Passage) -> tuple[str, ...]:
    """The path of headings above a passage, without the header of a table that it may begin in."""
    return tuple(part for part in passage.section.split(SECTION_SEPARATOR) if part and _CELLS not in part)


def parts(section: Section, size: Callable[[Passage], int], limit: int) -> tuple[tuple[Passage, ...], ...]:
    """The passages of ``section`` in order, as many together as have ``limit`` or less in all; a larger one is alone.

    They are of about the same size each, so that no last one is a scrap.
    """
    sizes = [max(1, size(passage)) for passage in section.passages]
    fewest = -(-sum(sizes) // max(1, limit))
    for count in range(fewest, 2 * fewest + 1):
        found = _even(sizes, count)
        if all(len(part) == 1 or sum(sizes[place] for place in part) <= limit for part in found):
            return tuple(tuple(section.passages[place] for place in part) for part in found)
    return tuple((passage,) for passage in section.passages)


def _even(sizes: Sequence[int], count: int) -> list[list[int]]:
    """The places of ``sizes`` in about ``count`` runs, whose ends are as near to even ones as can be."""
    total, before = sum(sizes), 0
    found: dict[int, list[int]] = {}
    for place, own in enumerate(sizes):
        found.setdefault((2 * before + own) * count // (2 * total), []).append(place)
        before += own
    return list(found.values())


def _runs(paths: Sequence[tuple[str, ...]], level: int) -> list[tuple[str, list[int]]]:
    """Places of neighbours that share their headings down to ``level``, and the last of these headings."""
    keyed = ((path[:level], place) for place, path in enumerate(paths))
    return [
        (key[-1] if key else "", [place for _, place in run])
        for key, run in itertools.groupby(keyed, key=lambda item: item[0])
    ]


def _level(paths: Sequence[tuple[str, ...]]) -> int:
    deepest = max(map(len, paths))
    counts = {level: len(_runs(paths, level)) for level in range(1, deepest + 1)}
    enough = (level for level, count in counts.items() if count >= FEWEST_SECTIONS)
    return next(enough, max(counts, key=lambda level: counts[level], default=1))


def _parted(title: str, passages: Sequence[Passage]) -> list[Section]:
    """One section; text without a heading that is long for one, in parts of even size."""
    whole = Section(title, tuple(passages))
    if title or whole.characters <= LONGEST_PART:
        return [whole]
    return [Section("", part) for part in parts(whole, lambda passage: len(passage.text), LONGEST_PART)]


def _joined(sections: list[Section], most: int) -> list[Section]:
    # A long text without headings has thousands: passages are put together, and counted, once.
    titles = [section.title for section in sections]
    sizes = [section.characters for section in sections]
    begins = list(range(len(sections)))
    while len(begins) > most:
        smallest = sizes.index(min(sizes))
        sides = [place for place in (smallest - 1, smallest + 1) if 0 <= place < len(sizes)]
        first, last = sorted((smallest, min(sides, key=lambda place: sizes[place])))
        titles[first : last + 1] = [_title(titles[first], titles[last])]
        sizes[first : last + 1] = [sizes[first] + sizes[last]]
        del begins[last]
    return [
        Section(title, tuple(passage for section in sections[begin:end] for passage in section.passages))
        for title, (begin, end) in zip(titles, itertools.pairwise([*begins, len(sections)]), strict=True)
    ]


def _title(one: str, other: str) -> str:
    first, last = one.partition(_JOINED)[0], other.rpartition(_JOINED)[2]
    return first if first == last else _JOINED.join(part for part in (first, last) if part)
