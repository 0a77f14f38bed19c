"""From pages to passages: pieces that follow sentences, paragraphs, headings and pages, sized in the embedder's tokens.

Pure but for the tokenizer that is handed in. A passage never crosses a page, so that its page is exact.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.pages import Heading, PageText
from rag.sentences import Span, sentence_spans
from rag.splitting import CountTokens, cut_long, trimmed

CHUNKER_VERSION = 4
"""Raise it when a change here cuts the same pages differently: documents are then cut again."""

SECTION_SEPARATOR = " › "
LONGEST_SECTION_NAME = 120
"""Characters of one heading in a section's path."""

LONGEST_HEADING_LINE = 1_000
"""Characters of a line that are looked at to tell whether it says a heading."""

_TABLE = re.compile(r"^\|[ \t].*\n(?:.*\S.*(?:\n|\Z))+", re.MULTILINE)
"""A table whose header is known: its first line begins with the separator of cells, or stands in Markdown's lines."""
_UNDERLINE = re.compile(r"\n[ \t]*[-=]+[ \t]*(?=\n|\Z)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class ChunkOptions:
    """Sizes in the embedder's tokens."""

    tokens: int = 220
    """The most that a passage holds: all-MiniLM-L6-v2 reads 256, and title and section are embedded with the text."""
    smallest: int = 40
    """A passage with less than this is joined to its neighbour of a related section, where both fit into one."""

    def __post_init__(self) -> None:
        if not 0 <= self.smallest <= self.tokens or self.tokens < 1:
            raise ValueError("a passage needs room")


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage before it is stored: ``text`` is the text of its page from ``start`` to ``end``, to the letter.

    ``section`` is the path of headings above it ("Design values › Gusts"), "" where there are none.
    """

    page: int
    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or a heading of a page."""

    span: Span
    section: tuple[str, ...]
    begins_paragraph: bool
    is_heading: bool
    run: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit that fits into a passage, or a part of one that did not; with its tokens."""

    start: int
    end: int
    tokens: int
    section: tuple[str, ...]
    begins_paragraph: bool
    is_heading: bool
    run: int
    """Counts the parts of the page between which something is left out."""


def cut(
    pages: Iterable[PageText],
    count_tokens: CountTokens,
    options: ChunkOptions = ChunkOptions(),
    leave_out: Mapping[int, Sequence[Span]] | None = None,
) -> Iterator[PassageDraft]:
    """The passages of a document's ``pages``, which must come in order; lazily, a page at a time.

    The passages of a page are in order, do not overlap and hold all of its text but space between them, and but the
    spans that ``leave_out`` has for its number. Headings hold until the next one of the same or a higher level, over
    pages too. A passage that begins inside a table has the table's header at the end of its section. ``count_tokens``
    is called with many texts at a time, once or a few times a page.
    """
    path: list[Heading] = []
    for page in pages:
        left_out = leave_out.get(page.number, ()) if leave_out else ()
        pieces = _pieces(page, path, count_tokens, options.tokens, left_out)
        tables = [found.span() for found in _TABLE.finditer(page.text)] if "|" in page.text else []
        for _, run in itertools.groupby(pieces, key=lambda piece: piece.run):
            for passage in _merge_small(_pack(list(run), options.tokens), options):
                start, end = passage[0].start, passage[-1].end
                section = [*_section(passage), *_header_of(page.text, start, tables)]
                yield PassageDraft(page.number, start, end, page.text[start:end], SECTION_SEPARATOR.join(section))


def _header_of(text: str, start: int, tables: Iterable[Span]) -> list[str]:
    """The header of the table that goes on at ``start``, else nothing."""
    for first, last in tables:
        header_end = text.index("\n", first)
        if header_end < start < last:
            return [text[first:header_end].strip("| ")[:LONGEST_SECTION_NAME]]
    return []


def _pieces(
    page: PageText, path: list[Heading], count_tokens: CountTokens, limit: int, left_out: Sequence[Span]
) -> list[_Piece]:
    """The page's headings and sentences, those that are too long in parts; ``path`` is carried from page to page."""
    units = [
        unit
        for run, start, end, headings in _parts(page, left_out)
        for unit in _units(page.text, start, end, headings, _section_of(path, headings), run)
    ]
    texts = [page.text[slice(*unit.span)] for unit in units]
    counts = count_tokens(texts) if texts else []
    pieces: list[_Piece] = []
    for unit, tokens in zip(units, counts, strict=True):
        fits = [(unit.span, tokens)]
        parts = fits if tokens <= limit else cut_long(page.text, unit.span, count_tokens, limit)
        for index, (part, part_tokens) in enumerate(parts):
            begins = unit.begins_paragraph and index == 0
            pieces.append(_Piece(*part, part_tokens, unit.section, begins, unit.is_heading, unit.run))
    return pieces


def _parts(page: PageText, left_out: Sequence[Span]) -> Iterator[tuple[int, int, int, list[Heading]]]:
    """The page's text from heading to heading, and the headings that each part begins with.

    What is left out parts the text too, and takes its headings with it; the first number counts how often it did.
    """
    run, at = 0, 0
    for start, end in [*left_out, (len(page.text), len(page.text))]:
        headings = [heading for heading in page.headings if at <= heading.start < start]
        if start == len(page.text):
            headings += [heading for heading in page.headings if heading.start >= start]
        starts = sorted({at, *(min(heading.start, start) for heading in headings)})
        for first, last in itertools.pairwise([*starts, start]):
            yield run, first, last, [heading for heading in headings if min(heading.start, start) == first]
        run, at = run + 1, end


def _section_of(path: list[Heading], headings: Iterable[Heading]) -> tuple[str, ...]:
    """The path of headings after ``headings``, which are taken into ``path``."""
    for heading in sorted(headings, key=lambda heading: heading.level):
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(heading.text[:LONGEST_SECTION_NAME] for heading in path)


def _units(
    text: str, start: int, end: int, headings: Sequence[Heading], section: tuple[str, ...], run: int
) -> Iterator[_Unit]:
    """The heading that a part of the page begins with, then its sentences."""
    heading_end = max((_heading_end(text, start, end, heading.text) for heading in headings), default=start)
    heading = trimmed(text, start, heading_end)
    if heading is not None:
        yield _Unit(heading, section, begins_paragraph=True, is_heading=True, run=run)
    previous_end = heading_end
    for first, last in sentence_spans(text[heading_end:end]):
        span = (heading_end + first, heading_end + last)
        begins = previous_end == heading_end or _PARAGRAPH_END.search(text, previous_end, span[0]) is not None
        yield _Unit(span, section, begins, is_heading=False, run=run)
        previous_end = span[1]


def _heading_end(text: str, start: int, end: int, heading: str) -> int:
    """Where the lines end that say the heading at ``start``; ``start`` itself where the text does not say it."""
    letters, said, at = _letters(heading), "", start
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        said += _letters(text[at : min(line_end, at + LONGEST_HEADING_LINE)])
        if said == letters:
            underline = _UNDERLINE.match(text, line_end, end)
            return underline.end() if underline else line_end
        if not letters.startswith(said):
            return start
        at = line_end + 1
    return start


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _pack(pieces: Sequence[_Piece], limit: int) -> list[list[_Piece]]:
    """Pieces of one section together, up to ``limit`` tokens; rather ended with a paragraph than inside the next."""
    passages: list[list[_Piece]] = []
    size = 0
    for index, piece in enumerate(pieces):
        current = passages[-1] if passages else []
        # A heading with no text of its own goes with the section that follows it.
        is_same = bool(current) and (current[-1].section == piece.section or all(p.is_heading for p in current))
        room = limit - size
        needs = piece.tokens
        if piece.begins_paragraph and size >= limit // 2:
            needs = min(_paragraph_tokens(pieces, index, room), limit)
        if is_same and needs <= room:
            current.append(piece)
            size += piece.tokens
        else:
            passages.append([piece])
            size = piece.tokens
    return passages


def _paragraph_tokens(pieces: Sequence[_Piece], index: int, enough: int) -> int:
    """Tokens of the paragraph that begins with the piece at ``index``, counted no further than past ``enough``."""
    total = pieces[index].tokens
    for piece in pieces[index + 1 :]:
        if piece.begins_paragraph or total > enough:
            break
        total += piece.tokens
    return total


def _merge_small(passages: Sequence[list[_Piece]], options: ChunkOptions) -> list[list[_Piece]]:
    """Small passages joined to a neighbour whose section is related: the same, one above the other, or siblings."""
    merged: list[list[_Piece]] = []
    for passage in passages:
        if merged:
            sizes = [sum(piece.tokens for piece in some) for some in (merged[-1], passage)]
            one, other = _section(merged[-1]), _section(passage)
            is_related = one == other or bool(_common(one, other))
            if min(sizes) < options.smallest and sum(sizes) <= options.tokens and is_related:
                merged[-1] = [*merged[-1], *passage]
                continue
        merged.append(passage)
    return merged


def _section(passage: Sequence[_Piece]) -> tuple[str, ...]:
    """The path that all of a passage stands under; its headings that have no text of their own don't count."""
    sections = [piece.section for piece in passage if not piece.is_heading] or [passage[-1].section]
    common = sections[0]
    for section in sections[1:]:
        common = _common(common, section)
    return common


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]
