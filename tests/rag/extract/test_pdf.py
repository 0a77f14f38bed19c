import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.constants import PageLabelStyle

from rag.errors import LibraryProblem, PhialError
from rag.extract import PageText, document_boxes
from rag.extract.pdf import Document
from rag.protocol import PageState
from tests.rag.extract.making import RawPage, encrypted, make_pdf, only_pictures, read, text_page, written

pytestmark = pytest.mark.usefixtures("one_parser")

PDF = make_pdf([text_page("The first page.", "It has two lines."), text_page("The second page.")])


def refusal(path: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as caught:
        read(path)
    assert isinstance(caught.value.kind, LibraryProblem)
    return caught.value.kind


def test_the_pages_of_a_pdf(tmp_path: Path) -> None:
    info, pages = read(written(tmp_path, "two pages.pdf", PDF))
    assert (info.format, info.title, info.pages) == ("pdf", "two pages", 2)
    assert [(page.number, page.label, page.text) for page in pages] == [
        (1, "", "The first page.\nIt has two lines."),
        (2, "", "The second page."),
    ]
    assert all((page.width, page.height, page.problem, page.has_pictures) == (612, 792, None, False) for page in pages)
    assert read(written(tmp_path, "again.pdf", PDF), first_page=2)[1][0].text == "The second page."


def test_a_broken_cross_reference_table_is_mended(tmp_path: Path) -> None:
    broken = PDF.replace(b"startxref\n", b"startxref\n9999")
    assert read(written(tmp_path, "xref.pdf", broken))[1][1].text == "The second page."


def test_a_truncated_file_gives_the_pages_that_are_left_or_is_broken(tmp_path: Path) -> None:
    _, pages = read(written(tmp_path, "cut.pdf", PDF[: PDF.index(b"startxref")]))
    assert pages[0].text == "The first page.\nIt has two lines."
    assert refusal(written(tmp_path, "head.pdf", PDF[:200])) is LibraryProblem.PDF_BROKEN


def test_a_page_that_can_not_be_loaded_is_marked_and_the_others_read(tmp_path: Path) -> None:
    path = written(tmp_path, "damaged.pdf", PDF.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [9 0 R 6 0 R]"))
    _, pages = read(path)
    assert [page.text for page in pages] == ["", "The second page."]
    assert pages[0].problem is not None
    assert pages[0].problem.kind == LibraryProblem.PAGE_FAILED
    assert pages[0].problem.parameters == {"path": str(path), "page": 1}


def test_without_pages_without_a_password_without_sense(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "none.pdf", make_pdf([]))) is LibraryProblem.PDF_WITHOUT_PAGES
    assert refusal(written(tmp_path, "locked.pdf", encrypted(PDF, "secret"))) is LibraryProblem.PDF_ENCRYPTED
    assert refusal(written(tmp_path, "sense.pdf", b"%PDF-1.7\n" + b"nonsense " * 100)) is LibraryProblem.PDF_BROKEN


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_each_way_of_encryption_opens_with_its_password_alone(tmp_path: Path, algorithm: str) -> None:
    path = written(tmp_path, "locked.pdf", encrypted(PDF, "gehéim", algorithm))
    document = Document(path, "gehéim")
    assert document.page(2).text == "The second page."
    document.close()
    for wrong in ("", "geheim"):
        with pytest.raises(PhialError) as caught:
            Document(path, wrong)
        assert caught.value.kind is LibraryProblem.PDF_ENCRYPTED
    assert read(written(tmp_path, "owner.pdf", encrypted(PDF, "", algorithm)))[1][1].text == "The second page."


def shown(*places: tuple[int, int, str], font: str = "/F1", size: int = 10) -> bytes:
    """The drawing of texts, each with its left and its bottom."""
    return b"".join(
        b"BT %s %d Tf %d %d Td (%s) Tj ET\n" % (font.encode(), size, x, y, text.encode()) for x, y, text in places
    )


def text_of(tmp_path: Path, content: bytes) -> PageText:
    return read(written(tmp_path, "made.pdf", make_pdf([RawPage(content)])))[1][0]


def test_columns_that_are_drawn_line_by_line(tmp_path: Path) -> None:
    left = [f"the left column of the page, line {n}" for n in "abcdefgh"]
    right = [f"another line of the right one, {n}" for n in "abcdefgh"]
    rows = [
        (x, 650 - 14 * n, text)
        for n, both in enumerate(zip(left, right, strict=True))
        for x, text in zip((72, 320), both, strict=True)
    ]
    page = text_of(
        tmp_path, shown((72, 700, "A title that runs over both of the columns of this page, as titles do"), *rows)
    )
    assert page.text.split("\n\n", 1)[1].split("\n") == [*left, *right]


def test_a_table_is_rows_with_their_cells(tmp_path: Path) -> None:
    cells = [("", "2023", "2022"), ("Revenue", "13,507", "6,704"), ("Cost", "4,045", "3,789"), ("Margin", "(9)", "12")]
    places = [
        (x, 650 - 14 * n, text)
        for n, row in enumerate(cells)
        for x, text in zip((72, 300, 400), row, strict=True)
        if text
    ]
    assert (
        text_of(tmp_path, shown(*places)).text
        == "| 2023 | 2022\nRevenue | 13,507 | 6,704\nCost | 4,045 | 3,789\nMargin | (9) | 12"
    )


def test_strange_characters_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    page = text_of(
        tmp_path, shown((72, 700, "xABy"), (72, 680, "Cve eDa G"), (72, 660, "F item"), (72, 640, "aHb co"), font="/F2")
    )
    assert page.text == "x川のy\nfive éa\n• item\na b co"
    assert [page.text[word.start : word.end] for word in page.words] == [
        "x",
        "川",
        "の",
        "y",
        "five",
        "éa",
        "•",
        "item",
        "a",
        "b",
        "co",
    ]


def test_a_word_that_a_line_end_divides_is_one(tmp_path: Path) -> None:
    page = text_of(tmp_path, shown((72, 700, "all the infor-"), (72, 686, "mation that is here")))
    assert page.text == "all the information that is here"
    soft = text_of(tmp_path, shown((72, 700, "all the inforE"), (72, 686, "mation that is here"), font="/F2"))
    assert soft.text == "all the information that is here"


def test_bold_type_makes_headings_in_a_document_without_an_outline(tmp_path: Path) -> None:
    body = [(72, 650 - 14 * n, "words of the body of this page that say what there is to say") for n in range(6)]
    content = shown((72, 690, "2.1 study population"), font="/F2") + shown(*body)
    assert [(heading.level, heading.text) for heading in text_of(tmp_path, content).headings] == [
        (6, "2.1 study population")
    ]


def test_an_empty_password_opens(tmp_path: Path) -> None:
    assert read(written(tmp_path, "open.pdf", encrypted(PDF, "")))[1][1].text == "The second page."


def test_a_scan_has_pictures_and_no_text(tmp_path: Path) -> None:
    _, pages = read(written(tmp_path, "scan.pdf", only_pictures(2)))
    assert [(page.text, page.words, page.has_pictures, page.problem) for page in pages] == [("", (), True, None)] * 2
    assert [page.state for page in pages] == [PageState.WAITING] * 2


def test_each_page_of_a_mixed_document_says_whether_it_needs_ocr(tmp_path: Path) -> None:
    stamped = b"q 612 0 0 792 0 0 cm /Im1 Do Q BT /F1 14 Tf 72 700 Td (Received) Tj ET"
    hidden = b"q 612 0 0 792 0 0 cm /Im1 Do Q BT 3 Tr /F1 10 Tf 12 TL 72 700 Td %s ET" % (
        b"(A line of the text that a scanner has put behind its picture.) Tj T*\n" * 6
    )
    logo = b"q 40 0 0 40 20 700 cm /Im1 Do Q"
    within_a_form = b"q 612 0 0 792 0 0 cm /Fm1 Do Q"
    outlines = b"".join(b"%d %d m %d 9 l %d 9 l f\n" % (x, x % 700, x, x + 5) for x in range(600))
    contents = [stamped, hidden, logo, within_a_form, outlines, b"0 0 m 9 9 l S", text_page("A typed page.").content]
    path = written(tmp_path, "mixed.pdf", make_pdf([RawPage(content) for content in contents]))
    _, pages = read(path)
    assert [page.waits for page in pages] == [True, False, False, True, True, False, False]
    assert [page.has_pictures for page in pages] == [True, False, True, True, False, False, False]
    assert pages[1].text.startswith("A line of the text that a scanner")
    assert pages[2].state is PageState.EMPTY


def test_title_labels_and_outline(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    writer.add_metadata({"/Title": "A proper title"})
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 1, prefix="A-", style=PageLabelStyle.DECIMAL)
    part = writer.add_outline_item(title="It has two lines", page_number=0)
    writer.add_outline_item(title="The second page", page_number=1, parent=part)
    output = io.BytesIO()
    writer.write(output)
    info, pages = read(written(tmp_path, "made.pdf", output.getvalue()))
    assert info.title == "A proper title"
    assert [page.label for page in pages] == ["i", "A-1"]
    assert [[(h.level, h.text, h.start) for h in page.headings] for page in pages] == [
        [(1, "It has two lines", 16)],
        [(2, "The second page", 0)],
    ]


@pytest.mark.parametrize("title", ["Microsoft Word - draft.doc", "untitled", "0001045810-22", "", "report.pdf"])
def test_a_title_that_a_program_made_up_is_no_title(tmp_path: Path, title: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    writer.add_metadata({"/Title": title})
    output = io.BytesIO()
    writer.write(output)
    assert read(written(tmp_path, "its name.pdf", output.getvalue()))[0].title == "its name"


@pytest.mark.parametrize("media", [(0, 0, 0, 0), (0, 0, 0.01, 0.01), (500, 500, 0, 0), (-1e9, -1e9, 1e9, 1e9)])
def test_pages_of_odd_sizes_are_read_and_painted(tmp_path: Path, media: tuple[float, float, float, float]) -> None:
    document = Document(written(tmp_path, "odd.pdf", make_pdf([text_page("words", media=media, rotate=37)])))
    page = document.page(1)
    assert all(inside(word.box, page) for word in page.words)
    assert Image.open(io.BytesIO(document.draw(1, 2.0, 10_000).as_picture(1).png)).width >= 1
    document.close()


def inside(box: tuple[float, float, float, float], page: PageText) -> bool:
    left, top, right, bottom = box
    return 0 <= left < right <= page.width + 0.01 and 0 <= top < bottom <= page.height + 0.01


EDGES = st.tuples(st.integers(0, 250), st.integers(0, 300), st.integers(350, 612), st.integers(400, 792))
PLACES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 11)), min_size=1, max_size=8, unique=True)


