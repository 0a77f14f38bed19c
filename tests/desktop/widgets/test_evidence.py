"""The strip of evidence: which cards are in sight, and who has the keyboard."""

from __future__ import annotations

import dataclasses

from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.evidence import EvidenceStrip
from tests.fakes.plausible import PASSAGES


def test_a_card_with_the_keyboard_stays_in_sight_while_there_is_little_room(qtbot: QtBot, theme: Theme) -> None:
    strip = EvidenceStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(700, 200)
    strip.show_passages([dataclasses.replace(PASSAGES[0], number=number) for number in range(1, 7)])
    strip.activateWindow()
    assert [card.isVisible() for card in strip.cards] == [True] * 3 + [False] * 3
    strip.cards[2].setFocus()
    strip.resize(380, 200)
    assert strip.focusWidget() is strip.cards[2]
    assert strip.cards[2].isVisible()
    strip.cards[0].setFocus()
    strip.resize(381, 200)
    assert [card.isVisible() for card in strip.cards] == [True] * 2 + [False] * 4


def test_a_card_says_which_other_documents_say_the_same(qtbot: QtBot, theme: Theme) -> None:
    strip = EvidenceStrip(theme)
    qtbot.addWidget(strip)
    strip.show_passages(
        [dataclasses.replace(PASSAGES[0], also_in=("/home/a/copies/report.pdf", "/b.pdf")), PASSAGES[1]]
    )
    folded, alone = strip.cards
    for said in (folded.toolTip(), folded.accessibleName()):
        assert "also in copies/report.pdf, /b.pdf" in said.replace("\\", "/")
    assert "also in" not in alone.toolTip()
