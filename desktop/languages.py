"""The language of the window: its own words and Qt's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import assets


def speak(application: QCoreApplication, language: str) -> None:
    """Let every string of ``application`` be in ``language`` (one of rag.errors.LANGUAGES), numbers and dates too."""
    system = QLocale.system()
    QLocale.setDefault(system if system.name()[:2] == language else QLocale(language))
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"phial_{language}", str(assets() / "translations")),
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
