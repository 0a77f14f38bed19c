"""From the lines that OCR has read to the lines of a page: upright, level, word by word. Pure.

OCR finds lines where the picture has them, askew or upside down. A page is laid out as if it stood upright and level;
the boxes of its words then go back to where the picture has them.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.characters import UNSPACED, readable
from rag.extract.lines import Line, Token, line_of
from rag.pages import shares_line
from rag.words import Box

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Of a line: where its text begins above, ends above, ends below, begins below. In pixels, from the top left."""

UPRIGHT = 2 / 3
"""The part of a page's lines that must be found upright: of those of a page that is, a fifth may be misjudged."""
LONG_LINE = 4.0
"""Times its height; a shorter line doesn't tell how far a page is askew."""
SAME_HEIGHT = 0.3
"""Lines whose heights differ from the page's median by this part of it or less are of one size of type: OCR draws a
line's box closer where no letter goes above or below the others."""

MARGIN = 0.6
"""Of a character's width, how far a word reaches beyond the middles of its first and its last."""

_WIDE_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PIECE = re.compile(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})\\S)+")


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line as OCR has read it.

    ``confidence`` in [0, 1]; ``places``: how far along the line the middle of each character that is no space stands,
    in [0, 1].
    """

    text: str
    confidence: float
    corners: Corners
    places: tuple[float, ...]


class Frame:
    """Where the upright, level page lies in the picture, which is ``width`` by ``height`` pixels as it is shown.

    ``turns`` quarter turns counter-clockwise bring it upright; then its lines still fall by ``angle`` (radians, to the
    right and down). ``scale`` is points a pixel.
    """

    def __init__(self, width: int, height: int, turns: int, angle: float, scale: float) -> None:
        self._size = (width, height)
        self._turns = turns
        self._cosine, self._sine = math.cos(angle), math.sin(angle)
        self._scale = scale

    def level(self, point: Point) -> Point:
        """A pixel of the upright picture, in points of the level page."""
        x, y = point[0] * self._scale, point[1] * self._scale
        return (x * self._cosine + y * self._sine, y * self._cosine - x * self._sine)

    def shown(self, box: Box) -> Box:
        """A box of the level page, in points of the page as it is shown; it keeps its size, and its middle its place.

        A box around the whole of a word that is askew would reach into its neighbours' lines.
        """
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        x, y = x * self._cosine - y * self._sine, x * self._sine + y * self._cosine
        width, height = box[2] - box[0], box[3] - box[1]
        across, down = (side * self._scale for side in self._size)
        if self._turns == 1:
            x, y, width, height = across - y, x, height, width
        elif self._turns == 2:
            x, y = across - x, down - y
        elif self._turns == 3:
            x, y, width, height = y, down - x, height, width
        left, top = max(x - width / 2, 0.0), max(y - height / 2, 0.0)
        return (left, top, max(min(x + width / 2, across), left), max(min(y + height / 2, down), top))


def is_turned(quads: Sequence[Corners]) -> bool:
    """Whether most of the text, by length, runs up or down."""
    across = down = 0.0
    for quad in quads:
        first, second = _edge(quad[0], quad[1]), _edge(quad[0], quad[3])
        x, y = max(first, second, key=lambda edge: math.hypot(*edge))
        if abs(y) > abs(x):
            down += math.hypot(x, y)
        else:
            across += math.hypot(x, y)
    return down > across


def is_surely_upright(labels: Sequence[str]) -> bool:
    """Whether lines, each labelled ``0`` or ``180`` (it stands on its head), are upright beyond doubt."""
    return labels.count("0") >= UPRIGHT * len(labels)


def askew(lines: Sequence[OcrLine]) -> float:
    """By how much the lines fall to the right (radians): the median of the long ones; 0 where there are none."""
    slopes = []
    for line in lines:
        x, y = _edge(line.corners[0], line.corners[1])
        if math.hypot(x, y) >= LONG_LINE * math.dist(line.corners[0], line.corners[3]):
            slopes.append(math.atan2(y, x))
    return statistics.median(slopes) if slopes else 0.0


def page_lines(lines: Sequence[OcrLine], frame: Frame) -> list[Line]:
    """The lines of the level page from top to bottom; what stands side by side is one line, from left to right."""
    pieces = [line_of(tokens) for line in lines if (tokens := _tokens(line, frame))]
    if pieces:
        usual = statistics.median([piece.height for piece in pieces for _ in piece.text])
        pieces = [_with_usual_height(piece, usual) for piece in pieces]
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[1] + piece.box[3]):
        row = next((row for row in reversed(rows[-3:]) if _stands_in(piece, row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    ordered = (sorted(row, key=lambda piece: piece.box[0]) for row in rows)
    return [line_of([token for piece in row for token in piece.tokens]) for row in ordered]


def confidence_of(lines: Sequence[OcrLine]) -> float:
    """How sure OCR is of a page: the mean over its characters, in [0, 1]."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / max(characters, 1)


