"""What a person who listens finds: the tree of names and roles that screen readers walk, in every screen there is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

import pytest
from PySide6.QtWidgets import QApplication

from desktop import keys
from desktop import shell as shell_module
from desktop.languages import OWN_NAMES
from desktop.widgets.snippet import snippet, without_heading
from desktop.windows.about import AboutWindow
from tests.desktop.windows.screens import SCREENS, window_classes
from tests.desktop.windows.stage import REFUSED, SETTINGS, PseudoLanguage, Screen, Stage, Staging
from tests.desktop.windows.walking import Node, names, nodes_of, report, settle, untranslated, wrong_with
from tests.fakes.plausible import ANSWER, PASSAGES


def faults(
    stage: Stage, find: Callable[[Iterable[Node]], list[str]], screens: Iterable[Screen] = SCREENS
) -> dict[str, list[str]]:
    """What ``find`` finds in each screen."""
    found = {}
    for screen in screens:
        shown = screen.reach(stage)
        settle()
        found[screen.name] = find(nodes_of(shown))
        if shown is not stage.main:
            shown.close()
    return found


def test_whatever_can_be_used_can_be_heard(stage: Stage) -> None:
    found = faults(stage, wrong_with)
    assert not report(found), report(found)


def test_every_window_is_walked() -> None:
    assert window_classes() - {screen.window for screen in SCREENS} == set()


OURS_ALONE = (
    "Phial",
    "MIT",
    "GB",
    "MB",
    "PDF",
    "Word",
    "Markdown",
    "OCR",
    "English",
    "Français",
    "Italiano",
    "Deutsch",
)
"""Names and units that are the same in every language."""


def data_of(stage: Stage) -> list[str]:
    """What is shown and isn't ours to translate: what people, documents, models and the worker say."""
    script = stage.worker.script
    held: list[object] = [*script.documents, *script.folders, *script.models, *script.offers, *script.ledger]
    held += [ANSWER, REFUSED, *SETTINGS, *script.conversations]
    found: set[str] = {*OURS_ALONE, *OWN_NAMES.values()}
    found |= {"Why?", "Who painted it?", "crane", "gust", "Chapter", "Section", "Cranes"}
    found |= {connection.address.partition(":")[0] for connection in script.ledger}
    while held:
        one = held.pop()
        if isinstance(one, str):
            found |= {one, *one.split("/")}
        elif isinstance(one, tuple | list):
            held += one
        elif dataclasses.is_dataclass(one):
            held += [getattr(one, field.name) for field in dataclasses.fields(one)]
    found |= {snippet(*without_heading(passage))[0] for passage in PASSAGES}
    found |= {str(stage.worker.home), *stage.worker.home.parts}
    found |= {part for name, key in vars(keys).items() if name.isupper() for part in keys.native(str(key)).split("+")}
    return [one for one in found if len(one) > 1]


def test_nothing_is_said_that_no_translation_reached(
    qapp: QApplication, staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell_module, "speak", lambda *_: None)
    pseudo = PseudoLanguage(qapp)
    qapp.installTranslator(pseudo)
    try:
        with staging("en") as stage:
            # The parts of Phial that licences tell of are called alike everywhere.
            ours = [screen for screen in SCREENS if screen.window is not AboutWindow]
            found = faults(stage, lambda nodes: untranslated(nodes, data_of(stage)), ours)
    finally:
        qapp.removeTranslator(pseudo)
    assert not report(found), report(found)


def test_what_is_read_is_there_to_be_heard(stage: Stage) -> None:
    heard = names(next(screen for screen in SCREENS if screen.name == "reading").reach(stage))
    assert {"Library", "Conversation", "Reader", "Documents", "Question", "Answer", "Page number"} <= heard
    assert any(name.startswith("Passage 1: Harbour wind study 2025.pdf, page 57") for name in heard)
    assert any(name.startswith("Harbour wind study 2025.pdf, ready, 148 page") for name in heard)
