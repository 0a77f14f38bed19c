"""Where a question is written: it grows with the text, says what it is limited to, sends and stops."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.announce import warn
from desktop.widgets.buttons import Button
from desktop.widgets.estimate_words import EstimateWords
from desktop.widgets.labels import make_label
from desktop.widgets.mode_bar import Mode, ModeBar
from desktop.widgets.question_edit import QuestionEdit
from desktop.widgets.scope import ChosenScope
from desktop.widgets.scope_chips import ScopeChips
from desktop.widgets.trouble import sentences_of
from desktop.widgets.typing_pause import TypingPause
from rag.errors import LibraryProblem, Problem
from rag.protocol import LONGEST_FOCUS, LONGEST_QUESTION, Estimated

_SEND_SIZE = 32


class Composer(QFrame):
    """``asked`` carries a question that can be asked; ``stopped``: the answer under way is to stop.

    ``expected`` carries what may be asked next while it is typed, "" once it no longer stands there; ``scope_changed``
    the ChosenScope that is left after something was taken out. ``wish_changed``: what would be begun is another thing.
    """

    asked = Signal(str)
    stopped = Signal()
    expected = Signal(str)
    scope_changed = Signal(object)
    wish_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_answering = False
        self._settled = ""
        self.setProperty("role", "composer")
        self._edit = QuestionEdit()  # its parent comes with the layout, whose order the keyboard follows
        self._edit.setPlaceholderText(self.tr("Ask your documents…"))
        self._edit.setAccessibleName(self.tr("Question"))
        self._edit.setAccessibleDescription(self.tr("Enter asks, Shift and Enter begin a new line."))
        self._edit.submitted.connect(self._submit)
        self._edit.textChanged.connect(self._check)
        TypingPause(self._edit).settled.connect(self._expect)
        self._message = QLabel()
        self._message.setProperty("role", "danger")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.hide()
        self._send = Button()
        self._send.setProperty("role", "primary")
        self._send.setFixedSize(_SEND_SIZE, _SEND_SIZE)
        self._send.setStyleSheet("padding: 0")
        self._send.setIconSize(QSize(18, 18))
        self._send.setCursor(Qt.CursorShape.PointingHandCursor)
        self._send.clicked.connect(self._press)
        self._modes = ModeBar(theme)
        self._modes.changed.connect(self._change_mode)
        self._modes.wish_changed.connect(self.wish_changed)
        self._chips = ScopeChips(theme)
        self._chips.changed.connect(self._lift)
        self._estimate = make_label("small", is_shown=False)
        self._estimate.setWordWrap(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space(1))
        foot.addWidget(self._chips, 1)
        foot.addWidget(self._estimate)
        foot.addWidget(self._send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(1.25), theme.space(1.5), theme.space(1.25))
        layout.setSpacing(theme.space(0.75))
        layout.addWidget(self._modes)
        layout.addWidget(self._edit)
        layout.addWidget(self._message)
        layout.addLayout(foot)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def text(self) -> str:
        """What is written."""
        return self._edit.toPlainText()

    @property
    def message(self) -> str:
        """What is said about the question, "" where nothing is wrong."""
        return "" if self._message.isHidden() else self._message.text()

    @property
    def modes(self) -> ModeBar:
        """What is done with what is written."""
        return self._modes

    @property
    def scope(self) -> ChosenScope:
        """What the question is limited to."""
        return self._chips.scope

    @property
    def estimate(self) -> str:
        """How long it is said to take; "" where nothing is."""
        return "" if self._estimate.isHidden() else self._estimate.text()

    def focus(self) -> None:
        """Let the person write."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_over(self, other: Composer) -> None:
        """Hold what is written in ``other``, and be for the same, within the same."""
        self.set_scope(other.scope)
        self._modes.take_over(other.modes)
        self._edit.setPlainText(other.text)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def propose(self, words: str) -> None:
        """Have ``words`` written, to be sent or written over."""
        self._edit.setPlainText(words)
        self._edit.selectAll()

    def insert(self, words: str) -> None:
        """Have ``words``, from elsewhere, written where the person is writing, apart from what stands before."""
        cursor = self._edit.textCursor()
        before = self.text[: cursor.selectionStart()]
        cursor.insertText(words if not before or before[-1].isspace() else f" {words}")
        self.focus()

    def set_answering(self, is_answering: bool) -> None:
        """Whether an answer is under way, so that the button stops it."""
        if is_answering != self._is_answering:
            self._is_answering = is_answering
            self._estimate.setVisible(bool(self._estimate.text()) and not is_answering)
            self._dress()

    def set_scope(self, scope: ChosenScope) -> None:
        """Limit the questions to ``scope``."""
        self._chips.set_scope(scope)
        self.wish_changed.emit()

    def show_estimate(self, estimated: Estimated | None) -> None:
        """Say how long what would be begun takes here; None: nobody can say."""
        words = EstimateWords()
        self._estimate.setText("" if estimated is None else words.of(estimated))
        self._estimate.setToolTip("" if estimated is None else words.basis(estimated))
        self._estimate.setVisible(bool(self._estimate.text()) and not self._is_answering)
        self._send.setAccessibleDescription(self._estimate.text())

    def edit_question(self, question: str) -> None:
        """Have ``question`` stand where the person writes, in place of what stood there, which Ctrl+Z brings back."""
        self._modes.choose(Mode.ASK)
        cursor = self._edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(question)
        self.focus()

    def _lift(self, scope: ChosenScope) -> None:
        self.scope_changed.emit(scope)
        self.wish_changed.emit()
        self.focus()

    def _press(self) -> None:
        if self._is_answering:
            self.stopped.emit()
        else:
            self._submit()

    def _submit(self) -> None:
        if self._is_answering:
            return
        question = self.text.strip()
        problem = problem_of_question(question, self._modes.mode)
        if problem is not None:
            self.say(problem)
            return
        self._edit.clear()
        self.asked.emit(question)

    def _check(self) -> None:
        """Say that a question is too long while it is written; that it is empty only once it is asked."""
        problem = problem_of_question(self.text.strip(), self._modes.mode)
        if problem is not None and problem.kind == LibraryProblem.QUESTION_TOO_LONG:
            self.say(problem)
        else:
            self._message.hide()

    def say(self, problem: Problem) -> None:
        """Say why what was written can't be carried out."""
        said = sentences_of(problem)
        was = self.message
        self._message.setText(" ".join(part for part in (said.title, said.mend) if part))
        self._message.show()
        if self.message != was:
            warn(self, self.message)

    def _expect(self, words: str) -> None:
        """Only a question is looked up before it is asked."""
        self._settled = words
        self.expected.emit(words if self._modes.mode is Mode.ASK else "")

    def _change_mode(self) -> None:
        self._edit.setPlaceholderText(
            {
                Mode.ASK: self.tr("Ask your documents…"),
                Mode.SUMMARISE: self.tr("What about? Leave it empty for all of it."),
                Mode.FIND_ALL: self.tr("What is to be found in every document?"),
            }[self._modes.mode]
        )
        self._check()
        self._expect(self._settled)
        self._dress()
        self.wish_changed.emit()
        self.focus()

    def _dress(self) -> None:
        act = {
            Mode.ASK: self.tr("Ask"), Mode.SUMMARISE: self.tr("Summarise"), Mode.FIND_ALL: self.tr("Find all")
        }[self._modes.mode]  # fmt: skip
        name = self.tr("Stop") if self._is_answering else act
        self._send.setIcon(self._theme.icon("stop" if self._is_answering else "send", "on_teal"))
        self._send.setToolTip(f"{name} ({keys.native(keys.BACK_OUT if self._is_answering else keys.ASK)})")
        self._send.setAccessibleName(name)


def problem_of_question(question: str, mode: Mode = Mode.ASK) -> Problem | None:
    """Why ``question`` can't be asked, or None where it can. A summary needs no words."""
    limit = LONGEST_FOCUS if mode is Mode.SUMMARISE else LONGEST_QUESTION
    if not question and mode is not Mode.SUMMARISE:
        return Problem(LibraryProblem.QUESTION_EMPTY.value)
    if len(question) > limit:
        values: dict[str, str | int | float] = {"characters": len(question), "limit": limit}
        return Problem(LibraryProblem.QUESTION_TOO_LONG.value, values)
    return None
