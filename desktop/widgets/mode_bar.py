"""What the composer is for: asking, summing up, finding all; and what a summary is to be."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import language_name
from desktop.theme import Theme
from desktop.widgets.buttons import stop_at_chosen
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.status import Chip
from desktop.widgets.summary_view import SummaryWish
from rag.protocol import SUMMARY_LANGUAGES, SummaryLength, SummaryMode

_FEWEST_LETTERS = 8
"""Of a choice that are shown where there is little room."""

_ARROW = 30
"""Device-independent pixels of a choice beside its words."""


class Mode(StrEnum):
    """What is done with what the person writes."""

    ASK = "ask"
    SUMMARISE = "summarise"
    FIND_ALL = "find_all"


class ModeBar(QWidget):
    """``changed``: another mode was chosen. ``wish_changed``: another summary."""

    changed = Signal()
    wish_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.ASK
        self._group = QButtonGroup(self)
        modes, wishes = QHBoxLayout(), QHBoxLayout()
        for mode, words in (
            (Mode.ASK, self.tr("Ask")),
            (Mode.SUMMARISE, self.tr("Summarise")),
            (Mode.FIND_ALL, self.tr("Find all")),
        ):
            chip = Chip()
            chip.set_words(words)
            chip.setAccessibleName(words)
            chip.setCheckable(True)
            chip.setChecked(mode is self._mode)
            chip.clicked.connect(lambda _=False, mode=mode: self.choose(mode))
            self._group.addButton(chip)
            modes.addWidget(chip)
        stop_at_chosen(self._group)
        self._length = _box(
            self.tr("Length of the summary"),
            [
                (SummaryLength.LINE, self.tr("A sentence")),
                (SummaryLength.PARAGRAPH, self.tr("A paragraph")),
                (SummaryLength.BULLETS, self.tr("A list")),
                (SummaryLength.PAGE, self.tr("A page")),
            ],
            SummaryLength.PARAGRAPH,
        )
        self._kind = _box(
            self.tr("How much of the documents is read"),
            [
                (SummaryMode.THOROUGH, self.tr("Every part")),
                (SummaryMode.QUICK, self.tr("Quickly")),
                ("compare", self.tr("Compare")),
            ],
            SummaryMode.THOROUGH,
        )
        own = [(code, language_name(code)) for code in SUMMARY_LANGUAGES]
        self._language = _box(self.tr("Language of the summary"), [("", self.tr("Its own language")), *own], "")
        self._wishes = (self._length, self._kind, self._language)
        for box in self._wishes:
            wishes.addWidget(box)
            box.currentIndexChanged.connect(self.wish_changed)
            box.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.75))
        for row in (modes, wishes):
            row.setSpacing(theme.space(0.5))
            row.addStretch()
            layout.addLayout(row)

    @property
    def mode(self) -> Mode:
        """What was chosen."""
        return self._mode

    @property
    def wish(self) -> SummaryWish:
        """What a summary is to be."""
        kind = self._kind.value
        return SummaryWish(
            SummaryMode.THOROUGH if kind == "compare" else SummaryMode(kind),
            SummaryLength(self._length.value),
            self._language.value,
            compares=kind == "compare",
        )

    def take_over(self, other: ModeBar) -> None:
        """Be for what ``other`` is for."""
        for mine, its in zip(self._wishes, other._wishes, strict=True):
            mine.choose(its.value)
        self.choose(other.mode)

    def choose(self, mode: Mode) -> None:
        """Be for ``mode``."""
        self._mode = mode
        for chip, each in zip(self._group.buttons(), Mode, strict=True):
            chip.setChecked(each is mode)
        for box in self._wishes:
            box.setVisible(mode is Mode.SUMMARISE)
        self.changed.emit()


def _box(name: str, choices: list[tuple[str, str]], chosen: str) -> ChoiceBox:
    box = ChoiceBox(name, choices)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    box.setMinimumWidth(box.fontMetrics().averageCharWidth() * _FEWEST_LETTERS + _ARROW)
    box.choose(chosen)
    return box
