"""A name in a row: elided in its middle, where its end still tells what it is, with what was searched for marked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from desktop.theme import Theme
from desktop.widgets.chips import paint_marks
from desktop.widgets.text_units import unit_spans
from rag.protocol import Span


def spans_of(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where ``words``, which are casefolded, stand in ``text``: spans of characters, whatever their capitals."""
    folded = [character.casefold() for character in text]
    # One character can be several once it is folded: which one each of those came from.
    origins = [place for place, letters in enumerate(folded) for _ in letters]
    joined = "".join(folded)
    spans: list[Span] = []
    for word in filter(None, words):
        start = joined.find(word)
        while start >= 0:
            spans.append((origins[start], origins[start + len(word) - 1] + 1))
            start = joined.find(word, start + len(word))
    return tuple(sorted(spans))


def elided(name: str, words: Iterable[str], metrics: QFontMetrics, width: int) -> str:
    """``name`` in ``width`` pixels, cut in its middle; elsewhere where else none of ``words`` would be seen."""
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)
    sought = spans_of(name, words)
    if not sought or spans_of(shown, words):
        return shown
    for mode in (Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideLeft):
        other = metrics.elidedText(name, mode, width)
        if spans_of(other, words):
            return other
    return metrics.elidedText("…" + name[sought[0][0] :], Qt.TextElideMode.ElideRight, width)


def paint_name(
    painter: QPainter,
    place: QRect,
    name: str,
    *,
    words: Iterable[str],
    font: QFont,
    ink: str,
    theme: Theme,
    is_mirrored: bool,
) -> None:
    """Draw ``name`` in ``place``, in the token ``ink``, with the casefolded ``words`` marked."""
    words = tuple(words)
    shown = elided(name, words, QFontMetrics(font), place.width())
    side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    # A name runs the way of its own letters, whatever the language of the window.
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout = QTextLayout(shown, font)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(place.width())
    layout.endLayout()
    origin = QPointF(place.left(), place.top() + (place.height() - line.height()) / 2)
    paint_marks(painter, layout, origin, unit_spans(shown, spans_of(shown, words)), theme.colour("amber"))
    painter.setPen(theme.colour(ink))
    layout.draw(painter, origin)
