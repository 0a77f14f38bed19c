"""What can be done with what the reader shows: copy it, ask about it, open its file in another program."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop import keys
from desktop.viewer import Viewer
from desktop.widgets.announce import announce
from desktop.widgets.citation_trail import CitationTrail
from desktop.widgets.page_stack import PageStack
from desktop.widgets.places import place_of
from desktop.widgets.reader_bars import ReaderFoot
from rag.errors import LibraryProblem, Problem
from rag.protocol import Page


class ReaderDeeds(QObject):
    """``asked_about``: a text that the next question is to be about. ``failed``: a Problem."""

    asked_about = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        stack: PageStack,
        foot: ReaderFoot,
        shown: Callable[[], tuple[Page | None, CitationTrail]],
        label_of: Callable[[int], str],
        small_pages: QWidget,
        parent: QObject | None = None,
    ) -> None:
        """``shown`` is asked for the page that is read, and for the citations that led to it.

        ``label_of`` is asked for what is printed on a page as its number.
        ``small_pages`` lists the pages beside it: there is nothing to copy in them but what is selected on the page.
        """
        super().__init__(parent)
        self._stack = stack
        self._shown = shown
        self._label_of = label_of
        self._viewer = Viewer(self)
        self._viewer.failed.connect(lambda: foot.say(self.tr("No program on this computer opens this file.")))
        stack.menu_wanted.connect(self._open_menu)
        for where, key, act in (
            (stack, keys.COPY, self.copy),
            (small_pages, keys.COPY, self.copy),
            (stack, keys.COPY_WITH_PLACE, self.copy_with_place),
            (stack, keys.ASK_ABOUT, self.ask_about),
            (stack, keys.SELECT_ALL, stack.select_all),
            (stack, keys.TURN_PAGES, stack.page_view.turn),
        ):
            shortcut = QShortcut(QKeySequence(key), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        self._put(self._stack.selected_text)

    def copy_with_place(self) -> None:
        """The same, quoted, with where it stands."""
        page, _ = self._shown()
        selected = " ".join(self._stack.selected_text.split())
        if page is not None and selected:
            self._put(f"“{selected}” ({', '.join(part for part in (page.name, self._selected_place(page)) if part)})")

    def copy_quote(self) -> None:
        """Put the quote that led here on the clipboard, with where it stands."""
        _, trail = self._shown()
        if (item := trail.item) is not None:
            where = ", ".join(part for part in (item.document, place_of(item)) if part)
            self._put(f"“{trail.quote}” ({where})")

    def ask_about(self) -> None:
        """Let the person ask about what is selected."""
        selected = " ".join(self._stack.selected_text.split())
        if selected:
            self.asked_about.emit(selected)

    def open_document(self) -> None:
        """Open the file in the system's program for it, at the page where that program takes one."""
        page, _ = self._shown()
        if page is None:
            return
        path = Path(page.path)
        if not path.exists():
            self.failed.emit(Problem(LibraryProblem.PATH_MISSING.value, {"path": page.path}))
        else:
            self._viewer.open(path, page.page)

    def _selected_place(self, page: Page) -> str:
        """Where the selected text begins and, on another page, where it ends; ``page`` is one of its document."""
        numbers = self._stack.selected_pages or (page.page,)
        places = [
            place_of(dataclasses.replace(page, page=number, label=self._label_of(number)))
            if number != page.page
            else place_of(page)
            for number in dict.fromkeys((numbers[0], numbers[-1]))
        ]
        return " – ".join(part for part in places if part)

    def _put(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            announce(self._stack, self.tr("Copied"))

    def _open_menu(self, place: QPoint) -> None:
        if self._stack.shows_nothing:
            return
        menu = QMenu(self._stack)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        has_text = bool(self._stack.selected_text)
        for words, key, act, is_possible in (
            (self.tr("Copy"), keys.COPY, self.copy, has_text),
            (self.tr("Copy with its place"), keys.COPY_WITH_PLACE, self.copy_with_place, has_text),
            (self.tr("Ask about this"), keys.ASK_ABOUT, self.ask_about, has_text),
            ("", "", None, True),
            (self.tr("Select all of the page"), keys.SELECT_ALL, self._stack.select_all, True),
            (self.tr("Turn the pages"), keys.TURN_PAGES, self._stack.page_view.turn, self._stack.shows_picture),
        ):
            if act is None:
                menu.addSeparator()
                continue
            action = menu.addAction(words, act)
            action.setShortcut(QKeySequence(key))
            action.setEnabled(is_possible)
        menu.popup(place)
