"""A canvas of pages, one under the other: how large they are shown, which of them are in sight, where to scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.theme import Theme
from desktop.widgets.page_layout import LARGEST_ZOOM, SMALLEST_ZOOM, Fit, PageLayout, Size
from desktop.widgets.page_painting import places_of
from rag.protocol import Box

ZOOM_STEP = 1.2
_SOON = 20
"""Milliseconds in which several changes of what is in sight are told as one."""

_SHARPER = 200
"""Milliseconds after the last change of size before sharper pictures are asked for."""

_LINE_STEP = 40
"""Device-independent pixels that an arrow key scrolls."""

_USUAL_SIZE = (595.0, 842.0)
"""Points: A4."""


class PageCanvas(QAbstractScrollArea):
    """Pages that fit its width unless another size was chosen; nothing is drawn on them here.

    ``wanted``: other pages, or other sizes of them, are in sight now. ``page_changed`` carries the number of the page
    that was scrolled to. ``zoomed``: they are shown at another size.

    What was gone to is an *aim*: it is held while more becomes known of the pages, until the person scrolls.
    """

    wanted = Signal()
    page_changed = Signal(int)
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = PageLayout()
        self._sizes: Sequence[Size] = ()
        self._first = self._current = 1
        self._fit, self._zoom, self._turns = Fit.WIDTH, 1.0, 0
        self._margin = theme.space(2.5)
        self._aim: Callable[[], None] | None = None
        self._is_going = False
        self._telling = QTimer(self, singleShot=True)
        self._telling.timeout.connect(self.wanted)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The width must not depend on whether there is a bar: a page that just fits would flicker between two.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(_LINE_STEP)
            bar.valueChanged.connect(self._scroll)

    # --- which pages --------------------------------------------------------------------------------------------------

    @property
    def current(self) -> int:
        """The page that was gone to, or of which most is in sight."""
        return self._current

    @property
    def has_pages(self) -> bool:
        """Whether it knows of any."""
        return self._layout.count > 0

    @property
    def first(self) -> int:
        """The number of the first page."""
        return self._first

    @property
    def last(self) -> int:
        """The number of the last page."""
        return self._first + self._layout.count - 1

    def has(self, page: int) -> bool:
        """Whether ``page`` is one of those that are shown."""
        return 0 <= page - self._first < self._layout.count

    def in_sight(self) -> list[int]:
        """The pages of which something is seen, the current one first, then those beside them."""
        top = self.verticalScrollBar().value()
        seen = [self._first + index for index in self._layout.between(top, top + self.viewport().height())]
        first, last = (min(seen), max(seen)) if seen else (self._current, self._current)
        beside = [number for number in (last + 1, first - 1) if 0 <= number - self._first < self._layout.count]
        return list(dict.fromkeys([self._current, *seen, *beside]))

    def show_pages(self, first: int, sizes: Sequence[Size]) -> None:
        """There are these pages, the first of them with the number ``first``; what is in sight stays where it is."""
        if first == self._first and sizes == self._sizes:
            return
        keep = self._keeper(QPoint(0, 0))
        self._first, self._sizes = first, sizes
        self._arrange(keep)

    def forget_pages(self) -> None:
        """There are none."""
        self._first, self._sizes, self._aim = 1, (), None
        self._layout = PageLayout()
        self.viewport().update()

    # --- where to -----------------------------------------------------------------------------------------------------

    def aim(self, page: int, boxes: Callable[[], Sequence[Box]], *, end: bool = False) -> None:
        """Bring the first of ``boxes`` of ``page`` into the upper third; without one its top, or its ``end``."""
        self._current = page
        self._aim = (lambda: self._go_to_end(page)) if end else (lambda: self._go_to_boxes(page, boxes()))
        self._aim()
        self._tell()

    def aim_again(self) -> None:
        """What is gone to may stand elsewhere by what is known now."""
        if self._aim is not None:
            self._aim()

    def bring(self, page: int, box: Box) -> None:
        """Have a box of a page in sight, and move no further than that needs."""
        place = self.place_of(page, box)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        by = min(0, place.top() - self._margin) or max(0, place.bottom() + self._margin - height)
        bar.setValue(bar.value() + by)

    def _go_to_boxes(self, page: int, boxes: Sequence[Box]) -> None:
        if not self.has(page):
            return
        places = places_of(boxes[:1], self.points(page))
        if places:
            top = places[0].top() - self.viewport().height() // 3
            across = places[0].center().x() - self.viewport().width() // 2
        else:
            top, across = self._layout.rect(page - self._first).top() - self._margin, self.horizontalScrollBar().value()
        self._put(top, across)

    def _go_to_end(self, page: int) -> None:
        if self.has(page):
            bottom = self._layout.rect(page - self._first).bottom() + self._margin
            self._put(bottom - self.viewport().height(), self.horizontalScrollBar().value())

    def _put(self, top: int, across: int) -> None:
        """Scroll without taking it for the person's doing."""
        self._is_going = True
        self.verticalScrollBar().setValue(top)
        self.horizontalScrollBar().setValue(across)
        self._is_going = False
        self.viewport().update()

    def _scroll(self) -> None:
        if self._is_going:
            return
        self._aim = None
        top = self.verticalScrollBar().value()
        current = self._first + self._layout.current(top, top + self.viewport().height())
        self.viewport().update()
        self._tell()
        if current != self._current:
            self._current = current
            self.page_changed.emit(current)

    def _tell(self, milliseconds: int = _SOON) -> None:
        self._telling.start(max(milliseconds, self._telling.remainingTime()))

    # --- size ---------------------------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Device-independent pixels a point, as the current page is drawn, or will be if it is as wide as most."""
        return self.scale_of(self._current)

    def scale_of(self, page: int) -> float:
        """The same for ``page``."""
        if self.has(page):
            return self._layout.scales[page - self._first]
        return self._laid((_USUAL_SIZE,)).scales[0]

    @property
    def zoom(self) -> float:
        """1 is 96 pixels an inch."""
        return self.scale * 72 / 96

    @property
    def fit(self) -> Fit:
        """By what the size is chosen."""
        return self._fit

    def take_over(self, other: PageCanvas) -> None:
        """Show pages as large as ``other`` does, and turned like them."""
        self._fit, self._zoom, self._turns = other._fit, other._zoom, other._turns

    def zoom_by(self, steps: float) -> None:
        """Larger or smaller by ``steps``."""
        self.zoom_at(ZOOM_STEP**steps, QPointF(self.viewport().rect().center()))

    def zoom_at(self, factor: float, at: QPointF) -> None:
        """Larger by ``factor``; what is at a point of the viewport stays there."""
        self._size(Fit.ZOOM, self.zoom * factor, at.toPoint())

    def fit_to(self, fit: Fit) -> None:
        """Choose the size by the width or the height there is, from now on, or show it as large as on paper."""
        self._size(fit, 1.0, self.viewport().rect().center())

    def turn(self) -> None:
        """Show the pages a quarter further round, clockwise."""
        keep = self._keeper(self.viewport().rect().center())
        self._aim = None
        self._turns = (self._turns + 1) % 4
        self._arrange(keep)
        self.zoomed.emit()

    def _size(self, fit: Fit, zoom: float, at: QPoint) -> None:
        keep = self._keeper(at)
        self._aim = None
        self._fit, self._zoom = fit, max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        self._arrange(keep)
        self.zoomed.emit()

    def _laid(self, sizes: Sequence[Size]) -> PageLayout:
        # By its own size: the viewport of a view that was not shown yet has none.
        self.ensurePolished()
        inside = self.size() - QSize(2, 2) * self.frameWidth()
        room = inside.width() - self.verticalScrollBar().sizeHint().width(), inside.height()
        return PageLayout(sizes, room=room, margin=self._margin, fit=self._fit, zoom=self._zoom, turns=self._turns)

    def _keeper(self, at: QPoint) -> Callable[[], None]:
        """What puts that back under the point ``at`` which is there now, once the pages stand elsewhere."""
        if not self._layout.count:
            return lambda: None
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        index = self._layout.index_at(bars[1].value() + at.y())
        place, number = self._layout.rect(index), self._first + index
        across = (bars[0].value() + at.x() - place.left()) / max(1, place.width())
        down = (bars[1].value() + at.y() - place.top()) / max(1, place.height())

        def put() -> None:
            if self.has(number):
                there = self._layout.rect(number - self._first)
                self._put(
                    round(there.top() + down * there.height()) - at.y(),
                    round(there.left() + across * there.width()) - at.x(),
                )

        return put

    def _arrange(self, keep: Callable[[], None]) -> None:
        self._layout = self._laid(self._sizes)
        room = self.viewport().size()
        self._is_going = True
        self.verticalScrollBar().setRange(0, max(0, self._layout.height - room.height()))
        self.verticalScrollBar().setPageStep(room.height())
        self.horizontalScrollBar().setRange(0, max(0, self._layout.width - room.width()))
        self.horizontalScrollBar().setPageStep(room.width())
        self._is_going = False
        (self._aim or keep)()
        self.viewport().update()
        if self._layout.count:
            self._tell(_SHARPER)

    # --- places -------------------------------------------------------------------------------------------------------

    def page_at(self, at: QPointF) -> tuple[int, float, float] | None:
        """The page nearest to a point of the viewport, and the point in its own points; None without pages."""
        if not self._layout.count:
            return None
        place = at + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        index = self._layout.index_at(round(place.y()))
        inverse, _ = self._layout.transform(index).inverted()
        point = inverse.map(place)
        return self._first + index, point.x(), point.y()

    def place_of(self, page: int, box: Box) -> QRect:
        """Where a box of a page is drawn, in pixels of this widget."""
        return self.on_widget(places_of((box,), self.points(page))[0])

    def points(self, page: int) -> QTransform:
        """From points of a page to pixels of the canvas."""
        return self._layout.transform(page - self._first)

    def on_widget(self, place: QRect) -> QRect:
        """A place of the canvas in pixels of this widget."""
        by = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(self.viewport().mapTo(self, place.topLeft() - by), place.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width anew."""
        keep = self._keeper(QPoint(0, event.oldSize().height() // 2))
        super().resizeEvent(event)
        self._arrange(keep)
        self.zoomed.emit()
