"""The quick question: a popup over whatever the person is doing, with one field, passages as they type, an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCursor,
    QFont,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainterPath,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.panes.quick_asking import PASSAGES, QuickAsking
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.answer import AnswerText
from desktop.widgets.key_hints import KeyHints
from desktop.widgets.quick_row import QuickRow
from desktop.widgets.sources import nearest_of
from desktop.widgets.stage import stage_words
from desktop.widgets.trouble import sentences_of
from desktop.widgets.typing_pause import TypingPause
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import LONGEST_QUESTION, Answer, Citation, Passage, Stage

WIDTH = 680
HIGHEST_ANSWER = 260
"""Device-independent pixels."""

MEMORY = 5 * 60_000
"""Milliseconds for which the last question stays when it is out of sight."""

_CORNER = 12
"""Device-independent pixels; the style sheet's too."""

_FIELD_SIZE = 1.4
"""The size of what is typed, as a share of the font's."""

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
        self._theme = theme
        self._current = -1
        self._answer: Answer | None = None
        self._asking = QuickAsking(client, self)
        self.setWindowTitle(self.tr("Ask Phial"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # the program is not the active one by then
        self.setFixedWidth(WIDTH)
        self._field = self._make_field()
        self._rows = [QuickRow(theme) for _ in range(PASSAGES)]
        for number, row in enumerate(self._rows):
            row.clicked.connect(lambda _=False, number=number: self._open(number))
            row.hide()
        self._text = AnswerText(theme)
        self._text.citation_chosen.connect(self._open_citation)
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._status = QLabel()
        self._status.setProperty("role", "small")
        self._lay_out()
        self._forgetting = QTimer(self, singleShot=True, interval=MEMORY)
        self._forgetting.timeout.connect(self._field.clear)
        self._follow()
        self._show_parts()

    @property
    def answer(self) -> Answer | None:
        """The answer to the question that stands there, once it is there."""
        return self._answer

    # --- what the program asks of it --------------------------------------------------------------------------------

    def appear(self) -> None:
        """Be over everything, on the screen with the pointer, ready to be typed into."""
        self._forgetting.stop()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        place = screen.availableGeometry()
        self.move(QPoint(place.center().x() - WIDTH // 2, place.top() + place.height() // 5))
        self.show()
        self.raise_()
        self.activateWindow()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._field.selectAll()

    def toggle(self) -> None:
        """Appear; where it is in front already, go away."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.appear()

    # --- what is typed ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, or opens the chosen passage; with Ctrl it goes on in the main window; Escape hides."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._choose(self._current + (1 if key == Qt.Key.Key_Down else -1))
        elif key not in _ENTER or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._continue()
        elif self._current >= 0:
            self._open(self._current)
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
        self._text.clear()
        self._said.clear()
        self._status.clear()
        self._choose(-1)
        self._asking.type(words)
        self._show_parts()

    def _ask(self) -> None:
        question = self._field.text().strip()
        if question and self._answer is None and not self._asking.is_answering:
            self._said.clear()  # what went wrong before
            self._text.clear()
            self._show_parts()
            self._asking.ask(question)
            self._status.setText(self.tr("Looking for passages…"))

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
        asking.found.connect(self._show_passages)
        asking.staged.connect(self._show_stage)
        asking.written.connect(self._write)
        asking.answered.connect(self._show_answer)
        asking.failed.connect(self._show_problem)
        asking.ended.connect(self._end)

    def _show_passages(self, passages: tuple[Passage, ...]) -> None:
        for number, row in enumerate(self._rows):
            if number < len(passages):
                row.show_passage(passages[number])
            row.setVisible(number < len(passages))
        self._choose(min(self._current, len(passages) - 1))
        self._show_parts()

    def _show_stage(self, stage: Stage) -> None:
        self._status.setText(stage_words(stage))

    def _write(self, text: str) -> None:
        self._text.add_token(text)
        self._status.setText(self.tr("Writing…"))
        self._show_parts()

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._text.end_stream()
        self._text.show_answer(nearest_of(answer) if answer.refused else answer)
        if answer.refused:
            self._say(self.tr("Your documents don’t seem to hold an answer to this question."))
        seconds = self.locale().toString(answer.timings.total_s, "f", 1)
        self._status.setText(" · ".join(filter(None, (self.tr("{seconds} s").format(seconds=seconds), answer.model))))
        self._show_parts()

    def _show_problem(self, problem: Problem) -> None:
        self._status.clear()
        self._say(str(sentences_of(problem)))
        self._show_parts()

    def _end(self) -> None:
        if self._answer is None:
            self._status.clear()  # it failed, or was ended before its first word

    def _say(self, words: str) -> None:
        self._said.setText(words)
        announce(self, words)

    def _choose(self, number: int) -> None:
        shown = sum(not row.isHidden() for row in self._rows)
        self._current = max(-1, min(number, shown - 1))
        for place, row in enumerate(self._rows):
            row.set_current(place == self._current)
        if self._current >= 0:
            announce(self, self._rows[self._current].accessibleName())

    def _open(self, number: int) -> None:
        passages = tuple(row.passage for row in self._rows if not row.isHidden() and row.passage is not None)
        self.hide()
        self.page_wanted.emit(passages[number], passages)

    def _open_citation(self, citation: Citation) -> None:
        if self._answer is not None:
            every = self._answer.nearest if self._answer.refused else self._answer.citations
            self.hide()
            self.page_wanted.emit(citation, every)

    # --- its parts --------------------------------------------------------------------------------------------------

    def _show_parts(self) -> None:
        """Show the lines between what there is, and be as high as that."""
        has_rows = any(not row.isHidden() for row in self._rows)
        has_text = not self._text.document().isEmpty()
        self._scroll.setVisible(has_text)
        self._scroll.setFixedHeight(min(HIGHEST_ANSWER, self._text.sizeHint().height()))
        self._said.setVisible(bool(self._said.text()))
        self._above_rows.setVisible(has_rows)
        self._above_answer.setVisible(has_text or bool(self._said.text()) or has_rows)
        self._body.activate()
        self.adjustSize()

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("role", "quick")
        font = QFont(field.font())
        font.setPointSizeF(font.pointSizeF() * _FIELD_SIZE)
        field.setFont(font)
        field.setMaxLength(LONGEST_QUESTION)
        field.setPlaceholderText(self.tr("Ask your documents…"))
        field.setAccessibleName(self.tr("Question"))
        field.setAccessibleDescription(self.tr("Enter asks, the arrows choose a passage, Escape closes."))
        return field

    def _lay_out(self) -> None:
        space = self._theme.space
        card = QFrame()
        card.setProperty("role", "popup")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self._body = QVBoxLayout(card)
        self._body.setContentsMargins(1, 0, 1, space(1))
        self._body.setSpacing(0)
        self._body.addLayout(self._make_head())
        self._above_rows, self._above_answer = _line(), _line()
        self._body.addWidget(self._above_rows)
        for row in self._rows:
            self._body.addWidget(row)
        self._body.addWidget(self._above_answer)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._text)
        answer = QVBoxLayout()
        answer.setContentsMargins(space(2.5), space(1.5), space(2.5), space(1))
        answer.setSpacing(space(1))
        answer.addWidget(self._said)
        answer.addWidget(self._scroll)
        self._body.addLayout(answer)
        foot = QHBoxLayout()
        foot.setContentsMargins(space(2.5), 0, space(2.5), space(0.5))
        foot.setSpacing(space(2))
        foot.addWidget(KeyHints(self._theme), 1)
        foot.addWidget(self._status)
        self._body.addLayout(foot)

    def _make_head(self) -> QHBoxLayout:
        space = self._theme.space
        self._icon = QLabel()
        everything = QLabel(self.tr("Everything"))
        everything.setProperty("role", "chip")
        everything.setToolTip(self.tr("All documents are asked."))
        head = QHBoxLayout()
        head.setContentsMargins(space(2.5), space(2.25), space(2.5), space(2.25))
        head.setSpacing(space(1.5))
        head.addWidget(self._icon)
        head.addWidget(self._field, 1)
        head.addWidget(everything)
        self._theme.changed.connect(self._dress)
        self._dress()
        return head

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("phial", "teal").pixmap(self._theme.space(2.5)))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line
