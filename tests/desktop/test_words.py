"""No word that is shown is written into the code by itself: each goes through Qt's translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"

SHOWS = {
    "setText": 0, "setToolTip": 0, "setAccessibleName": 0, "setAccessibleDescription": 0, "setWindowTitle": 0,
    "setPlaceholderText": 0, "setStatusTip": 0, "setTitle": 0, "setInformativeText": 0, "addAction": 0, "addItem": 0,
    "set_words": 0, "set_name": 0, "set_text": 0, "say": 0, "show_status": 0, "announce": 1, "warn": 1, "QLabel": 0,
    "QPushButton": 0, "QCheckBox": 0, "Button": 0, "QuietButton": 0, "IconButton": 2, "make_label": 1,
}  # fmt: skip
"""What shows words, and the place of the first argument that is one."""

TRANSLATES = {"tr", "translate"}
NAMES = {"Phial"}


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals(node: ast.AST) -> Iterator[str]:
    """The words in ``node`` that are translated by nothing; a name that is looked up is no word."""
    if isinstance(node, ast.Call) and (called(node) in TRANSLATES or called(node) not in {"format", "join", "str"}):
        return
    if isinstance(node, ast.Subscript | ast.Compare):
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and re.search(r"[^\W\d_]{2}", node.value):
            yield node.value
        return
    for inside in ast.iter_child_nodes(node):
        yield from literals(inside)


def faults(source: str) -> list[str]:
    """What is shown untranslated, and what can't be found by those who translate."""
    found: list[str] = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = called(call)
        if name in SHOWS:
            shown = [word for argument in call.args[SHOWS[name] :] for word in literals(argument)]
            found += [word for word in shown if word.strip(" ·") not in NAMES]
        elif name == "tr" and not (call.args and isinstance(call.args[0], ast.Constant)):
            found.append(f"tr({ast.unparse(call.args[0]) if call.args else ''})")
    return found


@pytest.mark.parametrize("path", sorted(DESKTOP.rglob("*.py")), ids=lambda path: str(path.relative_to(DESKTOP)))
def test_what_is_shown_is_translated(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label.setText("Hello")', ["Hello"]),
        ('label.setText(self.tr("Hello"))', []),
        ('label.setText("Hello" if one else self.tr("There"))', ["Hello"]),
        ("label.setText(f\"{self.tr('Hello')} there\")", [" there"]),
        ('label.setText(" · ".join([self.tr("One"), "two words"]))', ["two words"]),
        ('label.setText("{0}".format("Hello"))', ["Hello"]),
        ('IconButton(theme, "close", "Close")', ["Close"]),
        ('IconButton(theme, "close", self.tr("Close"))', []),
        ('announce(self, "Done")', ["Done"]),
        ("self.tr(words)", ["tr(words)"]),
        ('self.tr(f"{count} documents")', ["tr(f'{count} documents')"]),
        ('window.setWindowTitle("Phial")', []),
    ],
)
def test_a_word_that_is_not_translated_is_found(source: str, found: list[str]) -> None:
    assert faults(source) == found
