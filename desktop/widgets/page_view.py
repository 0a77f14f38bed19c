"""Pages as pictures, one under the other, with the quotes marked on them as with a marker pen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme
from desktop.widgets.page_canvas import PageCanvas
from desktop.widgets.page_gestures import ZoomGestures
from desktop.widgets.page_painting import Sheet, paint_sheet, places_of
from desktop.widgets.page_pointer import PagePointer
from desktop.widgets.page_selecting import PageSelecting
from desktop.widgets.page_text import PageText
from desktop.widgets.turning import turn_by_key
from rag.protocol import Box, Span


class PageView(PageCanvas):
    """Shows pages, what was cited and found on them, and lets their words be selected.

    ``turned`` carries +1 or -1: the person went past the last or the first page. ``menu_wanted`` carries a place on the
    screen.
    """

    turned = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._sheets: dict[int, Sheet] = {}
        self._hits: Mapping[int, Sequence[Span]] = {}
        self._hit: tuple[int, Span] | None = None
        self.setProperty("role", "read")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Page"))
        self.selecting = PageSelecting(self)
        self.selecting.changed.connect(self.viewport().update)
        self._pointer = PagePointer(self, self.selecting)
        self._gestures = ZoomGestures(self)
        self._gestures.zoomed.connect(self.zoom_at)
        self._gestures.turned.connect(self.turned)
        theme.changed.connect(self.viewport().update)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_other_document(self) -> None:
        """Forget the pages there were."""
        self._hits, self._hit = {}, None
        self._sheets.clear()
        self.selecting.forget()
        self.forget_pages()

    def show_picture(self, page: int, picture: QImage) -> None:
        """A page's picture is here."""
        self._sheet(page).picture = picture
        self.viewport().update()

    def mark(self, page: int, boxes: Sequence[Box]) -> None:
        """Mark these places of ``page``, and of no other."""
        for sheet in self._sheets.values():
            sheet.marks = ()
        self._sheet(page).marks = tuple(boxes)
        self.aim_again()
        self.viewport().update()

    def show_words(self, page: int, text: PageText) -> None:
        """The words of a page are known: they can be selected."""
        self.selecting.take(page, text)
        self._find_hits(page)
        self.aim_again()

    def knows_words(self, page: int) -> bool:
        """Whether the words of a page are known."""
        return self.selecting.text_of(page) is not None

    def show_hits(self, hits: Mapping[int, Sequence[Span]], hit: tuple[int, Span] | None) -> None:
        """Mark what was found: spans in the texts of pages, and the one that is gone to."""
        self._hits, self._hit = hits, hit
        for page in self._sheets:
            self._find_hits(page)
        self.viewport().update()

    def mark_places(self) -> tuple[QRect, ...]:
        """Where the marks are drawn, in pixels of this widget."""
        return tuple(
            self.on_widget(place)
            for page, sheet in sorted(self._sheets.items())
            for place in places_of(sheet.marks, self.points(page))
        )

    def hit_places(self) -> tuple[QRect, ...]:
        """Where what was found is drawn, the one that is gone to first."""
        return tuple(
            self.on_widget(place)
            for page, sheet in sorted(self._sheets.items(), key=lambda item: not item[1].hit)
            for place in places_of((*sheet.hit, *sheet.hits), self.points(page))
        )

    # --- where to -----------------------------------------------------------------------------------------------------

    def go_to(self, page: int, *, end: bool = False) -> None:
        """Bring the first mark of ``page`` into sight, or its top, or its ``end``."""
        self.aim(page, lambda: self._sheets[page].marks if page in self._sheets else (), end=end)

    def go_to_end(self) -> None:
        """Bring the end of the current page into sight."""
        self.go_to(self.current, end=True)

    def go_to_span(self, page: int, span: Span) -> None:
        """Bring a span of a page's text into sight, as soon as its words are known."""

        def boxes() -> Sequence[Box]:
            text = self.selecting.text_of(page)
            return text.boxes((span,)) if text is not None else ()

        self.aim(page, boxes)

    # --- what is drawn ------------------------------------------------------------------------------------------------

    def _sheet(self, page: int) -> Sheet:
        return self._sheets.setdefault(page, Sheet())

    def _find_hits(self, page: int) -> None:
        text = self.selecting.text_of(page)
        if text is None:
            return
        sheet = self._sheet(page)
        hit = self._hit[1] if self._hit is not None and self._hit[0] == page else None
        sheet.hits = text.boxes([span for span in self._hits.get(page, ()) if span != hit])
        sheet.hit = text.boxes([hit] if hit is not None else [])
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight."""
        painter = QPainter(self.viewport())
        top, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        painter.translate(-left, -top)
        shown = self._layout.between(top + event.rect().top(), top + event.rect().bottom())
        for index in shown:
            page = self._first + index
            sheet = self._sheet(page)
            sheet.selected = self.selecting.boxes(page)
            place, points = self._layout.rect(index), self.points(page)
            paint_sheet(painter, place, points, sheet, self._theme, self.devicePixelRatioF())
        self._let_go()

    def _let_go(self) -> None:
        """Keep no pictures but of what is near: the source has them, as long as there is room."""
        near = set(self.in_sight())
        for page, sheet in self._sheets.items():
            if page not in near:
                sheet.picture = None

    # --- what the person does -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, through the pages and past them; with Shift, arrows select."""
        bar = self.verticalScrollBar()
        by = turn_by_key(bar, event.key())
        if by:
            self.turned.emit(by)
        elif self._pointer.key(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or extend what is selected."""
        self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Select a word."""
        self._pointer.press(event, is_second=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is selected stays."""
        self._pointer.release()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is selected."""
        self.menu_wanted.emit(event.globalPos())
