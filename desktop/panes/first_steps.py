"""The first start: three small steps, each of which can be left out, in the place of the panes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.panes.first_documents import FirstDocuments
from desktop.panes.first_model import FirstModel
from desktop.panes.first_shortcut import FirstShortcut
from desktop.panes.library_feed import LibraryFeed
from desktop.quick_access import QuickAccess
from desktop.theme import Theme, set_role
from desktop.widgets.announce import announce
from desktop.widgets.buttons import Button, QuietButton
from desktop.widgets.column import centred
from desktop.widgets.labels import make_label
from desktop.widgets.step_dots import StepDots
from desktop.worker_client import WorkerClient

MODEL, DOCUMENTS, SHORTCUT = range(3)
"""The steps, in their order."""

_WIDEST = 560
"""Device-independent pixels: a little to read, with much air around it."""

_HIGHEST = 600
"""Device-independent pixels that a step fills. Of what a window has more, a third is above it, and as much below."""


class FirstSteps(QFrame):
    """``ended``: the person is through, or has enough of it; whether they went to its end.

    ``files_wanted``, ``folder_wanted``, ``samples_wanted``: documents from there.
    """

    ended = Signal(bool)
    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        client: WorkerClient,
        library: LibraryFeed,
        access: QuickAccess,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._done: set[int] = set()
        self.has_samples = False
        """Whether the samples were asked for here."""
        self.setAccessibleName(self.tr("First steps"))
        model = FirstModel(theme, client, library)
        documents = FirstDocuments(theme, library)
        documents.files_wanted.connect(self.files_wanted)
        documents.folder_wanted.connect(self.folder_wanted)
        documents.samples_wanted.connect(self._take_samples)
        self._shortcut = FirstShortcut(theme, access)
        self._dots = StepDots(theme, 3)
        self._title = make_label("heading")
        self._text = make_label("muted")
        self._pages = QStackedWidget()
        pages: tuple[FirstModel | FirstDocuments | FirstShortcut, ...] = (model, documents, self._shortcut)
        for step, page in enumerate(pages):
            page.done.connect(lambda step=step: self._note_done(step))
            self._pages.addWidget(_at_top(page))
        self._back = QuietButton(self.tr("Back"))
        self._back.clicked.connect(lambda: self.show_step(self.step - 1))
        self._skip = QuietButton(self.tr("Skip these steps"))
        self._skip.clicked.connect(lambda: self.ended.emit(False))
        self._next = Button()
        self._next.clicked.connect(self._go_on)
        self._lay_out()
        self.show_step(MODEL)

    @property
    def step(self) -> int:
        """Which step is shown."""
        return self._pages.currentIndex()

    def show_step(self, step: int) -> None:
        """Show this one."""
        self._pages.setCurrentIndex(step)
        self._dots.show_step(step)
        title, text = self._words()[step]
        self._title.setText(title)
        self._text.setText(text)
        self._back.setVisible(step > MODEL)
        self._show_next()
        announce(self, f"{self._dots.accessibleName()}: {title}")

    def focus(self) -> None:
        """Take the keyboard."""
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_press(self) -> bool:
        """The global shortcut was pressed; whether it was only to try it."""
        return self.step == SHORTCUT and self._shortcut.take_press()

    def take_over(self, other: FirstSteps) -> None:
        """Be where ``other`` is, which is to go."""
        self.has_samples = other.has_samples
        self.show_step(other.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape has enough of it."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit(False)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand neither at the top nor in the middle of a high window."""
        super().resizeEvent(event)
        self._leave_air()

    def _words(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("A model that writes the answers"),
                self.tr(
                    "Phial finds the passages by itself. With a model it also writes an answer below them. This is the "
                    "one that suits this computer; it is fetched only when you press Download."
                ),
            ),
            (
                self.tr("Your documents"),
                self.tr(
                    "Drop files or a folder anywhere on this window. They stay where they are: Phial reads them on "
                    "this computer, and nowhere else."
                ),
            ),
            (
                self.tr("A question from anywhere"),
                self.tr("One shortcut brings a small window over whatever you are doing: ask, read, and go on."),
            ),
        )

    def _take_samples(self) -> None:
        self.has_samples = True
        self.samples_wanted.emit()

    def _note_done(self, step: int) -> None:
        self._done.add(step)
        self._show_next()

    def _show_next(self) -> None:
        is_done = self.step in self._done
        if self.step == SHORTCUT:
            self._next.setText(self.tr("Begin"))
        else:
            self._next.setText(self.tr("Next") if is_done else self.tr("Not now"))
        set_role(self._next, "primary" if is_done or self.step == SHORTCUT else "")

    def _go_on(self) -> None:
        if self.step == SHORTCUT:
            self.ended.emit(True)
        else:
            self.show_step(self.step + 1)

    # --- its parts --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = self._theme.space
        head = QHBoxLayout()
        head.addWidget(self._dots)
        head.addStretch()
        head.addWidget(self._skip)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch()
        foot.addWidget(self._next)
        column = QWidget()
        inside = QVBoxLayout(column)
        inside.setSpacing(space(1.5))
        inside.addLayout(head)
        inside.addSpacing(space(2))
        inside.addWidget(self._title)
        inside.addWidget(self._text)
        inside.addSpacing(space(1))
        inside.addWidget(self._pages)
        inside.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(self.accessibleName())
        scroll.setWidget(centred(column, self._theme, scroll, _WIDEST))
        bottom = QWidget()
        bottom.setLayout(foot)
        foot.setContentsMargins(0, space(1), 0, space(3))
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(centred(bottom, self._theme, widest=_WIDEST))
        self._inside, self._outside = inside, layout
        self._leave_air()

    def _leave_air(self) -> None:
        space = self._theme.space
        air = max(0, self.height() - round(_HIGHEST * self._theme.scale)) // 3
        self._inside.setContentsMargins(0, space(4) + air, 0, space(2))
        self._outside.setContentsMargins(0, 0, 0, air)


def _at_top(page: QWidget) -> QWidget:
    """``page`` with its room left free below it, not between its parts."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    layout.addStretch()
    return holder
