"""What goes on in conversations that are not shown, until it is kept in each; and where what was asked for stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from desktop.panes.asking import Asking
from desktop.widgets.journey import Journey
from desktop.widgets.turn import TurnView


class GoingOn(QObject):
    """Holds each Asking that is under way out of sight, and its turns, which are shown nowhere meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._aside: dict[Asking, tuple[Journey, ...]] = {}
        self._places: dict[int, int] = {}

    @property
    def askings(self) -> tuple[Asking, ...]:
        """Those that are not shown, in the order in which they went out of sight."""
        return tuple(self._aside)

    def take(self, asking: Asking) -> None:
        """What ``asking`` waits for is shown no longer; where it waits for nothing, it is let go of."""
        if asking.journeys:
            self._aside[asking] = asking.journeys
            asking.changed.connect(self._let_go)
        else:
            asking.deleteLater()

    def give_back(self, asking: Asking) -> Asking:
        """Give one of ``askings``, which is shown from now on: its ``journeys`` are."""
        aside = self._aside.pop(asking)
        asking.changed.disconnect(self._let_go)
        _delete(turn for turn in aside if turn not in asking.journeys)  # they stand in the conversation
        return asking

    def asking_in(self, conversation: int) -> Asking | None:
        """The one that asks in ``conversation``, which is not 0."""
        return next((one for one in self._aside if one.conversation == conversation), None)

    def asking_for(self, request: int) -> Asking | None:
        """The one that waits for what comes of ``request``, or holds what came of it because no history does."""
        return next((one for one in self._aside if one.asked(request)), None)

    def note_place(self, request: int, conversation: int) -> None:
        """What came of ``request`` is kept in ``conversation``."""
        self._places[request] = conversation

    def place_of(self, request: int) -> int:
        """The conversation in which what came of ``request`` is kept; 0 where none is known."""
        return self._places.get(request, 0)

    def stop_answers(self) -> None:
        """Stop the answers, those that wait too: the person asks for another, and must not wait for these.

        What there is of them is kept.
        """
        for asking in self.askings:
            asking.stop(TurnView)

    def forget(self, conversation: int) -> None:
        """``conversation`` is erased: nothing is to be kept in it any more."""
        self._places = {request: place for request, place in self._places.items() if place != conversation}
        asking = self.asking_in(conversation)
        if asking is not None:
            asking.give_up()

    def take_over(self, other: GoingOn, make: Callable[[], Asking], hold: Callable[[Journey], None]) -> None:
        """Go on with what goes on in ``other``, which is to go, in Askings that ``make`` gives.

        ``hold`` is given each turn in its new form, to have it out of sight.
        """
        self._places |= other._places
        for former in other.askings:
            retold = {turn: turn.retold() for turn in former.journeys}
            for fresh in retold.values():
                hold(fresh)
            asking = make()
            asking.take_over(former, retold)
            self.take(asking)

    def _let_go(self) -> None:
        """Forget those that wait for nothing more; what failed or could not be kept stays until it was seen."""
        for asking in self.askings:
            if not asking.journeys:
                _delete(self._aside.pop(asking))
                asking.deleteLater()


def _delete(turns: Iterable[Journey]) -> None:
    for turn in turns:
        turn.deleteLater()
