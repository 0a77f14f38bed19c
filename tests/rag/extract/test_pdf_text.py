from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.extract import pdf_text
from rag.extract.pdf_text import Frame, lines_of
from tests.rag.extract.making import RawPage, make_pdf, text_page


@pytest.fixture
def text_pages() -> Iterator[list[Any]]:
    strange = b"BT /F2 12 Tf 72 700 Td (ABC plain DEF infor-) Tj 0 -14 Td (mation GH) Tj ET"
    document = pypdfium2.PdfDocument(
        make_pdf([text_page("Two lines of", "plain text."), RawPage(strange), RawPage(b"")])
    )
    yield [document[index].get_textpage() for index in range(3)]
    document.close()


def test_characters_asked_for_singly_are_those_of_the_whole_text(text_pages: list[Any]) -> None:
    for text_page_ in text_pages:
        text, indices = pdf_text._characters(text_page_)
        singly = pdf_text._characters_singly(text_page_.raw, text_page_.count_chars())
        assert (text, list(indices)) == (singly[0], list(singly[1]))
    assert pdf_text.LINE_END_HYPHEN in pdf_text._characters(text_pages[1])[0]
    assert pdf_text._characters(text_pages[2]) == ("", ())


def test_two_halves_of_a_character_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [0x61, 0xD83D, 0xDE00, 0xDE00, 0xD83D, 0, 2, 0x110000, 0x62]
    monkeypatch.setattr(pdf_text.pdfium, "FPDFText_GetUnicode", lambda _, index: codes[index])
    assert pdf_text._characters_singly(None, len(codes)) == ("a\U0001f600\ufffeb", [0, 2, 6, 8])


WORDS = st.lists(st.text(alphabet="abcABCDEF,.-", min_size=1, max_size=6), min_size=1, max_size=8)


@settings(max_examples=30)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_a_words_box_holds_the_box_of_each_of_its_characters(lines: list[list[str]]) -> None:
    content = (
        b"BT /F2 12 Tf 16 TL 72 700 Td " + b"".join(b"(%s) Tj T* " % " ".join(line).encode() for line in lines) + b"ET"
    )
    document = pypdfium2.PdfDocument(make_pdf([RawPage(content)]))
    page = document[0]
    text_page_ = page.get_textpage()
    tokens = [token for line in lines_of(text_page_, Frame(page)) for token in line.tokens]
    for index in range(text_page_.count_chars()):
        left, bottom, right, top = text_page_.get_charbox(index)
        if right - left < 0.1 or top - bottom < 0.1:
            continue
        middle, height = (left + right) / 2, 792 - (bottom + top) / 2
        assert any(box[0] <= middle <= box[2] and box[1] <= height <= box[3] for _, box, _ in tokens)
    document.close()


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [(0, (10, 752, 30, 762)), (90, (30, 10, 40, 30)), (180, (582, 30, 602, 40)), (270, (752, 582, 762, 602))],
)
def test_boxes_are_turned_with_the_page(rotation: int, expected: tuple[float, float, float, float]) -> None:
    document = pypdfium2.PdfDocument(make_pdf([RawPage(b"", rotate=rotation)]))
    frame = Frame(document[0])
    assert frame.shown(10, 30, 30, 40) == expected
    assert frame.shown(-50, -50, -10, -10) is None
    document.close()
