"""Which lines of a page are headings: those that the outline names, else those whose type says so. Pure."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.extract.lines import Line, gap_between, hull, usual_gap
from rag.pages import Heading

HEADING_SIZE = 1.18
"""A line higher than the document's body by this factor is a heading ..."""
HEADING_LEVELS = (1.7, 1.35)
"""... of the first level from this factor on, of the second, else of the third."""
MOST_HEADINGS = 0.2
"""The share of a document's characters that may be headings."""
BODY_CHARACTERS = 200
"""Text with fewer characters has no body to measure headings by."""
BOLD_LEVEL = 4
"""The level of a line that is only bold; a number in front of it says its own, below those of size."""
MOST_ENTRIES = 200
"""Of an outline on one page."""
OUTLINE_LEVELS = 3
"""A heading by type stands so many levels lower in a document whose outline names only its chapters."""
LONGEST_HEADING = 200
LONGEST_BOLD_HEADING = 150
MOST_LINES = 3
"""Of a bold heading."""
SHORTEST_TITLE_LINE = 4
"""Characters; a shorter line is not taken for the first of a title's lines."""
LEAST_ALIKE = 0.5
"""The share of words that a line must have in common with a title that is not said to the letter (Jaccard, 1901)."""
HEADING_GAP = 0.2
"""What must be free above a bold line, more than between lines of a paragraph, in its heights."""
MOST_BOLD = 0.5
"""The share of bold lines from which on bold says nothing on a page."""

_PAGE_NUMBER = re.compile(r"\b(page|pagina|página|pag\.|seite)\s+\d+\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|[A-Z]\.|[IVX]{1,5}\.)\s+(?=[^\W\d_])")
_NOTE = re.compile(r"(?:note|nota|anmerkung)\s+\d{1,2}\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:part|item|chapter|section|appendix|annex|article|partie|article|chapitre|annexe|capitolo|sezione|parte"
    r"|allegato|articolo|kapitel|abschnitt|teil|anhang|artikel|capítulo|sección|anexo|artículo)\s+[\dIVXA-Z]+\b",
    re.IGNORECASE,
)
_TERMINALS = frozenset(".!?;,…。")

Placed = tuple[Line, int]
"""A line, and the offset of its first character in the page's text."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the document's outline on one page; ``top`` in points from the page's top, where it is said."""

    level: int
    title: str
    top: float | None


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """What size a document's type has, in points: the height of its running text, and the least of a heading's."""

    body: float
    heading: float


def type_sizes(lines: Iterable[Line]) -> TypeSizes | None:
    """The sizes of a document by a sample of its ``lines``: the body is what most of its characters are set in.

    None where there is too little text to tell.
    """
    characters: Counter[float] = Counter()
    for line in lines:
        characters[round(line.height, 1)] += len(line.text)
    total = characters.total()
    if total < BODY_CHARACTERS:
        return None
    heights = sorted(characters)
    sums = list(itertools.accumulate(characters[height] for height in heights))
    body = heights[bisect.bisect_left(sums, total / 2)]
    # What much of the text is set in is no heading: fonts of one size can differ in height.
    common = heights[bisect.bisect_left(sums, (1 - MOST_HEADINGS) * total)]
    return TypeSizes(body, max(HEADING_SIZE * body, 1.02 * common))


def headings_of(
    placed: Sequence[Placed], outline: Sequence[OutlineEntry] | None, sizes: TypeSizes | None
) -> tuple[Heading, ...]:
    """The headings of a page: those of the outline, below them those by type (None: that isn't asked)."""
    if outline is None:
        return headings_by_type(placed, sizes)
    named = headings_by_outline(placed, outline)
    starts = {heading.start for heading in named}
    others = (
        Heading(heading.start, heading.level + OUTLINE_LEVELS, heading.text)
        for heading in headings_by_type(placed, sizes)
        if heading.start not in starts
    )
    return tuple(sorted((*named, *others), key=lambda heading: (heading.start, heading.level)))


def headings_by_type(placed: Sequence[Placed], sizes: TypeSizes | None) -> tuple[Heading, ...]:
    """Lines that are higher than the body, or bold, short, and set apart."""
    if sizes is None or not placed:
        return ()
    bold = _bold_headings(placed, sizes)
    headings: list[Heading] = []
    previous: Line | None = None
    for line, start in placed:
        factor = line.height / max(sizes.body, 0.1)
        if line.height < sizes.heading:
            previous = None
            if start in bold:
                headings.append(bold[start])
            continue
        is_same = previous is not None and abs(previous.height - line.height) < 0.05 * sizes.body
        if previous is not None and is_same and gap_between(previous, line) < 1 and headings:
            last = headings[-1]
            headings[-1] = Heading(last.start, last.level, f"{last.text} {line.text}")
        else:
            level = 1 + sum(factor < least for least in HEADING_LEVELS)
            headings.append(Heading(start, level, line.text))
        previous = line
    return tuple(heading for heading in headings if _is_sensible(heading.text))


