"""The taskbar of Windows by value: what it is told, and by which names it is asked for."""

from __future__ import annotations

import pytest

from desktop.taskbar.base import Standing
from desktop.taskbar.windows import (
    CLASS,
    ERROR,
    INDETERMINATE,
    INTERFACE,
    NO_PROGRESS,
    NORMAL,
    PAUSED,
    identifier_of,
    progress_of,
)


@pytest.mark.parametrize(
    ("standing", "progress"),
    [
        (Standing(), (NO_PROGRESS, 0)),
        (Standing(1, 37), (NORMAL, 37)),
        (Standing(2, -1), (INDETERMINATE, 0)),
        (Standing(1, 37, is_held=True), (PAUSED, 37)),
        (Standing(1, -1, is_held=True), (PAUSED, 100)),
        (Standing(1, 37, has_failed=True), (ERROR, 37)),
    ],
)
def test_every_standing_has_a_state_and_a_value(standing: Standing, progress: tuple[int, int]) -> None:
    assert progress_of(standing) == progress


def test_identifiers_lie_in_memory_as_windows_reads_them() -> None:
    assert bytes(identifier_of(CLASS)).hex() == "44f3fd566dfdd011958a006097c9a090"
    assert bytes(identifier_of(INTERFACE)).hex() == "91fb1aea289e864b90e99e9f8a5eefaf"
