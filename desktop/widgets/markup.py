"""The few marks of Markdown that an answer may use, read while it streams. Everything else in it is plain text.

What a model writes is data: no HTML, no links, no pictures. ``**bold**``, `` `code` ``, headings and list marks at
the beginning of a line, lines between two fences, and rows of a table, which stay as they were written, are all there
is; whatever opens ends with its line, but for a fence.
"""

from __future__ import annotations

import dataclasses
import re

_LINE_MARK = re.compile(r"(?:(#{1,6})|([-*+]))[ \t]+(?=\S)")
_PERHAPS_LINE_MARK = re.compile(r"(?:#{1,6}|[-*+])[ \t]*\Z|`{1,2}\Z|```[^\n]*\Z")
_FENCE = re.compile(r"```[^\n]*(?:\n|\Z)")
_ROW = "|"
_PIECE = re.compile(r"\*\*|`|\n|[^*`\n]+|\*")


@dataclasses.dataclass(frozen=True)
class Run:
    """A stretch of text in one dress."""

    text: str
    is_bold: bool = False
    is_code: bool = False


class Markup:
    """Turns a text that arrives in pieces into runs; a mark cut in two by the pieces is held back until it is whole."""

    def __init__(self) -> None:
        self._held = ""
        self._is_bold = False
        self._is_code = False
        self._is_fenced = False
        self._is_row = False
        self._begins_line = True

    def feed(self, text: str) -> list[Run]:
        """The runs that ``text`` completes."""
        self._held += text
        return self._read(is_end=False)

    def flush(self) -> list[Run]:
        """What was held back: nothing more belongs to it."""
        return self._read(is_end=True)

    def _read(self, *, is_end: bool) -> list[Run]:
        runs: list[Run] = []
        while self._held:
            if self._begins_line and self._reads_line_mark(runs, is_end=is_end):
                return runs
            piece = _PIECE.match(self._held)
            if piece is None or (piece[0] == "*" == self._held and not is_end):
                return runs
            self._held = self._held[piece.end() :]
            self._take(piece[0], runs)
        return runs

    def _reads_line_mark(self, runs: list[Run], *, is_end: bool) -> bool:
        """Take the mark that begins a line, if one does; whether more text is needed to tell."""
        if not is_end and _PERHAPS_LINE_MARK.match(self._held):
            return True
        if fence := _FENCE.match(self._held):
            self._held = self._held[fence.end() :]
            self._is_fenced = not self._is_fenced
            return not self._held
        self._begins_line = False
        self._is_row = self._held.startswith(_ROW)
        mark = None if self._is_fenced else _LINE_MARK.match(self._held)
        if mark is not None:
            self._held = self._held[mark.end() :]
            if mark[1]:
                self._is_bold = True
            else:
                runs.append(Run("•\u00a0"))
        return not self._held

    def _take(self, piece: str, runs: list[Run]) -> None:
        if piece != "\n" and (self._is_fenced or self._is_row):
            runs.append(Run(piece, is_code=True))
        elif piece == "**" and not self._is_code:
            self._is_bold = not self._is_bold
        elif piece == "`":
            self._is_code = not self._is_code
        elif piece == "\n":
            self._is_bold = self._is_code = False
            self._begins_line = True
            runs.append(Run("\n", is_code=self._is_fenced))
        else:
            runs.append(Run(piece, self._is_bold, self._is_code))


def plain_text(text: str) -> str:
    """``text`` without its marks, as a person reads it aloud."""
    markup = Markup()
    return "".join(run.text for run in markup.feed(text) + markup.flush())
