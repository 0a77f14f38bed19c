"""About: what is shipped is listed without holding the window up, and its licence is shown."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.windows.about import AboutWindow


def test_the_licence_of_each_part_is_shown(qtbot: QtBot, theme: Theme) -> None:
    window = AboutWindow(theme)
    qtbot.addWidget(window)
    assert window.list.count() == 0
    qtbot.waitSignal(window.listed).wait()
    names = [window.list.item(row).text() for row in range(window.list.count())]
    assert any(name.startswith("numpy ") for name in names)
    window.list.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("numpy ")))
    assert "BSD" in window.text.toPlainText()
    window.list.setCurrentRow(names.index("Qt"))
    assert "LGPL" in window.text.toPlainText()
