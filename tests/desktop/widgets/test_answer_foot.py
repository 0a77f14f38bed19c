from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.answer_foot import AnswerFoot, with_remarks
from desktop.widgets.labels import make_label


def test_remarks_stand_close_below_the_figures(theme: Theme, qtbot: QtBot) -> None:
    house = QWidget()
    qtbot.addWidget(house)
    foot, remarks = AnswerFoot(theme, "Again"), make_label("muted")
    house.setLayout(with_remarks(foot, remarks, theme))
    foot.offer(copy=True, sources=True)
    foot.show_status("19.1 s · 7.5 % of the words")
    remarks.setText("4 of 4 pages looked at")
    house.resize(300, house.sizeHint().height())
    house.show()
    qtbot.waitExposed(house)
    QApplication.processEvents()
    assert 0 <= remarks.y() - foot.geometry().bottom() - 1 <= theme.space(0.5)
