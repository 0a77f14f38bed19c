"""The panes side by side: which of them are in sight, and which has the keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.theme import Theme
from desktop.widgets.fold_bar import FoldBar
from desktop.windows.folding import Pane, visible_panes

NARROWEST = {Pane.LIBRARY: 232, Pane.CONVERSATION: 360, Pane.READER: 320}
"""Device-independent pixels that each pane needs."""


class PaneSplitter(QSplitter):
    """Folds what there is no room for; ``fold_bar`` brings it back."""

    def __init__(self, theme: Theme, panes: Mapping[Pane, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._panes_by_name = panes
        self._recent = [Pane.CONVERSATION, Pane.LIBRARY, Pane.READER]
        self._reader_is_open = False
        self._width = 0
        self._scale = theme.scale
        self.fold_bar = FoldBar(theme)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, widget in panes.items():
            widget.setMinimumWidth(round(NARROWEST[pane] * self._scale))
            self.addWidget(widget)
        self.setStretchFactor(1, 1)

    @property
    def is_reader_open(self) -> bool:
        """Whether there is something to read."""
        return self._reader_is_open

    @property
    def focused(self) -> Pane:
        """The pane that has the keyboard."""
        focus: QWidget | None = self.window().focusWidget()
        for pane, widget in self._panes_by_name.items():
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                return pane
        return Pane.CONVERSATION

    @property
    def has_room_for_all(self) -> bool:
        """Whether no pane would be folded away, were the reader open."""
        return len(visible_panes(self._room, self._recent, reader_is_open=True)) == len(Pane)

    def take_over(self, other: PaneSplitter) -> None:
        """Show the panes that ``other`` shows, as wide."""
        self._recent = list(other._recent)
        self._reader_is_open = other._reader_is_open
        self.fold(self._width)
        self.setSizes(other.sizes())

    @property
    def _room(self) -> int:
        """The width as it would be with letters of the usual size: with larger ones fewer panes find room."""
        return round(self._width / self._scale)

    def fold(self, width: int) -> None:
        """Show what there is room for in ``width`` device-independent pixels."""
        self._width = width
        shown = visible_panes(self._room, self._recent, reader_is_open=self._reader_is_open)
        for pane, widget in self._panes_by_name.items():
            widget.setVisible(pane in shown)
        self.fold_bar.show_panes(shown, self._there())

    def bring(self, pane: Pane) -> None:
        """Have ``pane`` in sight."""
        self._recent.remove(pane)
        self._recent.insert(0, pane)
        self.fold(self._width)

    def open_reader(self) -> None:
        """Have the reader, and in sight."""
        self._reader_is_open = True
        self.bring(Pane.READER)

    def close_reader(self) -> None:
        """Give its room to the others."""
        self._reader_is_open = False
        self.fold(self._width)

    def beside(self, by: int) -> Pane:
        """The pane ``by`` places on from the one that has the keyboard."""
        there = self._there()
        return there[(there.index(self.focused) + by) % len(there)]

    def _there(self) -> list[Pane]:
        return [pane for pane in Pane if pane is not Pane.READER or self._reader_is_open]
