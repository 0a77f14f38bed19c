"""What can be done with an answer, and its figures: a row of quiet buttons, a line, the details that unfold below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.detail_words import Fact
from desktop.widgets.details import Details
from desktop.widgets.labels import make_label
from rag.protocol import Passage

_QUIET_PADDING = 7
"""Pixels by which the text of a quiet button stands in, so that a line below can stand in as far."""


def with_remarks(foot: AnswerFoot, remarks: QLabel, theme: Theme) -> QVBoxLayout:
    """``foot``, and close below it what is to be said about the same answer."""
    remarks.setIndent(_QUIET_PADDING)
    layout = QVBoxLayout()
    layout.setSpacing(theme.space(0.5))
    layout.addWidget(foot)
    layout.addWidget(remarks)
    return layout


class AnswerFoot(QWidget):
    """``copy_wanted``: with the sources or without; ``save_wanted``; ``again_wanted``: the same once more.

    ``models_wanted``: another model is to answer, to be chosen beside the widget that it carries. ``opened``: a Passage
    of the details, and all of them.
    """

    copy_wanted = Signal(bool)
    save_wanted = Signal()
    again_wanted = Signal()
    models_wanted = Signal(object)
    opened = Signal(object, object)

    def __init__(self, theme: Theme, again: str, parent: QWidget | None = None) -> None:
        """``again`` is what doing it once more is called."""
        super().__init__(parent)
        self._theme = theme
        self._copy = QuietButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the answer"))
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(False))
        self._copy_sources = QuietButton(self.tr("Copy with sources"))
        self._copy_sources.setToolTip(self.tr("Copy the answer with the quotes that support it"))
        self._copy_sources.clicked.connect(lambda: self.copy_wanted.emit(True))
        self._save = QuietButton(self.tr("Save…"))
        self._save.setToolTip(self.tr("Save as PDF, Word or Markdown"))
        self._save.clicked.connect(self.save_wanted)
        self._again = QuietButton(again)
        self._again.clicked.connect(self.again_wanted)
        self._other = IconButton(theme, "unfolded", self.tr("Ask again with another model"))
        self._other.clicked.connect(lambda: self.models_wanted.emit(self._other))
        self._other.hide()
        self._details_button = QuietButton(self.tr("Details"))
        self._details_button.setCheckable(True)
        self._details_button.setToolTip(self.tr("How this came about: passages, times, tokens, model"))
        self._details = Details(theme)
        self._details.opened.connect(self.opened)
        self._details_button.toggled.connect(self._unfold)
        self._status = make_label("small")
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out(theme)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def status(self) -> str:
        """The line of figures."""
        return self._status.text()

    def show_status(self, text: str) -> None:
        """Say the figures."""
        self._status.setText(text)
        self._arrange()

    def offer(self, *, copy: bool, sources: bool, save: bool = True, models: bool = False) -> None:
        """Show the foot, with the ways that there are."""
        self._copy.setVisible(copy)
        self._copy_sources.setVisible(sources)
        self._save.setVisible(save)
        self._other.setVisible(models)
        self.show()
        self._arrange()

    def describe(self, facts: Callable[[], Sequence[Fact]], passages: tuple[Passage, ...] = ()) -> None:
        """Have details: see Details."""
        self._details.describe(facts, passages)
        self._details_button.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the status line a row of its own where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = self._actions.sizeHint().width() + self._status.fontMetrics().horizontalAdvance(self._status.text())
        has_room = needed + self._rows.spacing() < self.width()
        # The direction of the language: what is trailing stands at the left of a line that runs from the right.
        side = Qt.AlignmentFlag.AlignTrailing if has_room else Qt.AlignmentFlag.AlignLeading
        self._status.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._status.setIndent(0 if has_room else _QUIET_PADDING)
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)
        self._rows.setStretchFactor(self._status, 1 if has_room else 0)  # below, it would ask for all the height

    def _unfold(self, is_unfolded: bool) -> None:
        self._details.unfold(is_unfolded)
        self._dress()

    def _dress(self) -> None:
        is_unfolded = self._details_button.isChecked()
        self._details_button.setIcon(self._theme.icon("unfolded" if is_unfolded else "folded", "muted"))

    def _lay_out(self, theme: Theme) -> None:
        again = QHBoxLayout()
        again.setSpacing(0)
        again.addWidget(self._again)
        again.addWidget(self._other)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.space(0.5))
        for button in (self._copy, self._copy_sources, self._save):
            self._actions.addWidget(button)
        self._actions.addLayout(again)
        self._actions.addWidget(self._details_button)
        self._actions.addStretch()
        self._details_button.hide()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rows.setSpacing(theme.space(0.5))
        self._rows.addLayout(self._actions)
        self._rows.addWidget(self._status, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addLayout(self._rows)
        layout.addWidget(self._details)
