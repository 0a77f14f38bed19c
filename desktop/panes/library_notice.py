"""What the library pane has to say: about a document, about what was added, about what was erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.library_password import LibraryPassword
from desktop.theme import Theme
from desktop.widgets.direction import isolated
from desktop.widgets.folder_row import folder_name
from desktop.widgets.health_model import reason_of
from desktop.widgets.mends import mend_name
from desktop.widgets.notice import Action, Notice
from desktop.widgets.trouble import sentences_of
from rag.errors import LibraryProblem, Problem
from rag.protocol import Document, DocumentHealth, DocumentState, IndexedFile, Removed, WatchedFolder

MOST_NAMES = 3
"""Names of files that are spelled out; of more, the rest is counted."""


MENDS = ("try_again", "show_in_folder", "forget")
"""What can be done for a document of which nothing more is known than that it can't be read."""


class LibraryNotice(Notice):
    """A notice whose buttons ask ``feed``. ``kept`` gives the keyboard back to the list.

    ``password`` is where the password of a document is asked for: it takes the notice's place.
    """

    def __init__(self, theme: Theme, feed: LibraryFeed, password: LibraryPassword, kept: Callable[[], None]) -> None:
        super().__init__(theme)
        self._feed = feed
        self._password = password
        self._kept = kept
        self._told: set[str] = set()
        self._untold: list[Problem] = []
        self.closed.connect(self._say_next)
        password.unlocked.connect(self._say_unlocked)

    def say_trouble(self, document: Document) -> None:
        """Why ``document`` can't be read, and what can be done; where its password is missing, ask for that."""
        if document.state is DocumentState.NEEDS_PASSWORD:
            self.mend(document, "enter_password")
        else:
            reason = document.reason or Problem("unexpected")
            first: dict[str, tuple[str, ...]] = {
                LibraryProblem.PATH_PROTECTED: ("open_settings", *MENDS),
                LibraryProblem.SCAN_LEFT_UNREAD: ("read_after_all", *MENDS[1:]),
            }
            self.say_problem(reason, self._actions(document, first.get(reason.kind, MENDS)))

    def say_health(self, health: DocumentHealth) -> None:
        """Why a document or some of its pages can't be read, and what can be done."""
        self._password.put_away()
        reason = reason_of(health)
        if reason is None:
            self.put_away()
        else:
            self.say_problem(reason, self._actions(health.document, health.mends))

    def mend(self, document: Document, mend: str) -> None:
        """Do what ``mend`` (of rag.protocol.DocumentHealth) names."""
        match mend:
            case "enter_password":
                self.put_away()
                self._password.ask(document)
            case "try_again" | "read_after_all":
                self._feed.retry((document,))
            case "show_in_folder":
                for path in document.paths[:1]:
                    self.show_folder(str(Path(path).parent))
            case "open_settings":
                self.open_privacy_settings()
            case "find_file":
                self._find(document)
            case "forget":
                self._feed.remove((document,), self._kept)

    def _actions(self, document: Document, mends: Sequence[str]) -> list[Action]:
        return [(name, partial(self.mend, document, mend)) for mend in mends if (name := mend_name(mend))]

    def _find(self, document: Document) -> None:
        """Let the person say where the file is now: the same content is the same document."""
        title = self.tr("Find “{document}”").format(document=isolated(document.name))
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()))
        if path:
            self._feed.add((path,))

    def _say_unlocked(self, document: Document, where: str) -> None:
        self.say(self.tr("“{document}” is open").format(document=isolated(document.name)), where)

    def say_unwatched(self, folder: WatchedFolder) -> None:
        """That a folder is followed no longer, with the way back."""
        actions: list[Action] = [(self.tr("Watch it again"), lambda: self._feed.add((folder.path,)))]
        title = self.tr("“{folder}” is no longer watched").format(folder=folder_name(folder))
        self.say(title, self.tr("Its documents stay in the library."), actions)

    def say_notices(self, problems: Sequence[Problem]) -> None:
        """What is worth knowing of the library, one after the other; a worker that starts again repeats none."""
        self._untold = [problem for problem in problems if problem.kind not in self._told]
        if self.isHidden():
            self._say_next()

    def _say_next(self) -> None:
        if self._untold:
            problem = self._untold.pop(0)
            self._told.add(problem.kind)
            self.say_problem(problem)

    def say_left_out(self, files: Sequence[IndexedFile]) -> None:
        """Which of the files that were given are no documents of the library, and why."""
        reasons = [file.reason for file in files if file.reason is not None]
        if not reasons:
            return
        if len(files) == 1:
            self.say_problem(reasons[0])
            return
        names = ", ".join(f"“{Path(file.path).name}”" for file in files[:MOST_NAMES])
        if len(files) > MOST_NAMES:
            names = self.tr("{names} and %Ln more", "", len(files) - MOST_NAMES).format(names=names)
        why = sentences_of(reasons[0])
        # One reason speaks for all of them only where it is the same.
        mend = why.mend if len({reason.kind for reason in reasons}) == 1 else ""
        self.say(self.tr("%Ln file(s) were left out", "", len(files)), f"{names}. {mend}".strip())

    def say_refused(self, addresses: Sequence[str]) -> None:
        """That what lies on the web, or on another computer, is not fetched."""
        shown = ", ".join(addresses[:MOST_NAMES])
        if len(addresses) > MOST_NAMES:
            shown = self.tr("{names} and %Ln more", "", len(addresses) - MOST_NAMES).format(names=shown)
        text = self.tr("Phial fetches nothing. Save it as a file on this computer, then drop the file here.")
        self.say(self.tr("This isn’t on this computer"), f"{shown}. {text}")

    def say_removed(self, removed: Removed) -> None:
        """Which conversations quote what was forgotten."""
        if removed.conversations:
            titles = ", ".join(f"“{title}”" for title in removed.conversations)
            text = self.tr("Conversations that quote it keep their quotes: {titles}").format(titles=titles)
            self.say(self.tr("Removed"), text)

    def say_restoring(self) -> None:
        """Nothing is removed from a library that is about to be another."""
        title = self.tr("A backup is being taken in: nothing can be removed now")
        self.say(title, self.tr("Remove it when that has ended, or cancel it in the settings."))