@settings(max_examples=40)
@given(st.sampled_from([0, 90, 180, 270, -90, 450]), EDGES, PLACES)
def test_the_box_of_each_word_is_where_its_ink_is(
    tmp_path_factory: pytest.TempPathFactory,
    rotate: int,
    crop: tuple[int, int, int, int],
    places: list[tuple[int, int]],
) -> None:
    shown = b"".join(b"BT /F1 18 Tf %d %d Td (w%dx%d) Tj ET\n" % (10 + 100 * x, 10 + 64 * y, x, y) for x, y in places)
    content = make_pdf([RawPage(shown, crop=crop, rotate=rotate)])
    document = Document(written(tmp_path_factory.mktemp("boxes"), "boxes.pdf", content))
    page = document.page(1)
    picture = Image.open(io.BytesIO(document.draw(1, 2.0, 10**7).as_picture(1).png)).convert("L")
    document.close()
    width, height = (crop[2] - crop[0], crop[3] - crop[1])
    assert (page.width, page.height) == ((width, height) if rotate % 180 == 0 else (height, width))
    assert abs(picture.width - 2 * page.width) <= 2
    whole = {
        f"w{x}x{y}"
        for x, y in places
        if crop[0] + 2 < 10 + 100 * x and 10 + 100 * x + 60 < crop[2] and crop[1] < 64 * y and 30 + 64 * y < crop[3]
    }
    words = {page.text[word.start : word.end]: word.box for word in page.words}
    assert whole <= words.keys()
    for box in words.values():
        assert inside(box, page)
    for name in whole:
        left, top, right, bottom = (2 * edge for edge in words[name])
        ink = picture.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))
        # All of the word's ink: just outside the box there is none (the nearest other word is further away).
        around = picture.crop((int(left) - 4, int(top) - 4, int(right) + 5, int(bottom) + 5))
        assert 0 < sum(ink.histogram()[:128]) == sum(around.histogram()[:128])


def test_boxes_of_a_span_are_one_a_line(tmp_path: Path) -> None:
    _, (page, _) = read(written(tmp_path, "a.pdf", PDF))
    boxes = document_boxes(page.words, page.text.index("first"), page.text.index("two"))
    assert len(boxes) == 2
    first_page = [word.box for word in page.words if page.text[word.start : word.end] in ("first", "page.")]
    assert boxes[0] == (first_page[0][0], boxes[0][1], first_page[1][2], boxes[0][3])
    assert document_boxes(page.words, 3, 4) == ()
    assert document_boxes((), 0, 10) == ()
