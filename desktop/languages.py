"""The language of the window: its own words and Qt's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import assets

OWN_NAMES = {"en": "English", "fr": "Français", "it": "Italiano"}
"""What each language calls itself: whoever looks for theirs may not read the one that is spoken."""


def language_name(code: str) -> str:
    """What the language calls itself."""
    return OWN_NAMES.get(code) or QLocale(code).nativeLanguageName()


_spoken: list[QTranslator] = []


def fall_silent(application: QCoreApplication) -> None:
    """Let every string be as it stands in the source again."""
    while _spoken:
        application.removeTranslator(_spoken.pop())


def speak(application: QCoreApplication, language: str) -> None:
    """Let every string of ``application`` be in ``language`` (one of rag.errors.LANGUAGES), numbers and dates too.

    What stands on the screen already stays as it is: whoever changes the language makes the windows anew.
    """
    fall_silent(application)
    system = QLocale.system()
    QLocale.setDefault(system if system.name()[:2] == language else QLocale(language))
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"phial_{language}", str(assets() / "translations")),
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            _spoken.append(translator)
