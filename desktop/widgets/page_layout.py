"""Where pages stand that lie one under the other, each as large as it is shown. Pure."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRect
from PySide6.QtGui import QTransform

SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 4.0
"""1 is 96 pixels an inch, as on paper."""

_SMALLEST_SCALE = 0.1
_PIXELS_A_POINT = 96 / 72

Size = tuple[float, float]
"""Width and height in points."""


class Fit(StrEnum):
    """By what the size of a page is chosen."""

    WIDTH = "width"
    PAGE = "page"
    ZOOM = "zoom"


class PageLayout:
    """The places of pages in device-independent pixels, from the top left of the first one's margin."""

    def __init__(
        self,
        sizes: Sequence[Size] = (),
        *,
        room: tuple[int, int] = (0, 0),
        margin: int = 0,
        fit: Fit = Fit.WIDTH,
        zoom: float = 1.0,
        turns: int = 0,
    ) -> None:
        """``sizes`` before they are turned by ``turns`` quarters, clockwise; ``room`` is what there is in the window.

        ``margin`` is around each page.
        """
        self._sizes = sizes
        self._turns = turns % 4
        self._margin = margin
        self._width = room[0]
        self.scales: list[float] = []
        """Pixels a point of each page."""
        self._tops: list[int] = []
        wide, high = max(1, room[0] - 2 * margin), max(1, room[1] - 2 * margin)
        top = widest = 0
        for size in sizes:
            across, down = self._turned(size)
            if fit is Fit.ZOOM:
                scale = zoom * _PIXELS_A_POINT
            else:
                scale = wide / across
                scale = min(scale, high / down) if fit is Fit.PAGE else scale
            scale = max(_SMALLEST_SCALE, scale)
            self.scales.append(scale)
            self._tops.append(top + margin)
            top += margin + round(down * scale)
            widest = max(widest, round(across * scale))
        self.height = top + margin if sizes else 0
        self.width = widest + 2 * margin

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def rect(self, index: int) -> QRect:
        """Where the page ``index`` (from 0) stands, in the middle of the width there is."""
        across, down = self._turned(self._sizes[index])
        width, height = round(across * self.scales[index]), round(down * self.scales[index])
        return QRect((max(self._width, self.width) - width) // 2, self._tops[index], width, height)

    def index_at(self, y: int) -> int:
        """The page that stands at the height ``y``, or in the gap above it; the nearest where there is none."""
        found = bisect.bisect_right(self._tops, y + self._margin) - 1
        return max(0, min(self.count - 1, found))

    def between(self, top: int, bottom: int) -> range:
        """The pages of which something stands between two heights."""
        if not self.count:
            return range(0)
        first, last = self.index_at(top - self._margin), self.index_at(bottom)
        if self.rect(first).bottom() < top:
            first += 1
        if self.rect(last).top() > bottom:
            last -= 1
        return range(first, last + 1)

    def current(self, top: int, bottom: int) -> int:
        """The page of which most is seen between two heights; the first of those that are seen as much."""

        def seen(index: int) -> float:
            place = self.rect(index)
            inside = min(place.bottom(), bottom) - max(place.top(), top)
            return inside / max(1, min(place.height(), bottom - top))

        pages = self.between(top, bottom)
        return max(pages, key=lambda index: (round(seen(index), 2), -index), default=self.index_at(top))

    def transform(self, index: int) -> QTransform:
        """From points of the page, as it is in its document, to pixels of the layout."""
        width, height = self._sizes[index]
        place = self.rect(index)
        transform = QTransform.fromTranslate(place.x(), place.y()).scale(self.scales[index], self.scales[index])
        across, down = {0: (0.0, 0.0), 1: (height, 0.0), 2: (width, height), 3: (0.0, width)}[self._turns]
        return transform.translate(across, down).rotate(90 * self._turns)

    def _turned(self, size: Size) -> Size:
        width, height = max(1.0, size[0]), max(1.0, size[1])
        return (height, width) if self._turns % 2 else (width, height)
