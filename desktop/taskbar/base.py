"""What is shown of the work under way beside the program's name, where the platform has such a place."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.activities import ActivityList, ActivityState


@dataclasses.dataclass(frozen=True)
class Standing:
    """``count`` works are under way; ``hundredths`` of all of them are done, -1 where nobody knows."""

    count: int = 0
    hundredths: int = -1
    is_held: bool = False
    has_failed: bool = False


def standing_of(activities: ActivityList) -> Standing:
    """How all that is under way stands."""
    under_way = activities.under_way
    if not under_way:
        return Standing()
    fraction = activities.fraction
    has_failed = any(one.state is ActivityState.FAILED for one in activities.listed)
    return Standing(len(under_way), round(100 * fraction) if fraction >= 0 else -1, activities.is_held, has_failed)


class Taskbar(QObject):
    """Has no place to show anything: what a platform has is in its own file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.standing = Standing()

    def show_activities(self, activities: ActivityList, window: QWidget) -> None:
        """Show how all that is under way stands, at ``window`` where each window has its place."""
        standing = standing_of(activities)
        if standing != self.standing:
            self.standing = standing
            self._show(standing, window)

    def _show(self, standing: Standing, window: QWidget) -> None:
        """Show what is new."""
