"""Where a stretch of a note's source stands in the note as it is rendered, without the marks of its Markdown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from rag.protocol import Span

_WORD = re.compile(r"\w+")

PART = 5_000
"""Characters; one part renders within 50 ms."""


def rendered_span(source: str, span: Span, rendered: str) -> Span | None:
    """The span of ``rendered`` that shows ``span`` of ``source``, from its first common word to its last.

    Both are spans of characters. Rendering drops marks and addresses but keeps the words and their order, so the words
    are aligned: the longest run in common nearest to where it should stand (``difflib``), and what follows from it on
    either side. None where no word is shown.
    """
    wanted = [match[0] for match in _WORD.finditer(source, *span)]
    shown = list(_WORD.finditer(rendered))
    if not wanted or not shown:
        return None
    before = sum(1 for _ in _WORD.finditer(source, 0, span[0]))
    words = [match[0] for match in shown]
    first, last = _window(words, wanted, before)
    matcher = difflib.SequenceMatcher(None, words[first:last], wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    return shown[first + blocks[0].a].start(), shown[first + blocks[-1].a + blocks[-1].size - 1].end()


def word_span(source: str, span: Span) -> Span:
    """``span`` of ``source`` with all of the words that it begins and ends in."""
    start, stop = span
    while start > 0 and _WORD.match(source, start) and _WORD.match(source, start - 1):
        start -= 1
    while stop < len(source) and _WORD.match(source, stop) and _WORD.match(source, stop - 1):
        stop += 1
    return start, stop


def _window(words: Sequence[str], wanted: Sequence[str], before: int) -> tuple[int, int]:
    """The stretch of ``words`` to align ``wanted`` with: around its longest common run nearest to word ``before``."""
    count = len(wanted)
    exact = [place for place in range(len(words) - count + 1) if words[place : place + count] == list(wanted)]
    if exact:
        # Marks are dropped before the place as well, so that it stands rather earlier than its number says.
        place = min(exact, key=lambda found: abs(found - before))
        return place, place + count
    run = difflib.SequenceMatcher(None, words, wanted, autojunk=False).find_longest_match()
    place = run.a - run.b
    return max(0, place), min(len(words), place + count)


def note_parts(source: str, length: int = PART) -> list[Span]:
    """``source`` cut into spans of about ``length`` characters, together all of it.

    The cuts are at blank lines outside of code, so that each part renders as it would within the whole.
    """
    parts: list[Span] = []
    begin, position, is_code = 0, 0, False
    for line in source.splitlines(keepends=True):
        position += len(line)
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        if not line.strip() and not is_code and position - begin >= length:
            parts.append((begin, position))
            begin = position
    if begin < len(source) or not parts:
        parts.append((begin, len(source)))
    return parts


def anchor_of(heading: str) -> str:
    """What a link calls a heading, as GitHub makes its anchors: "the-quay" for "The quay!"."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
