"""The lines of a PDF's page, from PDFium, with few calls. In a parser process only.

Asking for each character's code and box costs more than all that PDFium does to a page. The text of a page is therefore
asked for at once, and boxes for the first and the last character of each word only: the characters of a word stand in a
row, and PDFium's loose boxes have the full height of their font.

Boxes are turned from PDF user space (ISO 32000-1, 8.3.2.3: origin at the bottom left, before rotation) to points from
the top left of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from rag.extract.characters import UNSPACED, readable, with_accents
from rag.extract.lines import Line, Token, line_of
from rag.words import Box

LINE_END_HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen at a line's end, which it puts in place of hyphen and line end together."""
HYPHEN_CODE = 2
"""What FPDFText_GetUnicode calls the same."""
LONGEST_BOLD_LINE = 120
"""Characters; a longer line is no heading, whatever its font."""

_LINE = re.compile(rf"[^\r\n{LINE_END_HYPHEN}]*{LINE_END_HYPHEN}|[^\r\n{LINE_END_HYPHEN}]+")
_WORD = re.compile(r"\S+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SOFT_HYPHEN = "\u00ad"
_DRAWN = 0.5
"""Points; a soft hyphen that is narrower is not drawn."""
_UNSPACED_OR_RUN = re.compile(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}).)+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!-?light)", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
"""A font's flag (ISO 32000-1, table 123)."""
_FONT_NAME_BYTES = 128


class Frame:
    """Where user space lies on the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def top_of(self, y: float) -> float:
        """The distance from the shown page's top of a height in user space, for an unrotated page (0 for others)."""
        return self.top - y if self.rotation == 0 else 0.0

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box | None:
        """A box of user space on the page as shown; None where none of it is shown."""
        if self.rotation == 0:
            box = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        elif self.rotation == 90:
            box = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.rotation == 180:
            box = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        else:
            box = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        if 0.0 <= box[0] < box[2] <= self.width and 0.0 <= box[1] < box[3] <= self.height:
            return box
        clipped = (max(box[0], 0.0), max(box[1], 0.0), min(box[2], self.width), min(box[3], self.height))
        return clipped if clipped[0] < clipped[2] and clipped[1] < clipped[3] else None


def lines_of(text_page: Any, frame: Frame) -> list[Line]:
    """The lines of a page in PDFium's order, which is the file's; words that are not shown are left out."""
    text, indices = _characters(text_page)
    tokens = _Tokens(text_page.raw, text, indices, frame)
    lines: list[Line] = []
    for found in _LINE.finditer(text):
        of_line = tokens.between(*found.span())
        if of_line:
            lines.append(line_of(of_line, is_bold=tokens.are_bold(*found.span())))
    return lines


def _characters(text_page: Any) -> tuple[str, Sequence[int]]:
    """The text of a page, and PDFium's index of each of its characters."""
    count = text_page.count_chars()
    if count <= 0:
        return "", ()
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page.raw, 0, count, units)
    text = bytes(units)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text, range(count)
    # Characters without a code, or two halves of one (Windows): then each must be asked for.
    return _characters_singly(text_page.raw, count)


def _characters_singly(raw: Any, count: int) -> tuple[str, Sequence[int]]:
    characters: list[str] = []
    indices: list[int] = []
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
        high = 0
        if 0 < code <= 0x10FFFF:
            characters.append(LINE_END_HYPHEN if code == HYPHEN_CODE else chr(code))
            indices.append(index)
    return "".join(characters), indices


class _Readable(dict[int, str]):
    """For str.translate: what each character of a page stands for, found out once."""

    def __missing__(self, code: int) -> str:
        self[code] = readable(code)
        return self[code]


_READABLE = _Readable({ord(LINE_END_HYPHEN): "-"})


