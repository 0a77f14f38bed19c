"""The password bar of the library: what is entered goes to the worker, and what came of it is said in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.password_bar import PasswordBar
from desktop.widgets.trouble import briefly, sentences_of
from rag.errors import Problem
from rag.protocol import Document, DocumentState, Done


class LibraryPassword(PasswordBar):
    """``unlocked``: the Document that was opened, and where its password is kept, in a sentence."""

    unlocked = Signal(object, str)

    def __init__(self, theme: Theme, feed: LibraryFeed) -> None:
        super().__init__(theme)
        self._feed = feed
        self.given.connect(self._unlock)
        feed.changed.connect(self._check)

    def _unlock(self, document: Document, password: str) -> None:
        operation = self._feed.unlock(document, password)
        operation.succeeded.connect(lambda done: self._succeed(document, done))
        operation.failed.connect(lambda problem: self._fail(document, problem))

    def _succeed(self, document: Document, done: Done) -> None:
        if self.document is not None and self.document.key == document.key:
            self.put_away()
        kept = self.tr("Its password is remembered in your system’s keyring.")
        self.unlocked.emit(document, kept if done.notice is None else sentences_of(done.notice).title)

    def _fail(self, document: Document, problem: Problem) -> None:
        if self.document is not None and self.document.key == document.key:
            self.refuse(" ".join(part for part in (briefly(problem), sentences_of(problem).mend) if part))

    def _check(self) -> None:
        """Go away where the document was opened or forgotten by other means."""
        if self.document is not None:
            known = self._feed.model.by_key(self.document.key)
            if known is None or known.state is not DocumentState.NEEDS_PASSWORD:
                self.put_away()
