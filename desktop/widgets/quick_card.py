"""What the quick question shows: its field, the passages, the answer below them, the keys, in one card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout

from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.answer import AnswerText
from desktop.widgets.key_hints import KeyHints
from desktop.widgets.labels import make_label
from desktop.widgets.quick_row import QuickRow
from desktop.widgets.sources import nearest_of
from rag.protocol import LONGEST_QUESTION, Answer, Passage

HIGHEST_ANSWER = 260
LOWEST_ANSWER = 60
"""Device-independent pixels."""

_FIELD_SIZE = 1.4
"""The size of what is typed, as a share of the font's."""


class QuickCard(QFrame):
    """``opened``: the number of the row whose page is wanted, from 0. ``resized``: it needs another height."""

    opened = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, most_rows: int) -> None:
        """``most_rows`` passages are shown."""
        super().__init__()
        self._theme = theme
        self._current = -1
        self._highest = HIGHEST_ANSWER
        self.setProperty("role", "popup")
        self.field = self._make_field()
        self._rows = [QuickRow(theme) for _ in range(most_rows)]
        for number, row in enumerate(self._rows):
            row.clicked.connect(lambda _=False, number=number: self.opened.emit(number))
            row.hide()
        self.text = AnswerText(theme)
        self._said = make_label("muted", is_shown=False)
        self._status = QLabel()
        self._status.setProperty("role", "small")
        self._lay_out()
        self._show_parts()

    @property
    def current(self) -> int:
        """The number of the row that Enter opens, -1 where it asks."""
        return self._current

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that are shown."""
        return tuple(row.passage for row in self._rows if not row.isHidden() and row.passage is not None)

    def set_room(self, height: int) -> None:
        """Be no higher than ``height`` device-independent pixels: a long answer scrolls."""
        others = self.sizeHint().height() - (0 if self._scroll.isHidden() else self._scroll.height())
        highest = max(LOWEST_ANSWER, min(HIGHEST_ANSWER, height - others))
        if highest != self._highest:
            self._highest = highest
            self._show_parts()

    def begin_anew(self) -> None:
        """Hold no answer, and say nothing of one: the question is another."""
        self.text.clear()
        self._said.clear()
        self._status.clear()
        self.choose(-1)
        self._show_parts()

    def begin_answer(self, status: str) -> None:
        """Have nothing of an earlier try; ``status`` says what is waited for."""
        self._said.clear()
        self.text.clear()
        self._status.setText(status)
        self._show_parts()

    def show_passages(self, passages: tuple[Passage, ...]) -> None:
        """Show ``passages``, as many as there are rows."""
        for number, row in enumerate(self._rows):
            if number < len(passages):
                row.show_passage(passages[number])
            row.setVisible(number < len(passages))
        self.choose(min(self._current, len(passages) - 1))
        self._show_parts()

    def show_status(self, words: str) -> None:
        """Say how it stands, in the corner."""
        self._status.setText(words)

    def write(self, text: str) -> None:
        """Show the next piece of the answer."""
        self.text.add_token(text)
        self._show_parts()

    def show_answer(self, answer: Answer) -> None:
        """Show the answer, or what is nearest to one."""
        self.text.end_stream()
        self.text.show_answer(nearest_of(answer) if answer.refused else answer)
        if answer.refused:
            self.say(self.tr("Your documents don’t seem to hold an answer to this question."))
        seconds = self.locale().toString(answer.timings.total_s, "f", 1)
        self._status.setText(" · ".join(filter(None, (self.tr("{seconds} s").format(seconds=seconds), answer.model))))
        self._show_parts()

    def say(self, words: str) -> None:
        """Say ``words`` above the answer, also aloud."""
        self._said.setText(words)
        announce(self, words)
        self._show_parts()

    def choose(self, number: int) -> None:
        """Have Enter open the row ``number``; -1: ask."""
        self._current = max(-1, min(number, len(self.passages) - 1))
        for place, row in enumerate(self._rows):
            row.set_current(place == self._current)
        if self._current >= 0:
            announce(self, self._rows[self._current].accessibleName())

    # --- its parts --------------------------------------------------------------------------------------------------

    def _show_parts(self) -> None:
        """Show the lines between what there is, and be as high as that."""
        has_rows = bool(self.passages)
        has_text = not self.text.document().isEmpty()
        self._scroll.setVisible(has_text)
        self._scroll.setFixedHeight(min(self._highest, self.text.sizeHint().height()))
        self._said.setVisible(bool(self._said.text()))
        self._above_rows.setVisible(has_rows)
        self._above_answer.setVisible(has_text or bool(self._said.text()) or has_rows)
        self._body.activate()
        self.resized.emit()

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
        self._body = QVBoxLayout(self)
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
        self._scroll.setWidget(self.text)
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
        head.addWidget(self.field, 1)
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
