from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.places import address_of
from desktop.widgets.snippet import heading_of, snippet, without_heading
from desktop.widgets.text_units import first_units, unit_spans, units
from tests.fakes.plausible import PASSAGES

WORDS = st.lists(st.sampled_from(["crane", "quay", "wind", "é", "𝛼", "a"]), min_size=1, max_size=80)


@dataclasses.dataclass
class Marked:
    text: str
    marks: list[tuple[int, int]]


@st.composite
def marked_texts(draw: st.DrawFn) -> Marked:
    text, marks = "", []
    for word in draw(WORDS):
        if draw(st.booleans()):
            marks.append((len(text), len(text) + len(word)))
        text += word + draw(st.sampled_from([" ", "\n", "  \n\n "]))
    return Marked(text, marks)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(marked_texts(), st.integers(20, 120))
def test_a_snippet_is_a_stretch_of_the_passage_with_the_marked_words_marked(case: Marked, length: int) -> None:
    cut, marks = snippet(case.text, case.marks, length)
    assert cut.strip("…") in squeezed(case.text)
    assert len(cut.strip("…")) <= length
    marked_words = {word for start, stop in case.marks for word in case.text[start:stop].split()}
    for start, stop in marks:
        assert 0 <= start < stop <= len(cut)
        assert set(cut[start:stop].split()) <= marked_words
    assert [start for start, _ in marks] == sorted(start for start, _ in marks)


@given(marked_texts())
def test_some_marked_word_is_in_sight_where_there_is_one(case: Marked) -> None:
    _, marks = snippet(case.text, case.marks, 40)
    assert bool(marks) == bool(case.marks)


def test_neighbouring_marks_are_one() -> None:
    assert snippet("the north\nquay crane", [(4, 9), (10, 14)]) == ("the north quay crane", ((4, 14),))


def test_spans_outside_the_text_are_left_out() -> None:
    assert snippet("short", [(3, 99), (-1, 2), (2, 2)]) == ("short", ())


@given(st.text(alphabet="aé𝛼😀"), st.integers(0, 8))
def test_units_count_as_qt_does(text: str, count: int) -> None:
    assert units(text, count) == len(text[:count].encode("utf-16-le")) // 2
    assert first_units(text, units(text, count)) == text[:count]
    assert unit_spans(text, [(0, count)]) == ((0, units(text, count)),)


def test_a_heading_that_the_card_shows_is_not_in_the_snippet_too() -> None:
    text = "## Gusts\n\nThe gust counts. Gusts do."
    at = text.index("gust counts")
    passage = dataclasses.replace(PASSAGES[0], section="Values › Gusts", text=text, marks=((3, 8), (at, at + 4)))
    rest, marks = without_heading(passage)
    assert heading_of(passage) == "Gusts"
    assert rest.strip() == "The gust counts. Gusts do."
    assert [rest[start:stop] for start, stop in marks] == ["gust"]
    alone = dataclasses.replace(passage, text="Gusts", marks=((0, 5),))
    assert without_heading(alone) == ("Gusts", ((0, 5),))


def test_every_heading_that_begins_a_passage_is_left_out() -> None:
    text = "Heat\n\nThe boiler\nThe boiler burns wood."
    passage = dataclasses.replace(PASSAGES[0], section="Heat › The boiler", text=text, marks=((0, 4), (28, 33)))
    rest, marks = without_heading(passage)
    assert rest == "The boiler burns wood."
    assert [rest[start:stop] for start, stop in marks] == ["burns"]


def test_the_stretch_that_holds_most_of_what_was_asked_for_is_shown_though_its_words_are_one_mark() -> None:
    asked = "total net sales"
    text = f"{asked} rose in 2022. {'Other things were said. ' * 8}The S and the sales, the S and the sales again."
    marks = [(0, len(asked)), (text.index("2022"), text.index("2022") + 4)]
    for word in ("S ", "sales,", "S and the sales again", "sales again"):
        start = text.rindex(word)
        marks.append((start, start + (1 if word[0] == "S" else 5)))
    cut, _ = snippet(text, sorted(marks), 80)
    assert cut.startswith("total net sales rose in 2022")


def test_a_row_whose_beginning_is_left_out_begins_with_a_cell() -> None:
    text = "| iPhone | 40,665 | 39,570 | 3 % | 162,863 |\n| Total net sales | 82,959 | 81,434 | 2 % |"
    at = text.index("Total")
    cut, marks = snippet(text, [(at, at + 5)], 40)
    assert [cut[start:stop] for start, stop in marks] == ["Total"]
    assert cut.startswith("…39,570 · 3 %")


def test_a_heading_of_cells_reads_as_words() -> None:
    passage = dataclasses.replace(PASSAGES[0], section="Sales › June 25, 2022 | June 26, 2021 | Change")
    assert heading_of(passage) == "June 25, 2022 · June 26, 2021 · Change"
    assert "|" not in address_of(passage, passage.section)