class _Tokens:
    """Makes the tokens of one page."""

    def __init__(self, raw: Any, text: str, indices: Sequence[int], frame: Frame) -> None:
        self._raw = raw
        self._text = text
        self._indices = indices
        self._frame = frame
        self._rectangle = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rectangle)
        self._has_controls = _CONTROLS.search(text) is not None
        self._has_unspaced = not text.isascii() and UNSPACED.search(text) is not None
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags = ctypes.c_int()

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens of the text from ``start`` to ``end``, a line."""
        tokens: list[Token] = []
        for found in _WORD.finditer(self._text, start, end):
            first, last = found.span()
            word = found[0]
            if word.isascii() and not self._has_controls:
                box = self._box(first, last)
                if box is not None:
                    tokens.append(Token(word, box))
            else:
                self._add_odd(tokens, first, last, end)
        return tokens

    def are_bold(self, start: int, end: int) -> bool:
        """Whether the first and the last character of a short line are drawn in a bold font."""
        if end - start > LONGEST_BOLD_LINE:
            return False
        line = self._text[start:end]
        first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip()) - 1
        return self._is_bold(first) and self._is_bold(last)

    def _is_bold(self, position: int) -> bool:
        size = pdfium.FPDFText_GetFontInfo(
            self._raw, self._indices[position], self._name, _FONT_NAME_BYTES, ctypes.byref(self._flags)
        )
        name = self._name.value.decode("utf-8", "replace") if 0 < size <= _FONT_NAME_BYTES else ""
        return bool(self._flags.value & _FORCE_BOLD) or _BOLD.search(name) is not None

    def _add_odd(self, tokens: list[Token], first: int, last: int, line_end: int) -> None:
        """A word with characters that must be looked at one by one."""
        spans = [(first, last)]
        if self._has_unspaced:
            spans = [found.span() for found in _UNSPACED_OR_RUN.finditer(self._text, first, last)]
        for start, end in spans:
            box = self._box(start, end)
            text = with_accents(self._with_hyphens(start, end, line_end).translate(_READABLE))
            if text and box is not None:
                tokens.append(Token(text, box, is_glued=start > first))

    def _with_hyphens(self, start: int, end: int, line_end: int) -> str:
        """The text with its soft hyphens, where they are drawn (many programs write hyphens so), as plain ones."""
        word = self._text[start:end]
        if _SOFT_HYPHEN not in word:
            return word
        return "".join(
            ("-" if start + at == line_end - 1 or self._is_drawn(start + at) else "") if sign == _SOFT_HYPHEN else sign
            for at, sign in enumerate(word)
        )

    def _is_drawn(self, position: int) -> bool:
        box = self._box(position, position + 1)
        return box is not None and box[2] - box[0] > _DRAWN

    def _box(self, start: int, end: int) -> Box | None:
        """The box of the characters from ``start`` to ``end``, by the loose boxes of the first and the last."""
        loose, rectangle = pdfium.FPDFText_GetLooseCharBox, self._rectangle
        if not loose(self._raw, self._indices[start], self._reference):
            return self._tight_box(start, end)
        left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if end - start > 1 and loose(self._raw, self._indices[end - 1], self._reference):
            left, right = min(left, rectangle.left), max(right, rectangle.right)
            bottom, top = min(bottom, rectangle.bottom), max(top, rectangle.top)
        if not (left < right and bottom < top):
            return self._tight_box(start, end)
        return self._frame.shown(left, bottom, right, top)

    def _tight_box(self, start: int, end: int) -> Box | None:
        """The box of the ink: of a font without metrics, which may still have the least area that can be seen."""
        edges = [ctypes.c_double() for _ in range(4)]
        found: list[tuple[float, float, float, float]] = []
        for position in range(start, end):
            if pdfium.FPDFText_GetCharBox(self._raw, self._indices[position], *edges):
                left, right, bottom, top = (edge.value for edge in edges)
                found.append((left, bottom, right, top))
        if not found:
            return None
        left, bottom = min(edge[0] for edge in found), min(edge[1] for edge in found)
        right, top = max(edge[2] for edge in found), max(edge[3] for edge in found)
        return self._frame.shown(left, bottom, max(right, left + 0.1), max(top, bottom + 0.1))
