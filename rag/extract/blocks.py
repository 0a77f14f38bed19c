"""Text from its building blocks: readers of formats give headings, paragraphs and lines; this lays them out as pages.

The layout is light Markdown: ``# `` before a heading, ``- `` before an item, a blank line between paragraphs. It is
what a person sees, what is cut into passages and what is quoted. Pure.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.errors import Problem
from rag.extract.characters import clean_note
from rag.extract.limits import PART_CHARACTERS
from rag.page_forms import PageForm
from rag.pages import DocumentInfo, Heading, PageText

LONGEST_HEADING = 200
"""Characters of a heading; what is marked as one and is longer, is a paragraph."""
DEEPEST_HEADING = 6
DEEPEST_ITEM = 6
ITEMS, ROWS = "items", "rows"
"""What lines are of: they stand close together."""
LONGEST_TITLE = 300

_FENCE = re.compile(r"^`{3,}", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n|\n|(?<=[.!?;])\s|\s")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` from 1), or a piece of text. ``run``: what it is a line of, "" where it stands alone."""

    text: str
    level: int = 0
    run: str = ""


def words(text: str) -> frozenset[str]:
    """The words of ``text``: how a long set of names is written."""
    return frozenset(text.split())


def one_line(text: str) -> str:
    """``text`` without controls, with one space wherever it had any space."""
    return " ".join(clean_note(text).split())


def heading(level: int, text: str) -> Iterator[Block]:
    """A heading; nothing where it has no words."""
    text = one_line(text)
    if len(text) > LONGEST_HEADING:
        yield Block(text)
    elif text:
        yield Block(text, level=min(max(level, 1), DEEPEST_HEADING))


def paragraph(text: str) -> Iterator[Block]:
    """A paragraph, its lines kept; nothing where it has no words."""
    lines = [one_line(line) for line in clean_note(text).split("\n")]
    for is_blank, group in itertools.groupby(lines, key=lambda line: not line):
        if not is_blank:
            yield Block("\n".join(group))


def item(depth: int, text: str, mark: str = "-") -> Iterator[Block]:
    """An item of a list (``depth`` from 0), on one line; nothing where it has no words."""
    text = one_line(text)
    if text:
        yield Block(f"{'  ' * min(max(depth, 0), DEEPEST_ITEM)}{mark} {text}", run=ITEMS)


def code(text: str) -> Iterator[Block]:
    """Lines that are kept as they are; nothing where they have no words."""
    text = clean_note(text).strip("\n").expandtabs(4)
    if text.strip():
        fence = "`" * (max((len(found[0]) for found in _FENCE.finditer(text)), default=2) + 1)
        yield Block(f"{fence}\n{text}\n{fence}")


def deeper(blocks: Iterable[Block], levels: int) -> Iterator[Block]:
    """``blocks`` with their headings ``levels`` lower."""
    for block in blocks:
        lower = min(block.level + levels, DEEPEST_HEADING)
        yield dataclasses.replace(block, level=lower) if block.level else block


def text_page(number: int, blocks: Sequence[Block], label: str = "", problem: Problem | None = None) -> PageText:
    """The page of light Markdown that ``blocks`` make."""
    text, headings = laid_out(blocks)
    return PageText(
        number, one_line(label)[:LONGEST_TITLE], text, (), 0.0, 0.0, headings, problem,
        has_pictures=False, form=PageForm.MARKDOWN,
    )  # fmt: skip


def laid_out(blocks: Iterable[Block]) -> tuple[str, tuple[Heading, ...]]:
    """The text of ``blocks``, and where in it their headings stand."""
    pieces: list[str] = []
    headings: list[Heading] = []
    length = 0
    run = ""
    for block in blocks:
        gap = "" if not pieces else "\n" if block.run and block.run == run else "\n\n"
        run = block.run
        if block.level:
            headings.append(Heading(length + len(gap), block.level, block.text))
        piece = f"{gap}{'#' * block.level}{' ' if block.level else ''}{block.text}"
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(headings)


def text_pages(blocks: Iterable[Block], label: str = "", first_number: int = 1) -> list[PageText]:
    """The pages of a text: one, or several where it is long; none where it is empty."""
    return [text_page(number, part, label) for number, part in enumerate(divided(blocks), start=first_number)]


def divided(blocks: Iterable[Block], most: int = PART_CHARACTERS) -> Iterator[list[Block]]:
    """``blocks`` in parts of up to ``most`` characters, rather begun with a heading than inside a section."""
    part: list[Block] = []
    size = 0
    for block in blocks:
        for piece in _pieces(block, most - 2 - DEEPEST_HEADING):
            cost = len(piece.text) + piece.level + 3
            is_fit_end = 0 < piece.level <= 2 and size > most * 3 // 4
            if part and (size + cost > most or is_fit_end):
                ended, part = _without_last_headings(part, most - cost)
                yield ended
                size = _size(part)
            part.append(piece)
            size += cost
    if part:
        yield part


def _without_last_headings(part: list[Block], room: int) -> tuple[list[Block], list[Block]]:
    """A part, and the headings at its end, which belong to what follows if they fit into ``room`` characters."""
    end = len(part)
    while end and part[end - 1].level:
        end -= 1
    return (part[:end], part[end:]) if end and _size(part[end:]) <= room else (part, [])


def _size(part: Sequence[Block]) -> int:
    """Characters of a part, at most."""
    return sum(len(block.text) + block.level + 3 for block in part)


def _pieces(block: Block, most: int) -> Iterator[Block]:
    """The block, in pieces where it alone is longer than ``most``."""
    if len(block.text) <= most:
        yield block
        return
    for start, end in spans(block.text, most):
        yield dataclasses.replace(block, text=block.text[start:end].strip("\n"))


def spans(text: str, most: int) -> Iterator[tuple[int, int]]:
    """The whole of ``text`` in spans of up to ``most`` characters.

    In its last quarter a span ends with the last paragraph, else the last line, else the last sentence or word.
    """
    start = 0
    while len(text) - start > most:
        end, best = start + most, 0
        for found in _BREAK.finditer(text, start + most * 3 // 4, start + most):
            weight = 3 if found[0].count("\n") > 1 else 2 if "\n" in found[0] else 1
            if weight >= best:
                end, best = found.end(), weight
        yield start, end
        start = end
    if start < len(text) or not text:
        yield start, len(text)


def document(
    format_name: str, title: str, pages: Sequence[PageText], first_page: int, dated: str = ""
) -> Iterator[DocumentInfo | PageText]:
    """What a reader gives: the document (with one empty page at least), then its pages from ``first_page`` on."""
    pages = pages or [text_page(1, [])]
    yield DocumentInfo(format_name, one_line(title)[:LONGEST_TITLE], len(pages), dated)
    yield from pages[max(first_page, 1) - 1 :]
