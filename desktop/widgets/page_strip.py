"""A document's pages as a strip of ticks: what came of each, at a glance, and in words for those who listen.

Where there are more pages than ticks have room for, a tick stands for several and shows the one that asks for most.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.theme import Theme
from desktop.widgets.places import place_name, recognition_of
from desktop.widgets.trouble import briefly
from rag.errors import Problem
from rag.protocol import PageRun, PageState

NARROWEST, WIDEST = 3.0, 9.0
"""Device-independent pixels from one tick to the next."""

_GAP = 1.0
_ROOMY = 5.0
"""Device-independent pixels from one tick to the next that leave room for a gap; narrower ones make a band."""

_CALM = 0.6
"""How strong the ink of a page of text is: it is the rule, and the exceptions are what is looked for."""

_RADIUS = 1.0
_EMPTY_SHARE = 0.4
"""Of the height of a tick: an empty page is a low one, so that colour alone doesn't tell it."""

_PALEST, _FULLEST = 0.35, 1.0
"""How strong the ink of a page by OCR is, where OCR was least and most sure."""

_LEAST_SURE = 0.5

_URGENCY = (
    PageState.FAILED, PageState.WAITING, PageState.LEFT_UNREAD, PageState.EMPTY, PageState.OCR, PageState.TEXT,
)  # fmt: skip

translate = QCoreApplication.translate


@dataclasses.dataclass(frozen=True)
class Tick:
    """What is shown of the pages ``first`` to ``last``: the state of the one that asks for most."""

    first: int
    last: int
    state: PageState
    confidence: float
    reason: Problem | None


def page_count(runs: Iterable[PageRun]) -> int:
    """How many pages ``runs`` tell of."""
    return max((run.last for run in runs), default=0)


