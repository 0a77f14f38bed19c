"""What the person prefers of the windows, kept beside the library: appearance, language, what closing means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from rag.errors import LANGUAGES

SETTINGS_FILE = "window.ini"
SYSTEM = "system"
"""As the system has it."""

APPEARANCES = (SYSTEM, "light", "dark")


class Preferences:
    """Read and written at once. What is kept and is none of ours (another version's, or by hand) is the default."""

    def __init__(self, home: Path) -> None:
        """Those of the library in ``home``."""
        self.store = QSettings(str(home / SETTINGS_FILE), QSettings.Format.IniFormat)

    def read_again(self) -> None:
        """Others have come into their place."""
        self.store.sync()

    @property
    def appearance(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._one_of("window/appearance", APPEARANCES)

    @appearance.setter
    def appearance(self, appearance: str) -> None:
        self.store.setValue("window/appearance", appearance)

    @property
    def language(self) -> str:
        """``system``, or one of rag.errors.LANGUAGES."""
        return self._one_of("window/language", (SYSTEM, *LANGUAGES))

    @language.setter
    def language(self, language: str) -> None:
        self.store.setValue("window/language", language)

    @property
    def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return self._is("window/stays_in_tray", by_default=False)

    @stays_in_tray.setter
    def stays_in_tray(self, stays: bool) -> None:
        self.store.setValue("window/stays_in_tray", stays)

    @property
    def has_begun(self) -> bool:
        """Whether the first steps have been seen, or the window was used before there were any."""
        return self._is("window/has_begun", by_default=False) or self.store.contains("window/geometry")

    @has_begun.setter
    def has_begun(self, has_begun: bool) -> None:
        self.store.setValue("window/has_begun", has_begun)

    @property
    def notifies(self) -> bool:
        """Whether the end of something long is told where no window is in front."""
        return self._is("window/notifies", by_default=True)

    @notifies.setter
    def notifies(self, notifies: bool) -> None:
        self.store.setValue("window/notifies", notifies)

    @property
    def knows_of_tray(self) -> bool:
        """Whether it was said once that work goes on while the window is closed."""
        return self._is("window/knows_of_tray", by_default=False)

    @knows_of_tray.setter
    def knows_of_tray(self, knows: bool) -> None:
        self.store.setValue("window/knows_of_tray", knows)

    def _is(self, key: str, *, by_default: bool) -> bool:
        # As it is read from the file, and as it is held before that.
        kept = str(self.store.value(key, by_default)).lower()
        return kept == "true" if kept in {"true", "false"} else by_default

    def _one_of(self, key: str, values: tuple[str, ...]) -> str:
        kept = str(self.store.value(key, SYSTEM))
        return kept if kept in values else SYSTEM
