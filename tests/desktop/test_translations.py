"""Every string of the window in every language, and the compiled files made from what is there."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from engine.paths import assets
from rag.errors import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    specification = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_complete_and_current(tool: ModuleType, language: str) -> None:
    assert tool.faults_of(language) == []


def test_a_missing_translation_is_found(tool: ModuleType, tmp_path: Path) -> None:
    damaged = tmp_path / "phial_fr.ts"
    whole = (assets() / "translations" / "phial_fr.ts").read_text(encoding="utf-8")
    damaged.write_text(whole.replace("<translation>Réponse</translation>", '<translation type="unfinished"/>'))
    assert tool.untranslated(damaged) == ["Answer"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Reading 1 document", "Reading 3 documents"]),
        ("fr", ["Lecture de 1 document", "Lecture de 3 documents"]),
        ("it", ["Lettura di 1 documento", "Lettura di 3 documenti"]),
    ],
)
def test_numbers_have_their_plurals(qapp: QApplication, language: str, expected: list[str]) -> None:
    translator = QTranslator()
    assert translator.load(f"phial_{language}", str(assets() / "translations"))
    qapp.installTranslator(translator)
    said = [QCoreApplication.translate("IndexingLine", "Reading %Ln document(s)", "", count) for count in (1, 3)]
    qapp.removeTranslator(translator)
    assert said == expected
