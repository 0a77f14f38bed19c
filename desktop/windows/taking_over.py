"""One main window in the place of another: what a person saw, wrote and waited for is there again, in other words."""

from __future__ import annotations

from desktop.windows.main import MainWindow
from desktop.windows.shortcuts import ShortcutsDialog


def take_over(window: MainWindow, old: MainWindow) -> None:
    """Have ``window`` show what ``old`` shows, which is to go; nothing is asked of the worker twice."""
    window.restoreGeometry(old.saveGeometry())
    window.activities.take_over(old.activities)
    window.library.take_over(old.library)
    window.conversation.take_over(old.conversation)
    window.panes.take_over(old.panes)
    window.reader.take_over(old.reader)
    for mine, its in ((window.health, old.health), (window.models, old.models)):
        if its.isVisible():
            mine.restoreGeometry(its.saveGeometry())
            mine.show()
    if any(dialog.isVisible() for dialog in old.findChildren(ShortcutsDialog)):
        window.show_shortcuts()
    if old.connections is not None:
        window.show_connections().restoreGeometry(old.connections.saveGeometry())
    if old.activity_pane.isVisible():
        window.show_activities()
    if old.problem is not None:
        window.show_problem(old.problem)
