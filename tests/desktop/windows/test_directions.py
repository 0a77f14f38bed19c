"""Arabic, Hebrew, Chinese, Japanese: each paragraph in its own direction, marks and numbers where they belong.

And all of it from right to left, where the system is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.announce import Sentences
from desktop.widgets.answer import AnswerText
from desktop.widgets.broken_lines import broken_lines
from desktop.widgets.chips import line_boxes
from desktop.widgets.direction import direction_of, has_right_to_left, isolated, leave_room
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.row_ground import paint_line
from desktop.widgets.search_field import SearchField
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem
from rag.protocol import Sentence
from tests.desktop.windows.screens import SCREENS
from tests.desktop.windows.stage import Staging
from tests.desktop.windows.walking import settle
from tests.fakes.plausible import ANSWER, PASSAGES

ARABIC = "يجب أن تتحمل الرافعة سرعة هبات تبلغ 42 m/s"
HEBREW = "מד הרוח הראה 38 m/s"
CHINESE = "北码头起重机在停用时应能承受每秒四十二米的阵风。"
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(RIGHT)
    yield
    qapp.setLayoutDirection(LEFT)


def inked(picture: QImage) -> QRect:
    """Where something is drawn on the colour of the first pixel."""
    ground = picture.pixelColor(0, 0)
    places = [
        (x, y) for x in range(picture.width()) for y in range(picture.height()) if picture.pixelColor(x, y) != ground
    ]
    assert places
    lines, columns = [y for _, y in places], [x for x, _ in places]
    return QRect(QPoint(min(columns), min(lines)), QPoint(max(columns), max(lines)))


def alike(one: QImage, other: QImage) -> bool:
    """Whether both show the same, but for a part of a pixel."""
    size = one.size().boundedTo(other.size())
    differ = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 160
        for x in range(size.width())
        for y in range(size.height())
    )
    return differ < 0.03 * size.width() * size.height()


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        (ARABIC, RIGHT), (HEBREW, RIGHT), (CHINESE, LEFT), ("42 m/s", LEFT), ("", LEFT), ("2025 …", LEFT),
        ("“הערות” (2025).pdf", RIGHT), ("Report הערות", LEFT), ("3. تقرير", RIGHT),
    ],
)  # fmt: skip
def test_words_are_read_as_their_first_letter_is(text: str, direction: Qt.LayoutDirection) -> None:
    assert direction_of(text) == direction


def test_a_name_in_a_sentence_of_ours_keeps_to_itself() -> None:
    assert isolated("Report.pdf") == "Report.pdf"
    assert isolated(HEBREW) == f"\u2068{HEBREW}\u2069"
    assert f"\u2068{HEBREW}\u2069" in str(sentences_of(Problem("path_missing", {"path": HEBREW})))
    assert not has_right_to_left(CHINESE)


@pytest.mark.parametrize(("text", "is_at_right"), [(ARABIC, True), (CHINESE, False), ("The crane", False)])
def test_lines_begin_at_the_side_that_they_are_read_from(qapp: QApplication, text: str, is_at_right: bool) -> None:
    layout, shown = broken_lines(text, qapp.font(), 600, 2, 1.0)
    assert shown == len(text)
    line = layout.lineAt(0).naturalTextRect()
    assert (line.right() > 590) is is_at_right
    assert (line.left() < 10) is not is_at_right


def test_a_line_of_chinese_breaks_between_its_letters(qapp: QApplication) -> None:
    layout, shown = broken_lines(CHINESE, qapp.font(), 120, 9, 1.0)
    assert shown == len(CHINESE)
    assert layout.lineCount() > 2
    widths = [layout.lineAt(number).naturalTextWidth() for number in range(layout.lineCount() - 1)]
    assert min(widths) > 90


def test_there_is_a_letter_for_every_script(qapp: QApplication) -> None:
    """Qt draws an empty box where no font of the system has one: then nothing here could be judged by eye."""
    for script, text in (
        (QFontDatabase.WritingSystem.Arabic, ARABIC),
        (QFontDatabase.WritingSystem.Hebrew, HEBREW),
        (QFontDatabase.WritingSystem.SimplifiedChinese, CHINESE),
    ):
        if not QFontDatabase.families(script):
            pytest.skip(f"no font of this system has {QFontDatabase.writingSystemName(script)}")
        layout = QTextLayout(text, QFont(qapp.font()))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        assert 0 not in [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()], text


def test_what_is_marked_in_mixed_words_is_where_it_is_drawn(qapp: QApplication) -> None:
    layout, _ = broken_lines(ARABIC, qapp.font(), 600, 1, 1.0)
    start = ARABIC.index("42")
    (number,) = line_boxes(layout, [(start, start + 2)])
    width = QFontMetrics(qapp.font()).horizontalAdvance("42")
    assert abs(number.width() - width) <= 2
    (whole,) = [layout.lineAt(0).naturalTextRect()]
    before = QFontMetrics(qapp.font()).horizontalAdvance(ARABIC[: start - 1])
    assert abs(whole.right() - before - number.right()) < width  # it follows, to the left


def test_a_chip_after_a_sentence_from_the_right_is_at_its_left(qtbot: QtBot, theme: Theme) -> None:
    text = AnswerText(theme)
    qtbot.addWidget(text)
    text.resize(600, 80)
    sentence = Sentence(f"{ARABIC}.", True, (1,))
    text.show_answer(dataclasses.replace(ANSWER, text=sentence.text, sentences=(sentence,)))
    text.show()
    picture = text.grab().toImage()
    amber = [
        x for x in range(picture.width()) for y in range(picture.height())
        if abs(picture.pixelColor(x, y).hue() - QColor(theme.colour("amber")).hue()) < 6
        and picture.pixelColor(x, y).saturation() > 60
    ]  # fmt: skip
    words = inked(picture)
    assert amber
    assert words.right() > 580
    assert min(amber) <= words.left() + 2
    assert max(amber) < words.left() + 40


def test_a_stream_is_told_by_sentences_in_chinese_and_arabic_too() -> None:
    assert Sentences().feed("第四节的设计值由港务局批准。北码头") == ["第四节的设计值由港务局批准。"]
    assert Sentences().feed("ما السرعة؟ تبلغ 42") == ["ما السرعة؟"]


@pytest.mark.usefixtures("right_to_left")
@pytest.mark.parametrize("name", ["Report (2025).pdf", HEBREW])
def test_a_name_in_a_row_is_at_the_right_and_reads_its_own_way(qapp: QApplication, name: str) -> None:
    def drawn(mirrored: Qt.LayoutDirection) -> QImage:
        picture = QImage(300, 24, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        option = QStyleOptionViewItem()
        option.direction = mirrored  # type: ignore[attr-defined]
        painter = QPainter(picture)
        paint_line(painter, option, QRect(0, 0, 300, 24), name)
        painter.end()
        return picture

    left, right = inked(drawn(LEFT)), inked(drawn(RIGHT))
    assert left.left() < 8
    assert right.right() > 290
    assert alike(drawn(LEFT).copy(left), drawn(RIGHT).copy(right))


@pytest.mark.usefixtures("right_to_left")
def test_a_title_stands_at_the_right(qtbot: QtBot) -> None:
    label = ElidedLabel("Report (2025).pdf")
    qtbot.addWidget(label)
    label.resize(300, 24)
    assert inked(label.grab().toImage()).right() > 290


@pytest.mark.usefixtures("right_to_left")
def test_what_points_turns_round_and_fields_leave_room_on_the_other_side(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    mirrored, search = (theme.icon(name).pixmap(32).toImage() for name in ("next", "search"))
    qapp.setLayoutDirection(LEFT)
    assert theme.icon("next").pixmap(32).toImage().flipped(Qt.Orientation.Horizontal) == mirrored
    assert theme.icon("search").pixmap(32).toImage() == search
    qapp.setLayoutDirection(RIGHT)
    field = SearchField(theme, "Ctrl+K")
    qtbot.addWidget(field)
    assert field.textMargins().right() > 16 > 0 < field.textMargins().left()
    plain = QLineEdit()
    qtbot.addWidget(plain)
    leave_room(plain, 5, 9)
    assert (plain.textMargins().left(), plain.textMargins().right()) == (9, 5)


@pytest.mark.usefixtures("right_to_left")
def test_passages_stand_from_right_to_left(qtbot: QtBot, theme: Theme) -> None:
    strip = EvidenceStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(700, 300)
    strip.show_passages(PASSAGES)
    strip.show()
    first, second, third = (card.x() for card in strip.cards)
    assert first > second > third


@pytest.mark.usefixtures("right_to_left")
def test_the_panes_stand_from_right_to_left(staging: Staging) -> None:
    with staging("en") as stage:
        window = next(screen for screen in SCREENS if screen.name == "reading").reach(stage)
        settle()
        assert window is stage.main
        places = [
            pane.mapTo(window, QPoint()).x()
            for pane in (stage.main.library, stage.main.conversation, stage.main.reader)
        ]
        assert places == sorted(places, reverse=True)
