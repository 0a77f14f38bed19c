import pytest

from rag.extract.headings import OutlineEntry, headings_by_outline, headings_of, type_sizes
from rag.extract.lines import Line
from tests.rag.extract.placing import page_of, placed_line

BODY = "Words of the body of this page in a line that is long enough\nand another line of them, which ends here."
PAGE = f"""
*3 Methods

*3.2 Study Population

{BODY}

*3.2.1 Inclusion

{BODY}

*Consent

{BODY}
{BODY}
"""


def headings(lines: list[Line]) -> list[tuple[int, str]]:
    placed = [(line, index) for index, line in enumerate(lines)]
    return [(heading.level, heading.text) for heading in headings_of(placed, None, type_sizes(lines))]


def test_bold_lines_that_stand_apart_are_headings_and_numbers_give_their_depth() -> None:
    assert headings(page_of(PAGE)) == [
        (5, "3 Methods"),
        (6, "3.2 Study Population"),
        (7, "3.2.1 Inclusion"),
        (10, "Consent"),
    ]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("PART I. FINANCIAL INFORMATION", 4), ("Item 2. Management’s Discussion", 4), ("Capitolo 3", 4),
        ("Note 10 – Segment Information", 5), ("A. Appendices", 5), ("Risk Factors", 10),
    ],
)  # fmt: skip
def test_named_parts_stand_above_numbered_ones_and_those_above_the_rest(text: str, level: int) -> None:
    assert headings(page_of(f"{BODY}\n\n*{text}\n\n{BODY}\n{BODY}")) == [(level, text)]


@pytest.mark.parametrize(
    "page",
    [
        f"{BODY}\n*bold in the middle\n{BODY}\n{BODY}",
        f"{BODY}\n\n*This is a sentence in bold, and it ends here.\n\n{BODY}\n{BODY}",
        f"{BODY}\n\n*12,345\n\n{BODY}\n{BODY}",
        f"{BODY}\n\n*of what went before\n\n{BODY}\n{BODY}",
        f"{BODY}\n\n{' ' * 45}*Six Months Ended\n\n{BODY}\n{BODY}".replace(f"{' ' * 45}*", "*" + " " * 45),
        "\n\n".join(
            ["*All of this page", "*Is set in bold", "*And no heading"] + ["*So much of it, that it says nothing"] * 4
        )
        + BODY,
    ],
)
def test_other_bold_lines_are_none(page: str) -> None:
    assert headings(page_of(page)) == []


def test_a_bold_line_beside_another_is_a_cell() -> None:
    lines = page_of(f"{BODY}\n\n*Certificate\n\n{BODY}\n{BODY}")
    at = next(index for index, line in enumerate(lines) if line.is_bold)
    beside = placed_line(300, lines[at].box[1], 11, "Private")
    assert headings(lines) == [(10, "Certificate")]
    assert headings([*lines[: at + 1], beside, *lines[at + 1 :]]) == []


def test_larger_type_is_measured_by_the_document_and_not_by_the_page() -> None:
    cover = [
        placed_line(50, 60, 22, "The whole of this page is set large"),
        placed_line(50, 90, 22, "and says what it is"),
    ]
    body = page_of("\n".join([BODY] * 10))
    sizes = type_sizes([*cover, *body])
    found = headings_of([(line, index) for index, line in enumerate(cover)], None, sizes)
    assert [heading.text for heading in found] == ["The whole of this page is set large and says what it is"]
    assert headings_of([(line, index) for index, line in enumerate(cover)], None, type_sizes(cover)) == ()


def test_type_that_much_of_the_text_is_set_in_is_no_heading() -> None:
    large = [placed_line(50, 60 + 30 * index, 16, "A line of large type as some fonts have it") for index in range(10)]
    assert headings([*large, *page_of("\n".join([BODY] * 6), top=400)]) == []


def entries(*titles: str, top: float | None = None) -> list[OutlineEntry]:
    return [OutlineEntry(1, title, top) for title in titles]


def test_an_outline_names_lines_that_say_it_otherwise() -> None:
    lines = page_of("Contents of this page\n\n4.1.  Population of the study\n\nA line\n\n4.2 Other things")
    placed = [(line, index) for index, line in enumerate(lines)]
    assert [
        heading.start for heading in headings_by_outline(placed, entries("Study population", "4.2. OTHER  THINGS"))
    ] == [1, 3]
    assert headings_by_outline(placed, entries("Not said at all"))[0].start == 0


def test_of_lines_that_say_the_same_the_one_is_meant_that_is_pointed_to() -> None:
    lines = page_of("Summary\n\nwords\n\nSummary\n\nwords")
    placed = [(line, index) for index, line in enumerate(lines)]
    assert headings_by_outline(placed, entries("Summary", top=lines[2].box[1] - 3))[0].start == 2
    assert headings_by_outline(placed, entries("Summary"))[0].start == 0


def test_an_outline_of_chapters_is_filled_up_by_type() -> None:
    lines = page_of(PAGE)
    placed = [(line, index) for index, line in enumerate(lines)]
    found = headings_of(placed, entries("3 Methods"), type_sizes(lines))
    assert [(heading.level, heading.text) for heading in found][:2] == [(1, "3 Methods"), (9, "3.2 Study Population")]
    assert [heading.text for heading in headings_of(placed, entries("3 Methods"), None)] == ["3 Methods"]
