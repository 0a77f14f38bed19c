"""The list of all shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import keys
from desktop.theme import Theme
from desktop.windows.placement import within_screen

_EDGE = 1
"""Pixels of the line around what can be read, which shows that it has the keyboard."""


class ShortcutsDialog(QDialog):
    """Each key with what it does, by the place where it does it. ``first_steps_wanted``: they are to be shown again."""

    first_steps_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space(4))
        grid.setVerticalSpacing(theme.space(0.75))
        grid.setColumnStretch(1, 1)
        for heading, entries in self._groups():
            row = grid.rowCount()
            grid.setRowMinimumHeight(row, theme.space(3))
            grid.addWidget(_label(heading, "section"), row, 0, 1, 2)
            for place, (bound, words) in enumerate(entries, start=row + 1):
                key = _label(" · ".join(keys.native(one) for one in bound), "muted")
                action = _label(words, "")
                action.setAccessibleName(f"{words}: {key.text()}")
                grid.addWidget(key, place, 0)
                grid.addWidget(action, place, 1)
        grid.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(1))
        listed = QWidget()
        listed.setLayout(grid)
        scroll = QScrollArea()
        scroll.setProperty("role", "read")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keyboard scrolls it where the screen is low
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidgetResizable(True)
        scroll.setWidget(listed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2))
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(scroll)
        buttons = QDialogButtonBox()
        steps = buttons.addButton(self.tr("Show the first steps again"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)  # after what stands before it, as Tab goes
        steps.setAutoDefault(False)
        steps.clicked.connect(self.reject)
        steps.clicked.connect(self.first_steps_wanted)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.space(3), 0, theme.space(3), 0)
        foot.addWidget(buttons)
        layout.addLayout(foot)
        # The area asks for less than its list; the screen may have less than both.
        below = layout.spacing() + buttons.sizeHint().height() + theme.space(2)
        wanted = listed.sizeHint() + QSize(scroll.verticalScrollBar().sizeHint().width() + 2 * _EDGE, below + 2 * _EDGE)
        self.resize(within_screen(self, wanted))
        close.setFocus()

    def _groups(self) -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
        return [
            (
                self.tr("EVERYWHERE"),
                [
                    ((keys.NEXT_PANE, keys.PREVIOUS_PANE), self.tr("Go to the next pane, or back")),
                    ((keys.SEARCH_DOCUMENTS,), self.tr("Search documents by name")),
                    ((keys.LOOK_INSIDE,), self.tr("Search the documents for what was typed there")),
                    ((keys.SEARCH_CONVERSATIONS,), self.tr("Search conversations")),
                    ((keys.NEW_CONVERSATION,), self.tr("New conversation")),
                    ((keys.SAVE,), self.tr("Save the conversation as PDF, Word or Markdown")),
                    ((keys.ADD_FILES,), self.tr("Add files")),
                    ((keys.HEALTH,), self.tr("Show what was read of every page")),
                    ((keys.MODELS,), self.tr("Show the models, and get one")),
                    ((keys.ACTIVITIES,), self.tr("Show what is under way")),
                    ((keys.SETTINGS,), self.tr("Show the settings")),
                    ((keys.BACK_OUT,), self.tr("Stop the answer, or back out")),
                    ((keys.SHORTCUTS,), self.tr("Show this list")),
                    ((keys.QUIT,), self.tr("Close Phial")),
                ],
            ),
            (
                self.tr("QUESTION"),
                [
                    ((keys.ASK,), self.tr("Ask")),
                    ((keys.NEW_LINE,), self.tr("Begin a new line")),
                    ((keys.CONTINUE,), self.tr("Go on in the window with a quick question")),
                    ((keys.PREVIOUS_QUESTION, keys.NEXT_QUESTION), self.tr("Go to the question before, or the next")),
                ],
            ),
            (
                self.tr("LISTS"),
                [
                    ((keys.ASK,), self.tr("Open")),
                    ((keys.RENAME,), self.tr("Rename a conversation or a collection")),
                    ((keys.FORGET,), self.tr("Remove a document, or delete a collection or a conversation")),
                    ((keys.UNDO,), self.tr("Bring back what was just removed")),
                    ((keys.SELECT_ALL,), self.tr("Select all documents")),
                    ((keys.MENU,), self.tr("Show what can be done with it")),
                    ((keys.PASTE,), self.tr("Add the files that were copied")),
                ],
            ),
            (
                self.tr("READER"),
                [
                    ((keys.NEXT_CITATION, keys.PREVIOUS_CITATION), self.tr("Next citation, or the one before")),
                    ((keys.LARGER, keys.SMALLER), self.tr("Larger, or smaller")),
                    ((keys.FIT_WIDTH,), self.tr("Fit the width")),
                    ((keys.FIT_PAGE,), self.tr("Fit the whole page")),
                    ((keys.PAPER_SIZE,), self.tr("As large as on paper")),
                    ((keys.TURN_PAGES,), self.tr("Turn the pages")),
                    ((keys.CONTENTS,), self.tr("Pages, outline and citations")),
                    ((keys.FIND_IN_DOCUMENT,), self.tr("Find in the document")),
                    ((keys.NEXT_CITATION, keys.PREVIOUS_CITATION), self.tr("Next hit, or the one before")),
                    ((keys.SELECT_ALL,), self.tr("Select all of the page")),
                    ((keys.COPY,), self.tr("Copy")),
                    ((keys.COPY_WITH_PLACE,), self.tr("Copy with its place")),
                    ((keys.ASK_ABOUT,), self.tr("Ask about what is selected")),
                ],
            ),
        ]


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    return label
