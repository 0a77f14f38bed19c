"""Pages from the worker, with their pictures and marks; what was fetched once is kept while there is room."""

from __future__ import annotations

import dataclasses
import math
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from desktop.operations import Operation
from desktop.widgets.pictures import ROOM, Key, PictureCache
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Page, PageForm, ShowPage, Span

MOST_AT_ONCE = 2
"""Pages that are asked for at once: one is painted, the next one is at hand."""

PATIENCE = 1_000
"""Milliseconds that a page which nobody wants any more may go on being painted.

To cancel one ends the process that paints (a picture can't be stopped half-way), so that the next has to wait for
another to start: worth it only where a page takes long.
"""

_MOST_PAGES = 256
"""Pages whose size and marks are kept; a note's text too."""

_MOST_PIXELS = 12e6
"""Of a picture that is asked for: at a larger scale a page is drawn from a softer one."""

_SMALLEST_SCALE = 0.1
"""Pixels a point."""

_SCALE_DIGITS = 3
"""Decimal places of a scale: finer differences are not a pixel."""

_USUAL_AREA = 595.0 * 842.0
"""Square points: A4."""

_Place = tuple[int, tuple[Span, ...]]


@dataclasses.dataclass(frozen=True)
class Wish:
    """A page that is to be shown at ``scale`` (pixels of the screen a point), with the boxes of ``marks``."""

    page: int
    scale: float
    marks: tuple[Span, ...] = ()


class PageSource(QObject):
    """``arrived``: a Page (its picture left out) and its QImage (None for a page of text).

    ``failed``: the number of a page, and a Problem. Both concern only what is still wanted.
    """

    arrived = Signal(object, object)
    failed = Signal(int, object)

    def __init__(
        self, client: WorkerClient, parent: QObject | None = None, *, room: int = ROOM, most_at_once: int = MOST_AT_ONCE
    ) -> None:
        """``room`` is for pictures, in bytes."""
        super().__init__(parent)
        self._client = client
        self._most_at_once = most_at_once
        self._sha256 = ""
        self._pages: OrderedDict[tuple[str, _Place], Page] = OrderedDict()
        self._pictures = PictureCache(room, parent=self)
        self._pictures.decoded.connect(self._offer)
        self._pictures.broken.connect(self._refuse)
        self._wishes: list[Wish] = []
        self._running: dict[Operation, tuple[Wish, QElapsedTimer]] = {}
        self._decoding: dict[Key, Wish] = {}
        self._failures: dict[tuple[str, int], Problem] = {}
        self._impatience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._impatience.timeout.connect(self._cancel_unwanted)

    def want(self, sha256: str, wishes: Sequence[Wish]) -> None:
        """Fetch these pages of a document, the most urgent first, and no others any more.

        A picture of the very size in which it is drawn is sharper than a larger one that is scaled down.
        """
        self._sha256 = sha256
        self._wishes = []
        for wish in wishes:
            if (sha256, wish.page) in self._failures:
                self.failed.emit(wish.page, self._failures[sha256, wish.page])
                continue
            one = dataclasses.replace(wish, scale=self._affordable(wish))
            page = self._pages.get((sha256, (one.page, one.marks)))
            picture = self._pictures.get(self._key(one))
            if page is None or (picture is None and page.form is PageForm.PICTURE):
                self._wishes.append(one)
            else:
                self.arrived.emit(page, picture)
        self._cancel_unwanted()
        self._ask_on()

    def try_again(self) -> None:
        """What failed may be asked for again: not before, or each step of scrolling would have it painted in vain."""
        self._failures.clear()

    def page(self, number: int, marks: tuple[Span, ...] = ()) -> Page | None:
        """What is known of a page of the document that was wanted last."""
        return self._pages.get((self._sha256, (number, marks))) or self._pages.get((self._sha256, (number, ())))

    def picture(self, wish: Wish) -> QImage | None:
        """The picture of a page of that document, if it is here."""
        return self._pictures.get(self._key(dataclasses.replace(wish, scale=self._affordable(wish))))

    def _key(self, wish: Wish) -> Key:
        return (self._sha256, wish.page, wish.scale)

    def _affordable(self, wish: Wish) -> float:
        page = self.page(wish.page, wish.marks)
        area = _USUAL_AREA if page is None else max(1.0, page.width * page.height)
        return round(min(wish.scale, max(_SMALLEST_SCALE, math.sqrt(_MOST_PIXELS / area))), _SCALE_DIGITS)

    # --- what is under way ------------------------------------------------------------------------------------------

    def _ask_on(self) -> None:
        under_way = [wish for wish, _ in self._running.values()] + list(self._decoding.values())
        waiting = [wish for wish in self._wishes if wish not in under_way]
        for wish in waiting[: max(0, self._most_at_once - len(self._running))]:
            operation = self._client.run(
                ShowPage, sha256=self._sha256, page=wish.page, scale=wish.scale, marks=wish.marks
            )
            since = QElapsedTimer()
            since.start()
            self._running[operation] = wish, since
            sha256 = self._sha256
            operation.succeeded.connect(lambda page, wish=wish, sha256=sha256: self._take(sha256, wish, page))
            operation.failed.connect(lambda problem, wish=wish, sha256=sha256: self._fail(sha256, wish, problem))
            operation.ended.connect(lambda operation=operation: self._end(operation))

    def _cancel_unwanted(self) -> None:
        is_unwanted = False
        for operation, (wish, since) in list(self._running.items()):
            if wish in self._wishes and getattr(operation.request, "sha256", "") == self._sha256:
                continue
            if since.elapsed() >= PATIENCE:
                operation.cancel()
            else:
                is_unwanted = True
        if is_unwanted and not self._impatience.isActive():
            self._impatience.start()

    def _end(self, operation: Operation) -> None:
        self._running.pop(operation, None)
        if isValid(self):
            self._ask_on()

    def _take(self, sha256: str, wish: Wish, page: Page) -> None:
        if not isValid(self):
            return  # its window has gone while the page was on its way
        self._pages[sha256, (wish.page, wish.marks)] = dataclasses.replace(page, picture=b"")
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        key = (sha256, wish.page, wish.scale)
        if page.form is PageForm.PICTURE and self._pictures.get(key) is None:
            self._decoding[key] = wish
            self._pictures.decode(key, page.picture)
        else:
            self._fulfil(key, wish)

    def _offer(self, key: Key) -> None:
        wish = self._decoding.pop(key, None)
        if wish is not None:
            self._fulfil(key, wish)

    def _fulfil(self, key: Key, wish: Wish) -> None:
        page = self._pages.get((key[0], (wish.page, wish.marks)))
        if key[0] == self._sha256 and wish in self._wishes and page is not None:
            self._wishes.remove(wish)
            self.arrived.emit(page, self._pictures.get(key))

    def _refuse(self, key: Key) -> None:
        wish = self._decoding.pop(key, None)
        if wish is None:
            return
        page = self._pages.pop((key[0], (wish.page, wish.marks)), None)
        values: dict[str, str | int | float] = {"path": "" if page is None else page.path, "page": key[1]}
        self._fail(key[0], wish, Problem(LibraryProblem.PAGE_FAILED.value, values, "the picture can't be decoded"))

    def _fail(self, sha256: str, wish: Wish, problem: Problem) -> None:
        if isValid(self) and sha256 == self._sha256 and wish in self._wishes:
            self._wishes.remove(wish)
            self._failures[sha256, wish.page] = problem
            self.failed.emit(wish.page, problem)
