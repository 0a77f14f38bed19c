"""What the library pane has to say or to ask: about a document, about what was added, before something is erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.document_list import show_in_folder
from desktop.widgets.notice import Action, Notice
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem
from rag.protocol import Document, IndexedFile, Removed

MOST_NAMES = 3
"""Names of files that are spelled out; of more, the rest is counted."""


class LibraryNotice(Notice):
    """A notice whose buttons ask ``feed``. ``kept``, as it is called, gives the keyboard back to the list."""

    def __init__(self, theme: Theme, feed: LibraryFeed, kept: Callable[[], None]) -> None:
        super().__init__(theme)
        self._feed = feed
        self._kept = kept

    def say_trouble(self, document: Document) -> None:
        """Why ``document`` can't be read, and what can be done."""
        actions: list[Action] = [
            (self.tr("Try again"), lambda: self._feed.retry((document,))),
            (self.tr("Show in folder"), lambda: show_in_folder(document)),
            (self.tr("Forget"), lambda: self._feed.forget((document,))),
        ]
        self.say_problem(document.reason or Problem("unexpected"), actions)

    def say_problem(self, problem: Problem, actions: Sequence[Action] = ()) -> None:
        """Why something that was asked was not done."""
        said = sentences_of(problem)
        self.say(said.title, " ".join(part for part in (said.meaning, said.mend) if part), actions)

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
            names = self.tr("{names} and %n more", "", len(files) - MOST_NAMES).format(names=names)
        why = sentences_of(reasons[0])
        # One reason speaks for all of them only where it is the same.
        mend = why.mend if len({reason.kind for reason in reasons}) == 1 else ""
        self.say(self.tr("%n file(s) were left out", "", len(files)), f"{names}. {mend}".strip())

    def ask_to_forget(self, documents: tuple[Document, ...]) -> None:
        """Whether to erase what was read of ``documents``."""
        if len(documents) == 1:
            title = self.tr("Forget “{document}”?").format(document=documents[0].name)
        else:
            title = self.tr("Forget %n document(s)?", "", len(documents))
        text = self.tr("Phial erases what it read of it and no longer answers from it. Your file stays where it is.")
        actions: list[Action] = [
            (self.tr("Forget"), lambda: self._feed.forget(documents)),
            (self.tr("Keep"), self._kept),
        ]
        self.say(title, text, actions, takes_focus=True)

    def say_removed(self, removed: Removed) -> None:
        """Which conversations quote what was forgotten."""
        if removed.conversations:
            titles = ", ".join(f"“{title}”" for title in removed.conversations)
            text = self.tr("Conversations that quote it keep their quotes: {titles}").format(titles=titles)
            self.say(self.tr("Forgotten"), text)
