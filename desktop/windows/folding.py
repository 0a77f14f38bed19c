"""Which panes a window of a given width shows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

THREE_PANES = 1200
"""Device-independent pixels: from here on there is room for all three."""

TWO_PANES = 960
"""From here on there is room for two; below, for one."""


class Pane(StrEnum):
    """The panes of the main window, from where reading begins."""

    LIBRARY = "library"
    CONVERSATION = "conversation"
    READER = "reader"


def visible_panes(width: int, recent: Sequence[Pane], *, reader_is_open: bool) -> tuple[Pane, ...]:
    """The panes to show in ``width`` device-independent pixels, in their order.

    ``recent`` holds the panes, the one used last first. Of two panes one is the conversation; of one it is the last
    that was used.
    """
    available = [pane for pane in recent if pane is not Pane.READER or reader_is_open]
    if width >= THREE_PANES:
        shown = set(available)
    elif width >= TWO_PANES:
        beside = next(pane for pane in available if pane is not Pane.CONVERSATION)
        shown = {Pane.CONVERSATION, beside}
    else:
        shown = {available[0]}
    return tuple(pane for pane in Pane if pane in shown)
