"""Which panes are shown at which width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.folding import THREE_PANES, TWO_PANES, Pane, visible_panes

RECENT = st.permutations(list(Pane))


@given(width=st.integers(320, 4000), recent=RECENT, reader=st.booleans())
def test_there_are_never_more_panes_than_fit(width: int, recent: list[Pane], reader: bool) -> None:
    shown = visible_panes(width, recent, reader_is_open=reader)
    fitting = 3 if width >= THREE_PANES else 2 if width >= TWO_PANES else 1
    assert len(shown) == min(fitting, 2 + reader)
    assert list(shown) == [pane for pane in Pane if pane in shown]
    assert reader or Pane.READER not in shown
    assert len(shown) == 1 or Pane.CONVERSATION in shown


@given(recent=RECENT)
def test_one_pane_is_the_last_used(recent: list[Pane]) -> None:
    assert visible_panes(TWO_PANES - 1, recent, reader_is_open=True) == (recent[0],)


def test_an_opened_page_takes_the_place_of_the_library_at_960() -> None:
    recent = [Pane.READER, Pane.CONVERSATION, Pane.LIBRARY]
    assert visible_panes(960, recent, reader_is_open=True) == (Pane.CONVERSATION, Pane.READER)
    assert visible_panes(960, recent, reader_is_open=False) == (Pane.LIBRARY, Pane.CONVERSATION)
