"""Nothing is cut where the system's font is large: every label, button and field has the room that its words need.

In each language; and in each everything has a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.evidence import EvidenceCard
from desktop.widgets.status import Chip
from tests.desktop.windows.screens import SCREENS
from tests.desktop.windows.stage import Stage, Staging
from tests.desktop.windows.walking import nodes_of, report, settle, told, wrong_with

ELIDED = (Chip, ChoiceBox, ElidedLabel)
"""What shows by an ellipsis that it is cut, and all of it in a tooltip."""

SLACK = 2
"""Device-independent pixels by which a hint may be rounded up."""


@pytest.fixture
def stage(request: pytest.FixtureRequest, qapp: QApplication, staging: Staging) -> Iterator[Stage]:
    """The program in a language, where the system's font has a size in points."""
    language, points = request.param
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(points)
    qapp.setFont(font)
    with staging(language) as stage:
        yield stage
    qapp.setFont(before)


def cut(widget: QWidget) -> str:
    """What there is no room for in ``widget``; "" where there is."""
    if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
        needed = widget.heightForWidth(widget.width())
        return f"{widget.height()} of {needed} high" if widget.height() + SLACK < needed else ""
    if isinstance(widget, QPlainTextEdit):  # it is as high as its lines, not as Qt proposes
        return "" if widget.height() >= widget.fontMetrics().height() else f"{widget.height()} high"
    if isinstance(widget, EvidenceCard):
        needed = widget.height_for(widget.width())
        return f"{widget.height()} of {needed} high" if widget.height() < needed else ""
    hint = widget.sizeHint()
    if widget.height() + SLACK < hint.height():
        return f"{widget.height()} of {hint.height()} high"
    has_words = isinstance(widget, QAbstractButton | QLabel) and bool(widget.property("text"))
    if has_words and not isinstance(widget, ELIDED) and widget.width() + SLACK < hint.width():
        return f"{widget.width()} of {hint.width()} wide"
    return ""


@pytest.mark.parametrize("stage", [("en", 24), ("fr", 18), ("it", 18)], indirect=True, ids=str)
def test_nothing_is_cut_and_everything_has_a_name(stage: Stage) -> None:
    found: dict[str, list[str]] = {}
    for screen in SCREENS:
        window = screen.reach(stage)
        settle()
        found[screen.name] = wrong_with(nodes_of(window))
        for widget in window.findChildren(QWidget):
            is_read = isinstance(widget, QAbstractButton | QComboBox | QLabel | QLineEdit | QPlainTextEdit)
            if is_read and widget.isVisible() and (wrong := cut(widget)):
                found[screen.name].append(f"{told(widget)[:60]}: {wrong}")
        if window is not stage.main:
            window.close()
    assert not report(found), report(found)
