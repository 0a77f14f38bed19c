from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.note_marks import note_parts, rendered_span

SOURCE = "# Quay\n\nThe **crane** on the [north quay](http://x/quay/crane) stands.\n\nThe crane again."
RENDERED = "Quay\nThe crane on the north quay stands.\nThe crane again."


def shown(quote: str, nth: int = 0) -> str | None:
    start = -1
    for _ in range(nth + 1):
        start = SOURCE.index(quote, start + 1)
    span = rendered_span(SOURCE, (start, start + len(quote)), RENDERED)
    return None if span is None else RENDERED[slice(*span)]


def test_marks_of_markdown_do_not_matter() -> None:
    assert shown("The **crane** on") == "The crane on"


def test_a_quote_with_a_link_in_it_is_marked_as_a_whole() -> None:
    assert shown("on the [north quay](http://x/quay/crane) stands") == "on the north quay stands"


def test_of_two_places_the_right_one_is_marked() -> None:
    span = rendered_span(SOURCE, (SOURCE.rindex("The crane"), SOURCE.rindex("The crane") + 9), RENDERED)
    assert span == (RENDERED.rindex("The crane"), RENDERED.rindex("The crane") + 9)


def test_what_is_not_shown_is_not_marked() -> None:
    assert rendered_span("![](nowhere) text", (4, 11), "text") is None
    assert rendered_span("...", (0, 3), "text") is None


@given(st.lists(st.sampled_from(["red", "green", "blue"]), min_size=1, max_size=30), st.data())
def test_unmarked_text_is_found_to_the_letter(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:first])) + (1 if first else 0)
    span = (start, start + len(words[first]))
    assert rendered_span(text, span, text) == span


@given(st.text(alphabet="ab`\n ", max_size=300), st.integers(1, 40))
def test_parts_are_all_of_a_note_and_never_cut_code(source: str, length: int) -> None:
    parts = note_parts(source, length)
    assert "".join(source[first:last] for first, last in parts) == source
    for first, _ in parts:
        fences = [line for line in source[:first].splitlines() if line.lstrip().startswith("```")]
        assert len(fences) % 2 == 0
