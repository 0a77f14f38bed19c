"""Where the main window stood and how its panes were divided, over restarts."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from desktop.theme import Theme

FIRST_SIZE = QSize(1360, 860)
FIRST_WIDTHS = [272, 636, 452]
"""Of the three panes, in device-independent pixels, the first time."""

_GEOMETRY, _PANES, _DRAFT = "window/geometry", "window/panes", "window/draft"
_SCREEN_SHARE = 0.95
"""Of the screen, at most, the first time."""


def first_size(window: QWidget, size: QSize, theme: Theme) -> QSize:
    """The ``size`` of ``window`` the first time: larger for larger letters, within the screen."""
    return within_screen(window, size * theme.scale)


def within_screen(window: QWidget, size: QSize) -> QSize:
    """As much of ``size`` as the screen of ``window`` has room for, with its frame."""
    return size.boundedTo(window.screen().availableSize() * _SCREEN_SHARE)


def keep_placement(store: QSettings, window: QMainWindow, splitter: QSplitter | None) -> None:
    """Write it down; ``splitter`` is None where some of its panes are folded away, so that their widths say nothing."""
    store.setValue(_GEOMETRY, window.saveGeometry())
    if splitter is not None:
        store.setValue(_PANES, splitter.saveState())
    store.sync()


def keep_draft(store: QSettings, words: str) -> None:
    """Keep a question that is half written."""
    store.setValue(_DRAFT, words)
    store.sync()


def kept_draft(store: QSettings) -> str:
    """The question that was half written; it is given once."""
    words = str(store.value(_DRAFT, "") or "")
    store.remove(_DRAFT)
    return words


def restore_placement(store: QSettings, window: QMainWindow, splitter: QSplitter) -> None:
    """Have the window where it stood; the first time, in its first size."""
    geometry, panes = store.value(_GEOMETRY), store.value(_PANES)
    splitter.setSizes(FIRST_WIDTHS)
    if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
        window.resize(within_screen(window, FIRST_SIZE))
    if isinstance(panes, QByteArray):
        splitter.restoreState(panes)
