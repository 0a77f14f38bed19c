"""The tree of names and roles that screen readers walk, and what is wrong with it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from engine.paths import assets

Role = QAccessible.Role

CONTROLS = {
    Role.Button,
    Role.ButtonMenu,
    Role.ButtonDropDown,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Link,
    Role.List,
    Role.ListItem,
    Role.MenuItem,
    Role.PageTab,
    Role.RadioButton,
    Role.Slider,
    Role.SpinBox,
    Role.Tree,
    Role.TreeItem,
}
"""What a person does something with."""


SMALLEST_TARGET = 24
"""Device-independent pixels (WCAG 2.2, 2.5.8)."""


@dataclasses.dataclass(frozen=True)
class Node:
    """What is said of one thing, and where it is on the screen."""

    role: QAccessible.Role
    name: str
    description: str
    is_focusable: bool
    is_control: bool
    is_disabled: bool
    place: QRect
    room: QRect
    parent: int
    path: str


def interface_of(of: QObject) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(of)
    assert found is not None
    return found


def walk(at: QAccessibleInterface, path: str = "", parent: int = 0, room: QRect | None = None) -> Iterator[Node]:
    """Everything that can be heard below ``at``, each before what is in it."""
    state = at.state()
    if state.invisible:  # type: ignore[attr-defined]
        return
    name = at.text(QAccessible.Text.Name)
    here = f"{path}/{at.role().name}:{name[:24]}"
    is_focusable = bool(state.focusable)  # type: ignore[attr-defined]
    yield Node(
        at.role(),
        name,
        at.text(QAccessible.Text.Description),
        is_focusable,
        at.role() in CONTROLS,
        bool(state.disabled),  # type: ignore[attr-defined]
        at.rect(),
        room or at.rect(),
        parent,
        here,
    )
    for number in range(at.childCount()):
        child = at.child(number)
        if child is not None and child.isValid():
            yield from walk(child, here, hash(here), at.rect())


def nodes_of(widget: QWidget) -> list[Node]:
    return list(walk(interface_of(widget)))


def names(widget: QWidget) -> set[str]:
    return {node.name for node in nodes_of(widget)}


def unnamed(nodes: Iterable[Node]) -> list[str]:
    """Whatever can be used, or has the keyboard, without a name."""
    return [node.path for node in nodes if not node.name.strip() and (node.is_control or node.is_focusable)]


def alike(nodes: Iterable[Node]) -> list[str]:
    """Controls that can't be told from one beside them: of the same name and role in the same place of the tree.

    The items of a list are a person's own: two documents may well be called the same.
    """
    seen: set[tuple[int, QAccessible.Role, str]] = set()
    found = []
    for node in nodes:
        one = (node.parent, node.role, node.name)
        if node.is_control and node.role is not Role.ListItem and one in seen:
            found.append(node.path)
        seen.add(one)
    return found


def unsaid(nodes: Iterable[Node]) -> list[str]:
    """What takes the keyboard without saying what it is: Qt's plain widget is heard as a pane, by its name alone."""
    return [
        node.path
        for node in nodes
        if node.is_focusable and (node.role is Role.NoRole or (node.role is Role.Client and not node.name))
    ]


def repeated(nodes: Iterable[Node]) -> list[str]:
    """Descriptions that say no more than the name does."""
    return [node.path for node in nodes if node.description and _letters(node.description) == _letters(node.name)]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def small(nodes: Iterable[Node]) -> list[str]:
    """Targets that are hard to hit. A box is pressed by the words beside it too."""
    found = []
    for node in nodes:
        place = node.room if node.role is Role.CheckBox else node.place
        is_target = node.is_control and node.role not in {Role.Link, Role.List, Role.Tree}
        if is_target and not place.isEmpty() and min(place.width(), place.height()) < SMALLEST_TARGET:
            found.append(f"{node.path} {place.width()}x{place.height()}")
    return found


_FAULTS = {
    "without a name": unnamed,
    "named as what is beside it": alike,
    "without a role": unsaid,
    "described by its own name": repeated,
    "too small to hit": small,
}


def wrong_with(nodes: Iterable[Node]) -> list[str]:
    """All that a person who listens, or whose hand isn't steady, would stumble over."""
    walked = list(nodes)
    return [f"{said}: {one}" for said, find in _FAULTS.items() for one in find(walked)]


_SHORTEST_ERROR = 12
"""Characters of a sentence."""

MARK = "⟦"
"""What begins each string of the language in which nothing is left as it stands in the source."""


def untranslated(nodes: Iterable[Node], data: Iterable[str]) -> list[str]:
    """Names and descriptions with words of ours that no translation reached; ``data`` is what isn't ours.

    The sentences of errors have translations of their own.
    """
    known = sorted((" ".join(one.split()) for one in data), key=len, reverse=True)
    errors = _patterns(json.loads((assets() / "translations" / "messages.en.json").read_text(encoding="utf-8")))
    found = []
    for node in nodes:
        for said in (node.name, node.description):
            left = " ".join(said.replace("\u200b", "").split())
            while (shorter := re.sub(rf"{MARK}[^{MARK}⟧]*⟧", "", left)) != left:
                left = shorter
            for error in errors if len(left) > _SHORTEST_ERROR else ():
                left = error.sub("", left)
            for one in known:
                left = left.replace(one, "")
            if re.search(r"[^\W\d_]{2}", left):
                found.append(f"{node.path}: {left!r}")
    return found


def _patterns(table: object) -> list[re.Pattern[str]]:
    """What finds each sentence of a table of them, whatever stands in its braces."""
    if isinstance(table, dict):
        return [pattern for value in table.values() for pattern in _patterns(value)]
    sentence = re.sub(r"\\\{\w+\\\}", ".+?", re.escape(str(table)))
    is_ours = len(re.sub(r"\{\w+\}", "", str(table))) > _SHORTEST_ERROR  # what is all braces would find anything
    return [re.compile(sentence)] if is_ours else []


def stops_of(window: QWidget) -> list[QWidget]:
    """What the keyboard can reach with Tab, in the order of the chain of focus."""
    found: list[QWidget] = []
    at = window.nextInFocusChain()
    while at is not None and at is not window:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None
        group = at.group() if isinstance(at, QAbstractButton) else None
        # Of several of which one is chosen Tab reaches that one; the arrows go on from there.
        is_passed = group is not None and group.exclusive() and not at.isChecked()  # type: ignore[attr-defined]
        if takes and at.isVisible() and at.isEnabled() and at.window() is window and not is_passed:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def told(widget: QWidget) -> str:
    """A widget as a failure names it."""
    return f"{type(widget).__name__} “{widget.accessibleName() or widget.property('text') or ''}”"


def settle() -> None:
    """Let what is queued happen: layouts, deletions."""
    for _ in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def report(found: dict[str, list[str]]) -> str:
    """What was found in each screen, a line each; "" where nothing was."""
    return "\n".join(f"{screen}: {one}" for screen, wrong in found.items() for one in wrong)
