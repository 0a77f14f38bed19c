"""Pages from the worker, with their pictures and marks; what was fetched once is kept while there is room."""

from __future__ import annotations

import dataclasses
import math
from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.operations import Operation
from desktop.widgets.pictures import Key, PictureCache
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Page, PageForm, ShowPage, Span

_MOST_PAGES = 256
"""Pages whose size and marks are kept; a note's text too."""

_MOST_PIXELS = 24e6
"""Of a picture that is asked for: at a larger scale a page is drawn from a softer one."""

_SMALLEST_SCALE = 0.1
"""Pixels a point."""

_SCALE_DIGITS = 3
"""Decimal places of a scale: finer differences are not a pixel."""

_Place = tuple[str, int, tuple[Span, ...]]


class PageSource(QObject):
    """``arrived``: a Page (its picture left out) and its QImage (None for a page of text); ``failed``: a Problem.

    Both concern only what was asked for last.
    """

    arrived = Signal(object, object)
    failed = Signal(object)

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._pages: OrderedDict[_Place, Page] = OrderedDict()
        self._pictures = PictureCache(parent=self)
        self._pictures.decoded.connect(self._offer)
        self._pictures.broken.connect(self._refuse)
        self._place: _Place = ("", 0, ())
        self._scale = 0.0
        self._asking: Operation | None = None

    def ask(self, sha256: str, number: int, scale: float, marks: tuple[Span, ...]) -> None:
        """Fetch a page at ``scale`` (pixels a point), unless it is here already.

        A picture of the very size in which it is drawn is sharper than a larger one that is scaled down.
        """
        self._place = (sha256, number, marks)
        self._scale = round(self._affordable(scale), _SCALE_DIGITS)
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        page, picture = self._pages.get(self._place), self._pictures.get(self._key)
        if page is not None and (picture is not None or page.form is not PageForm.PICTURE):
            self.arrived.emit(page, picture)
            return
        operation = self._client.run(ShowPage, sha256=sha256, page=number, scale=self._scale, marks=marks)
        operation.succeeded.connect(lambda reply: self._take(operation, reply))
        operation.failed.connect(lambda problem: self._fail(operation, problem))
        self._asking = operation

    @property
    def _key(self) -> Key:
        return (self._place[0], self._place[1], self._scale)

    def _affordable(self, scale: float) -> float:
        page = self._pages.get(self._place)
        area = 595.0 * 842.0 if page is None else max(1.0, page.width * page.height)
        return min(scale, max(_SMALLEST_SCALE, math.sqrt(_MOST_PIXELS / area)))

    def _take(self, operation: Operation, page: Page) -> None:
        if operation is not self._asking:
            return
        self._asking = None
        self._pages[self._place] = dataclasses.replace(page, picture=b"")
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        if page.form is PageForm.PICTURE and self._pictures.get(self._key) is None:
            self._pictures.decode(self._key, page.picture)
        else:
            self._offer(self._key)

    def _offer(self, key: Key) -> None:
        page, picture = self._pages.get(self._place), self._pictures.get(key)
        if key == self._key and page is not None:
            self.arrived.emit(page, picture if isinstance(picture, QImage) else None)

    def _refuse(self, key: Key) -> None:
        if key == self._key:
            page = self._pages.get(self._place)
            values: dict[str, str | int | float] = {"path": "" if page is None else page.path, "page": key[1]}
            self.failed.emit(Problem(LibraryProblem.PAGE_FAILED.value, values, "the picture can't be decoded"))

    def _fail(self, operation: Operation, problem: Problem) -> None:
        if operation is self._asking:
            self._asking = None
            self.failed.emit(problem)