def ticks(runs: Sequence[PageRun], width: float) -> list[Tick]:
    """The ticks for ``runs`` (in order, without gaps) in ``width`` pixels: one a page, where they fit."""
    pages = page_count(runs)
    count = min(pages, max(1, int(width // NARROWEST)))
    found: list[Tick] = []
    place = 0
    for number in range(count):
        first, last = number * pages // count + 1, (number + 1) * pages // count
        while place < len(runs) - 1 and runs[place].last < first:
            place += 1
        shown = min(_up_to(last, itertools.islice(runs, place, None)), key=_urgency)
        found.append(Tick(first, last, shown.state, shown.confidence, shown.reason))
    return found


def _up_to(last: int, runs: Iterable[PageRun]) -> Iterator[PageRun]:
    return itertools.takewhile(lambda run: run.first <= last, runs)


def pitch_of(count: int, width: float) -> float:
    """Device-independent pixels from one of ``count`` ticks to the next."""
    return min(WIDEST, width / count) if count else 0.0


def tick_at(runs: Sequence[PageRun], place: QRectF, x: float) -> Tick | None:
    """The tick at ``x`` of a strip in ``place``."""
    shown = ticks(runs, place.width())
    pitch = pitch_of(len(shown), place.width())
    number = int((x - place.left()) // pitch) if pitch else -1
    return shown[number] if 0 <= number < len(shown) else None


def paint_strip(painter: QPainter, place: QRectF, runs: Sequence[PageRun], theme: Theme) -> None:
    """Paint the ticks of ``runs`` from the left of ``place``."""
    shown = ticks(runs, place.width())
    pitch = pitch_of(len(shown), place.width())
    gap, radius = (_GAP, _RADIUS) if pitch >= _ROOMY else (0.0, 0.0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=gap > 0)
    for number, tick in enumerate(shown):
        # On whole pixels, so that neighbours of a band neither overlap nor let the ground through.
        left, right = (round(place.left() + edge * pitch) for edge in (number, number + 1))
        box = QRectF(left, place.top(), right - left - gap, place.height())
        paint_tick(painter, box, tick.state, tick.confidence, theme, radius=radius)
    painter.restore()


def paint_tick(
    painter: QPainter, place: QRectF, state: PageState, confidence: float, theme: Theme, *, radius: float = _RADIUS
) -> None:
    """Paint one tick: its shape tells what its colour tells."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ink(state, confidence, theme))
    if state in {PageState.EMPTY, PageState.LEFT_UNREAD}:
        place = place.adjusted(0, (1 - _EMPTY_SHARE) * place.height(), 0, 0)
    if state in {PageState.WAITING, PageState.LEFT_UNREAD}:
        painter.setPen(QPen(theme.colour("muted"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = place.adjusted(0.5, 0.5, -0.5, -0.5)
    elif state is PageState.FAILED:
        place = place.adjusted(0, -1, 0, 1)
    painter.drawRoundedRect(place, radius, radius)


def _ink(state: PageState, confidence: float, theme: Theme) -> QColor:
    match state:
        case PageState.TEXT:
            ink = theme.colour("teal")
            ink.setAlphaF(_CALM)
            return ink
        case PageState.FAILED:
            return theme.colour("danger")
        case PageState.OCR:
            ink = theme.colour("amber")
            sure = max(0.0, (confidence - _LEAST_SURE) / (1 - _LEAST_SURE))
            ink.setAlphaF(_PALEST + (_FULLEST - _PALEST) * min(1.0, sure))
            return ink
        case _:
            return theme.colour("muted")


def _urgency(run: PageRun) -> tuple[int, float]:
    return _URGENCY.index(run.state), run.confidence


# --- in words -------------------------------------------------------------------------------------------------------


def strip_words(runs: Sequence[PageRun], unit: str = "page") -> str:
    """“38 pages of text, 2 by OCR, 1 failed”: what the strip shows; ``unit`` is what a page is called."""
    if unit == "part" and page_count(runs) == 1:
        return state_name(runs[0].state)
    counts = dict.fromkeys(PageState, 0)
    sure = 0.0
    for run in runs:
        pages = run.last - run.first + 1
        counts[run.state] += pages
        sure += pages * run.confidence if run.state is PageState.OCR else 0.0
    words = StripWords()
    said = {state: words.of(state, count, unit) for state, count in counts.items() if count}
    if PageState.OCR in said:
        percent = QLocale().toString(round(100 * sure / counts[PageState.OCR]))
        said[PageState.OCR] += f" ({percent}\N{NO-BREAK SPACE}%)"
    return ", ".join(said.values())


class StripWords(QObject):
    """Numbers of pages in words: the plural forms of a language are found in a class of Qt's alone."""

    def of(self, state: PageState, count: int, unit: str) -> str:
        """“38 pages of text”."""
        match state:
            case PageState.TEXT if unit == "page":
                return self.tr("%Ln page(s) of text", "", count)
            case PageState.TEXT:
                return self.tr("%Ln with text", "", count)
            case PageState.OCR:
                return self.tr("%Ln by OCR", "", count)
            case PageState.WAITING:
                return self.tr("%Ln waiting for OCR", "", count)
            case PageState.EMPTY:
                return self.tr("%Ln empty", "", count)
            case PageState.LEFT_UNREAD:
                return self.tr("%Ln left unread", "", count)
            case _:
                return self.tr("%Ln failed", "", count)


def tick_words(tick: Tick, unit: str) -> str:
    """What is said of a tick to those who point at it; ``unit`` is what a page is called."""
    place = place_name(unit, tick.first) or translate("Place", "part {number}").format(number=tick.first)
    if tick.last > tick.first:
        place = f"{place} – {place_name(unit, tick.last)}"
    return f"{place}: {_words_of(tick)}"


def _words_of(tick: Tick) -> str:
    match tick.state:
        case PageState.OCR:
            return recognition_of(tick.confidence)
        case PageState.FAILED:
            return briefly(tick.reason) if tick.reason else state_name(tick.state)
        case _:
            return state_name(tick.state)


def state_name(state: PageState) -> str:
    """What a state of pages is called in the legend."""
    return {
        PageState.TEXT: translate("PageStrip", "text"),
        PageState.OCR: translate("PageStrip", "read by OCR, paler where it was less sure"),
        PageState.WAITING: translate("PageStrip", "waiting for OCR"),
        PageState.EMPTY: translate("PageStrip", "empty"),
        PageState.LEFT_UNREAD: translate("PageStrip", "left unread"),
        PageState.FAILED: translate("PageStrip", "failed"),
    }[state]
