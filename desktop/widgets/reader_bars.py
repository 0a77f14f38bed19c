"""The two bars of the reader: what is shown and where in it, above; how large, and what to do with it, below."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.page_layout import Fit
from desktop.widgets.tips import plain_tip


class ReaderHead(QWidget):
    """Name, page and citation. ``page_chosen``: a number was typed; ``stepped`` carries +1 or -1.

    ``strip_wanted``: the strip beside the pages is to fold or unfold. ``find_wanted``: words are to be sought.
    """

    page_chosen = Signal(int)
    stepped = Signal(int)
    closed = Signal()
    strip_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        strip = IconButton(theme, "contents", self.tr("Pages, outline and citations"), keys.CONTENTS)
        strip.clicked.connect(self.strip_wanted)
        find = IconButton(theme, "search", self.tr("Find in the document"), keys.FIND_IN_DOCUMENT)
        find.clicked.connect(self.find_wanted)
        self._name = ElidedLabel("", Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("role", "title")
        self._number = QLineEdit()
        self._number.setAccessibleName(self.tr("Page number"))
        self._validator = QIntValidator(1, 1, self._number)
        self._number.setValidator(self._validator)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._number.setFixedWidth(theme.space(6))
        self._number.editingFinished.connect(self._choose)
        self._pages = QLabel()
        self._pages.setProperty("role", "muted")
        self._previous = IconButton(theme, "previous", self.tr("Previous citation"), keys.PREVIOUS_CITATION)
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._which = QLabel()
        self._which.setProperty("role", "muted")
        self._next = IconButton(theme, "next", self.tr("Next citation"), keys.NEXT_CITATION)
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._close = IconButton(theme, "close", self.tr("Close the reader"))
        self._close.clicked.connect(self.closed)
        self.setFixedHeight(theme.space(7))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, theme.space(1), 0)
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(strip)
        layout.addWidget(self._name, 1)
        layout.addSpacing(theme.space(1))
        for part in (self._number, self._pages, self._previous, self._which, self._next, find, self._close):
            layout.addWidget(part)
        self.show_page(0, 0, "")
        self.show_citation(0, 0)

    def focus(self) -> None:
        """Take the keyboard; a proxy of the focus would let Tab pass over what stands before it."""
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def name(self) -> str:
        """Which document it is."""
        return self._name.text()

    def show_name(self, name: str) -> None:
        """Say which document it is."""
        self._name.set_text(name)

    def show_page(self, number: int, pages: int, label: str) -> None:
        """Say which page of how many; ``label`` is the printed one. Nothing where ``pages`` is 0 or 1."""
        self._number.setVisible(pages > 1)
        self._pages.setVisible(pages > 1)
        self._validator.setTop(max(1, pages))
        self._number.setText(str(number))
        printed = self.tr("Printed page number: {label}").format(label=label) if label else ""
        self._number.setToolTip(plain_tip(printed))
        self._number.setAccessibleDescription(printed)
        self._pages.setText(f"/ {QLocale().toString(pages)}")

    def show_citation(self, place: int, count: int) -> None:
        """Say which citation of how many; nothing where there is none to step to."""
        for part in (self._previous, self._which, self._next):
            part.setVisible(count > 1)
        self._which.setText(self.tr("{place} of {count}").format(place=place, count=count))
        self._previous.setEnabled(place > 1)
        self._next.setEnabled(place < count)

    def _choose(self) -> None:
        if self._number.text():
            self.page_chosen.emit(int(self._number.text()))


class ReaderFoot(QWidget):
    """Size, the quote, the system's viewer. ``zoomed`` carries +1 or -1, ``fit_chosen`` a Fit.

    ``turn_wanted``: the pages are to be shown a quarter further round.
    """

    zoomed = Signal(int)
    fit_chosen = Signal(object)
    turn_wanted = Signal()
    quote_copied = Signal()
    document_opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        smaller = IconButton(theme, "zoom-out", self.tr("Smaller"), keys.SMALLER)
        smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self._zoom = QuietButton("")
        self._zoom.clicked.connect(self._open_menu)
        self._fit: Fit | None = Fit.WIDTH
        larger = IconButton(theme, "zoom-in", self.tr("Larger"), keys.LARGER)
        larger.clicked.connect(lambda: self.zoomed.emit(1))
        self._turn = IconButton(theme, "turn", self.tr("Turn the pages"), keys.TURN_PAGES)
        self._turn.clicked.connect(self.turn_wanted)
        self._copy = IconButton(theme, "copy", self.tr("Copy the quote"))
        self._copy.clicked.connect(self.quote_copied)
        open_document = IconButton(theme, "external", self.tr("Open in the system’s viewer"))
        open_document.clicked.connect(self.document_opened)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(0.5), theme.space(1), theme.space(0.5))
        layout.setSpacing(theme.space(0.5))
        for part in (smaller, self._zoom, larger, self._turn):
            layout.addWidget(part)
        self._remark = QLabel()
        self._remark.setProperty("role", "muted")
        self._remark.setWordWrap(True)
        layout.addWidget(self._remark, 1)
        layout.addWidget(self._copy)
        layout.addWidget(open_document)

    def show_zoom(self, zoom: float, fit: Fit | None) -> None:
        """Say how large it is shown; 1 is the size of the paper. ``fit``: None where there is no paper."""
        shown = self.tr("{number} %").format(number=QLocale().toString(round(100 * zoom)))
        self._fit = fit
        self._zoom.setText(shown)
        name = self.tr("Size of the page") if fit is not None else self.tr("Size of the text")
        self._zoom.setToolTip(name)
        self._zoom.setAccessibleName(f"{name}: {shown}")
        self._turn.setVisible(fit is not None)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [(Fit.WIDTH, self.tr("Fit the width"), keys.FIT_WIDTH)]
        if self._fit is not None:
            choices.append((Fit.PAGE, self.tr("Fit the whole page"), keys.FIT_PAGE))
            choices.append((Fit.ZOOM, self.tr("As large as on paper"), keys.PAPER_SIZE))
        else:
            choices = [(Fit.WIDTH, self.tr("The window’s own size of text"), keys.FIT_WIDTH)]
        for fit, words, key in choices:
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, fit=fit: self.fit_chosen.emit(fit))
            action.setShortcut(QKeySequence(key))
            action.setCheckable(True)
            action.setChecked(fit is self._fit and fit is not Fit.ZOOM)
        menu.popup(self._zoom.mapToGlobal(self._zoom.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    def allow_quote(self, has_quote: bool) -> None:
        """Another page is shown; whether there is a quote to copy."""
        self._remark.clear()
        self._copy.setEnabled(has_quote)

    def say(self, remark: str) -> None:
        """Say something about what was asked, until another page is shown."""
        self._remark.setText(remark)
        announce(self, remark)