def _is_sensible(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and sum(map(str.isalpha, text)) >= 2 and not _PAGE_NUMBER.search(text)


def _bold_headings(placed: Sequence[Placed], sizes: TypeSizes) -> dict[int, Heading]:
    """Bold lines of the body's size that stand apart, one or a few together, by their offsets."""
    characters = sum(len(line.text) for line, _ in placed)
    if sum(len(line.text) for line, _ in placed if line.is_bold) > MOST_BOLD * characters:
        return {}
    lines = [line for line, _ in placed]
    usual = usual_gap(lines)
    edges = hull(lines)
    found: dict[int, Heading] = {}
    after = 0
    for is_bold, group in itertools.groupby(placed, key=lambda one: one[0].is_bold):
        block = list(group)
        above = lines[after - 1] if after > 0 else None
        after += len(block)
        below = lines[after] if after < len(lines) else None
        if not is_bold or not _is_apart(above, block[0][0], block[-1][0], below, usual):
            continue
        for part in _parted(block, usual):
            text = " ".join(line.text for line, _ in part)
            # What stands in the right half alone is the header of a table's columns.
            is_left = part[0][0].box[0] < (edges[0] + edges[2]) / 2
            is_large = part[0][0].height >= 0.9 * sizes.body
            if is_left and is_large and len(part) <= MOST_LINES and _reads_as_heading(text):
                found[part[0][1]] = Heading(part[0][1], _bold_level(text), text)
    return found


def _is_apart(above: Line | None, first: Line, last: Line, below: Line | None, usual: float) -> bool:
    """Whether there is room above bold lines, and nothing beside them: else they are a table's or a sentence's."""
    if above is not None and (_stands_beside(above, first) or -0.5 <= gap_between(above, first) < usual + HEADING_GAP):
        return False
    return below is None or not _stands_beside(last, below)


def _parted(block: Sequence[Placed], usual: float) -> list[list[Placed]]:
    """Bold lines that follow each other, parted where there is room between them or one begins with a number."""
    parts: list[list[Placed]] = [[block[0]]]
    for one, other in itertools.pairwise(block):
        goes_on = -0.5 <= gap_between(one[0], other[0]) < usual + HEADING_GAP
        if not goes_on or _NUMBERED.match(other[0].text) or _NAMED.match(other[0].text):
            parts.append([])
        parts[-1].append(other)
    return parts


def _stands_beside(one: Line, other: Line) -> bool:
    return min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > 0.5 * min(one.height, other.height)


def _reads_as_heading(text: str) -> bool:
    first = text.lstrip("(\"'“«")[:1]
    return (
        len(text) <= LONGEST_BOLD_HEADING
        and (text[-1] not in _TERMINALS or _NUMBERED.match(text) is not None or _NAMED.match(text) is not None)
        and (first.isdigit() or (first.isalpha() and not first.islower()))
        and sum(map(str.isalpha, text)) >= 3
    )


def _bold_level(text: str) -> int:
    """Parts and items first, then numbered ones by the depth of their number, then the rest."""
    if _NAMED.match(text):
        return BOLD_LEVEL
    if _NOTE.match(text):
        return BOLD_LEVEL + 1
    numbered = _NUMBERED.match(text)
    if numbered is None:
        return BOLD_LEVEL + 6
    depth = numbered[1].count(".") if numbered[1] else 0
    return BOLD_LEVEL + 1 + depth


def headings_by_outline(placed: Sequence[Placed], outline: Sequence[OutlineEntry]) -> tuple[Heading, ...]:
    """The lines that the entries of an outline name, or those they point to."""
    found: list[Heading] = []
    keys = [_key(line.text) for line, _ in placed]
    for entry in outline[:MOST_ENTRIES]:
        title = " ".join(entry.title.split())[:LONGEST_HEADING]
        if _key(title) and placed:
            found.append(Heading(placed[_line_of(entry, title, keys, placed)][1], entry.level, title))
    return tuple(sorted(found, key=lambda heading: (heading.start, heading.level)))


def _line_of(entry: OutlineEntry, title: str, keys: Sequence[str], placed: Sequence[Placed]) -> int:
    """The line that an outline's entry names: the one that says it, begins so or is most like it, or is pointed to."""
    key = _key(title)
    saying = [index for index, text in enumerate(keys) if text == key]
    # A title may run on in its line, or over several lines.
    saying = saying or [
        index
        for index, text in enumerate(keys)
        if text.startswith(key) or (len(text) >= SHORTEST_TITLE_LINE and key.startswith(text))
    ]
    if saying:
        top = entry.top
        return saying[0] if top is None else min(saying, key=lambda index: abs(placed[index][0].box[1] - top))
    if entry.top is not None:
        return next((index for index, (line, _) in enumerate(placed) if line.box[3] > entry.top), 0)
    words = _words(title)
    alike = [len(words & of_line) / len(words | of_line) for of_line in (_words(line.text) for line, _ in placed)]
    best = max(range(len(alike)), key=alike.__getitem__)
    return best if alike[best] >= LEAST_ALIKE else 0


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold())) or {""}


def _key(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))
