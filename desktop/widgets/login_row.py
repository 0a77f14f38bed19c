"""Whether Phial starts with the computer, as a tick."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop import login
from desktop.theme import Theme
from desktop.widgets.setting_row import CheckRow


class LoginRow(CheckRow):
    """Changes it at once; where the system does not allow that, says so."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self.show_value(login.starts_at_login())
        self.toggled.connect(self._start_at_login)

    def _start_at_login(self, wanted: bool) -> None:
        try:
            login.start_at_login(wanted)
        except login.PassingPlace:
            self.show_value(login.starts_at_login())
            self.show_trouble(
                self.tr("Move Phial into the Applications folder first: macOS would not find it again where it is now.")
            )
        except OSError:
            self.show_value(login.starts_at_login())
            self.show_trouble(
                self.tr(
                    "The system does not let Phial change this: it stays as it was. "
                    "The system’s own settings say what starts with the computer."
                )
            )
        else:
            self.show_trouble("")
