"""What becomes of what the person writes: a question, a summary, or a look into every document."""

from __future__ import annotations

from collections.abc import Callable

from desktop.theme import Theme
from desktop.widgets.composer import Composer
from desktop.widgets.find_view import FindView
from desktop.widgets.journey import Journey
from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.turn import TurnView
from rag.errors import LibraryProblem, Problem
from rag.protocol import Document


def journey_of(
    words: str, composer: Composer, every_document: Callable[[], tuple[Document, ...]], theme: Theme
) -> Journey | None:
    """What ``words`` begin, by what the composer is for; None where there is no document to sum up.

    ``every_document`` is asked what is to be summed up where nothing is chosen.
    """
    mode = composer.modes.mode
    if mode is Mode.ASK:
        return TurnView(theme, words)
    if mode is Mode.FIND_ALL:
        return FindView(theme, words)
    documents = composer.scope.documents if composer.scope else every_document()
    return SummaryView(theme, documents, words, composer.modes.wish) if documents else None


def nothing_to_sum_up(scope: ChosenScope) -> Problem:
    """Why there is no document in ``scope`` to sum up."""
    if scope.collection:
        return Problem(LibraryProblem.COLLECTION_EMPTY.value, {"name": scope.collection})
    return Problem(LibraryProblem.LIBRARY_EMPTY.value)
