"""The quick question: a popup over whatever the person is doing, with one field, passages as they type, an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.panes.quick_asking import PASSAGES, QuickAsking
from desktop.theme import Theme
from desktop.widgets.quick_card import QuickCard
from desktop.widgets.stage import stage_words
from desktop.widgets.trouble import sentences_of
from desktop.widgets.typing_pause import TypingPause
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Answer, Citation, Stage

WIDTH = 680
MARGIN = 16
"""Device-independent pixels; the margin is what a smaller screen keeps free at its sides and below."""

HEIGHT_ABOVE = 5
"""The popup stands in the upper third: a part of this many of the screen's height is above it."""

MEMORY = 5 * 60_000
"""Milliseconds for which the last question stays when it is out of sight."""

_CORNER = 12
"""Device-independent pixels; the style sheet's too."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class QuickAskWindow(QWidget):
    """``page_wanted``: a Passage or Citation, and all of its kind, to be seen in the main window.

    ``continue_wanted``: the question and its conversation (0: it was not answered yet) go on there.
    """

    page_wanted = Signal(object, object)
    continue_wanted = Signal(str, int)

    def __init__(self, theme: Theme, client: WorkerClient) -> None:
        super().__init__(
            None, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self._answer: Answer | None = None
        self._room = QRect()
        self._asking = QuickAsking(client, self)
        self.setWindowTitle(self.tr("Ask Phial"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # the program is not the active one by then
        self.setFixedWidth(WIDTH)
        self._card = QuickCard(theme, PASSAGES)
        self._card.opened.connect(self._open)
        self._card.resized.connect(self._fit)
        self._card.text.citation_chosen.connect(self._open_citation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        self._field = self._card.field
        self._forgetting = QTimer(self, singleShot=True, interval=MEMORY)
        self._forgetting.timeout.connect(self._field.clear)
        self._follow()

    @property
    def answer(self) -> Answer | None:
        """The answer to the question that stands there, once it is there."""
        return self._answer

    # --- what the program asks of it --------------------------------------------------------------------------------

    def appear(self) -> None:
        """Be over everything, on the screen with the pointer, ready to be typed into."""
        self._forgetting.stop()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        self._place(screen.availableGeometry())
        self.show()
        self.raise_()
        self.activateWindow()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._field.selectAll()

    def take_over(self, other: QuickAskWindow) -> None:
        """Hold what ``other`` holds, which is to go; an answer that was still written there is asked for again."""
        self._field.blockSignals(True)  # it was looked up already
        self._field.setText(other._field.text())
        self._field.blockSignals(False)
        self._card.show_passages(other._card.passages)
        self._asking.conversation = other._asking.conversation
        if other.answer is not None:
            self._show_answer(other.answer)
        elif other._asking.is_answering:
            other._asking.stop()
            self._ask()
        if other.isVisible():
            self.appear()
        elif (left := other._forgetting.remainingTime()) > 0:
            self._forgetting.start(left)

    def toggle(self) -> None:
        """Appear; where it is in front already, go away."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.appear()

    def _place(self, screen: QRect) -> None:
        """Stand in the middle of the upper third of ``screen``, as wide as there is room."""
        width = min(WIDTH, screen.width() - 2 * MARGIN)
        top = screen.top() + screen.height() // HEIGHT_ABOVE
        self._room = QRect(screen.center().x() - width // 2, top, width, screen.bottom() - top - MARGIN)
        self.setFixedWidth(width)
        self.move(QPoint(self._room.topLeft()))
        self._fit()

    def _fit(self) -> None:
        """Be as high as what there is to show, and no higher than the screen below."""
        if self._room.isValid():
            self._card.set_room(self._room.height())
        self.adjustSize()

    # --- what is typed ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, or opens the chosen passage; with Ctrl it goes on in the main window; Escape hides."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._card.choose(self._card.current + (1 if key == Qt.Key.Key_Down else -1))
        elif key not in _ENTER or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._continue()
        elif self._card.current >= 0:
            self._open(self._card.current)
        else:
            self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Go away when the person turns to another program."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off where no compositor draws what is behind them."""
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
            self.setMask(QRegion(outline.toFillPolygon().toPolygon()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the question for a while; nobody waits for its answer meanwhile."""
        super().hideEvent(event)
        self._asking.expect("")
        self._forgetting.start()

    def _type(self, words: str) -> None:
        self._answer = None
        self._card.begin_anew()
        self._asking.type(words)

    def _ask(self) -> None:
        question = self._field.text().strip()
        if question and self._answer is None and not self._asking.is_answering:
            self._card.begin_answer(self.tr("Looking for passages…"))
            self._asking.ask(question)

    def _continue(self) -> None:
        question = self._field.text().strip()
        if question:
            conversation = self._asking.conversation if self._answer is not None else 0
            if not conversation:
                self._asking.stop()  # it is asked there
            self.hide()
            self._field.clear()
            self.continue_wanted.emit(question, conversation)

    # --- what comes of it -------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        self._field.textChanged.connect(self._type)
        asking = self._asking
        TypingPause(self._field).settled.connect(asking.expect)
        asking.found.connect(self._card.show_passages)
        asking.staged.connect(self._show_stage)
        asking.written.connect(self._write)
        asking.answered.connect(self._show_answer)
        asking.failed.connect(self._show_problem)
        asking.ended.connect(self._end)

    def _show_stage(self, stage: Stage) -> None:
        self._card.show_status(stage_words(stage))

    def _write(self, text: str) -> None:
        self._card.write(text)
        self._card.show_status(self.tr("Writing…"))

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._card.show_answer(answer)

    def _show_problem(self, problem: Problem) -> None:
        self._card.show_status("")
        self._card.say(str(sentences_of(problem)))

    def _end(self) -> None:
        if self._answer is None:
            self._card.show_status("")  # it failed, or was ended before its first word

    def _open(self, number: int) -> None:
        passages = self._card.passages
        self.hide()
        self.page_wanted.emit(passages[number], passages)

    def _open_citation(self, citation: Citation) -> None:
        if self._answer is not None:
            every = self._answer.nearest if self._answer.refused else self._answer.citations
            self.hide()
            self.page_wanted.emit(citation, every)
