"""The first steps over the main window: when they are shown, what they ask of it, and what is proposed after them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.panes.first_steps import FirstSteps
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
from rag.protocol import DocumentState


class Beginning(QObject):
    """Of one main window. ``ended``: the person has been through the first steps, or has left them."""

    ended = Signal()

    def __init__(
        self, theme: Theme, client: WorkerClient, access: QuickAccess, window: MainWindow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent or window)
        self._theme = theme
        self._client = client
        self._access = access
        self._window = window
        self.steps: FirstSteps | None = None
        window.first_steps_wanted.connect(self.begin)
        window.uncovered.connect(self._leave)

    def begin(self) -> None:
        """Show the first steps, from the first."""
        if self.steps is None:
            window = self._window
            self.steps = steps = FirstSteps(self._theme, self._client, window.library.feed, self._access)
            steps.files_wanted.connect(window.library.choose_files)
            steps.folder_wanted.connect(window.library.choose_folder)
            steps.samples_wanted.connect(window.library.add_samples)
            steps.ended.connect(self._end)
            window.cover(steps)
        self.steps.focus()

    def take_press(self) -> bool:
        """The global shortcut was pressed; whether it was only to try it."""
        return self.steps is not None and self.steps.take_press()

    def take_over(self, other: Beginning) -> None:
        """Be where ``other`` is, which is to go with its window."""
        if other.steps is not None:
            self.begin()
        if self.steps is not None and other.steps is not None:
            self.steps.take_over(other.steps)

    def _end(self, has_seen_all: bool) -> None:
        if self.steps is not None and has_seen_all:
            self._propose(has_samples=self.steps.has_samples)
        self._window.uncover()
        self._window.conversation.focus_composer()

    def _leave(self) -> None:
        if self.steps is not None:
            self.steps.deleteLater()
            self.steps = None
            self.ended.emit()

    def _propose(self, *, has_samples: bool) -> None:
        """Have a first question ready where it is written: it is asked when the person sends it."""
        composer = self._window.conversation.composer
        if composer.text:
            return
        ready = [one for one in self._window.library.documents
                 if one.state in {DocumentState.READY, DocumentState.ANSWERABLE}]  # fmt: skip
        if has_samples:
            composer.propose(self.tr("What gust is the Alder Quay footbridge designed for?"))
        elif ready:
            self._window.conversation.set_scope(ChosenScope((ready[0],)))
            self._window.library.take_scope(ChosenScope((ready[0],)))
            composer.modes.choose(Mode.SUMMARISE)