def _stands_in(piece: Line, row: Sequence[Line]) -> bool:
    """Whether a piece of text goes on a row: it shares the line of its pieces, and lies beside them."""
    return all(
        shares_line(one.box, piece.box) and min(one.box[2], piece.box[2]) - max(one.box[0], piece.box[0]) < piece.height
        for one in row
    )


def _with_usual_height(piece: Line, usual: float) -> Line:
    if abs(piece.height - usual) > SAME_HEIGHT * usual:
        return piece
    middle = (piece.box[1] + piece.box[3]) / 2
    top, bottom = middle - usual / 2, middle + usual / 2
    return line_of([token._replace(box=(token.box[0], top, token.box[2], bottom)) for token in piece.tokens])


def _tokens(line: OcrLine, frame: Frame) -> list[Token]:
    """The words of a line, and single characters of a script without spaces, where they stand on the level page."""
    begins, ends, below = frame.level(line.corners[0]), frame.level(line.corners[1]), frame.level(line.corners[3])
    height = math.dist(begins, below)
    edges = _edges(line)
    tokens: list[Token] = []
    text = line.text.translate(_WIDE_FORMS) if not UNSPACED.search(line.text) else line.text
    seen = 0
    for word in re.finditer(r"\S+", text):
        for piece in _PIECE.finditer(word[0]):
            first, last = seen + piece.start(), seen + piece.end() - 1
            left = begins[0] + edges[first][0] * (ends[0] - begins[0])
            right = begins[0] + edges[last][1] * (ends[0] - begins[0])
            middle = (edges[first][0] + edges[last][1]) / 2
            top = begins[1] + middle * (ends[1] - begins[1])
            said = "".join(readable(ord(character)) for character in piece[0]).strip()
            if said:
                tokens.append(Token(said, (left, top, right, top + height), is_glued=piece.start() > 0))
        seen += len(word[0])
    return tokens


def _edges(line: OcrLine) -> list[tuple[float, float]]:
    """Where each character that is no space begins and ends, along the line in [0, 1], from where its middle is."""
    places = line.places
    # The usual distance of two neighbours within a word is the width of a character.
    gaps = [after - before for before, after, parted in _neighbours(line) if not parted]
    reach = MARGIN * (statistics.median(gaps) if gaps else 1.0 / max(len(line.text), 1))
    begins, ends = [max(place - reach, 0.0) for place in places], [min(place + reach, 1.0) for place in places]
    for index, (before, after, parted) in enumerate(_neighbours(line)):
        middle = (before + after) / 2
        ends[index] = min(ends[index], middle) if parted else middle
        begins[index + 1] = max(begins[index + 1], middle) if parted else middle
    return list(zip(begins, ends, strict=True))


def _neighbours(line: OcrLine) -> list[tuple[float, float, bool]]:
    """The middles of each two neighbouring characters, and whether there is space between them."""
    parted: list[bool] = []
    was_space = False
    for character in line.text:
        if character.isspace():
            was_space = True
        else:
            parted.append(was_space)
            was_space = False
    return list(zip(line.places, line.places[1:], parted[1:], strict=False))


def _edge(one: Point, other: Point) -> Point:
    return (other[0] - one[0], other[1] - one[1])
