import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from rag.errors import LibraryProblem
from rag.extract import document_boxes
from rag.extract.pdf import Document
from tests.rag.extract.making import make_pdf, read, text_page, written

pytestmark = pytest.mark.usefixtures("one_parser")

PDF = make_pdf([text_page("The first page.", "It has two lines."), text_page("The second page.")])


def with_attachments(**files: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    for name, content in files.items():
        writer.add_attachment(name.replace("_", "."), content)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_attached_files_follow_as_further_pages(tmp_path: Path) -> None:
    inner = make_pdf([text_page("The wind at the gate."), text_page("The wind at the yard.")])
    path = written(tmp_path, "portfolio.pdf", with_attachments(inner_pdf=inner, note_txt=b"The crane stood still."))
    info, pages = read(path)
    assert info.pages == len(pages) == 5
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    assert [page.text.splitlines()[-1] for page in pages] == [
        "It has two lines.", "The second page.",
        "The wind at the gate.", "The wind at the yard.", "The crane stood still.",
    ]  # fmt: skip
    assert [page.label for page in pages[2:]] == ["inner.pdf · 1", "inner.pdf · 2", "note.txt"]
    assert [page.number for page in read(path, first_page=4)[1]] == [4, 5]


def test_an_attachment_that_can_not_be_read_says_why(tmp_path: Path) -> None:
    info, pages = read(written(tmp_path, "a.pdf", with_attachments(broken_pdf=b"%PDF-1.7\nnonsense", empty_bin=b"")))
    assert info.pages == len(pages) == 4
    assert [page.problem is None for page in pages] == [True, True, False, False]


def with_form() -> bytes:
    """Three fields (one of them for a password), two boxes to tick (one ticked), a comment, a hidden one."""
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    page = writer.pages[0]
    fields = ArrayObject()

    def add(kind: str, **entries: PdfObject) -> DictionaryObject:
        annotation = DictionaryObject(
            {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind)}
        )
        annotation.update({NameObject(f"/{key}"): value for key, value in entries.items()})
        reference = writer._add_object(annotation)
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(reference)  # type: ignore[attr-defined]
        if kind == "/Widget":
            fields.append(reference)
        return annotation

    def rectangle(top: int) -> ArrayObject:
        return ArrayObject([FloatObject(edge) for edge in (200, top - 14, 400, top)])

    text, button = NameObject("/Tx"), NameObject("/Btn")
    name, value = TextStringObject("applicant.name"), TextStringObject("Ada Lovelace")
    add("/Widget", FT=text, T=name, TU=TextStringObject("Full name:"), V=value, Rect=rectangle(600))
    add("/Widget", FT=text, T=TextStringObject("town"), V=TextStringObject("London"), Rect=rectangle(580))
    add("/Widget", FT=text, T=TextStringObject("empty"), Rect=rectangle(560))
    secret = TextStringObject("hunter2")
    add("/Widget", FT=text, Ff=NumberObject(1 << 13), T=TextStringObject("password"), V=secret, Rect=rectangle(540))
    states = DictionaryObject({NameObject("/Yes"): DictionaryObject(), NameObject("/Off"): DictionaryObject()})
    for title, state in (("agreed", "/Yes"), ("refused", "/Off")):
        looks = DictionaryObject({NameObject("/N"): states})
        state_name = NameObject(state)
        add("/Widget", FT=button, T=TextStringObject(title), V=state_name, AS=state_name, AP=looks, Rect=rectangle(520))
    add("/Text", Contents=TextStringObject("Is this right?\nAsk her."), Rect=rectangle(500))
    add("/Text", Contents=TextStringObject("hidden"), F=NumberObject(2), Rect=rectangle(480))
    add("/Link", Contents=TextStringObject("link"), Rect=rectangle(460))
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_filled_fields_and_comments_are_text_of_their_page(tmp_path: Path) -> None:
    _, (page, other) = read(written(tmp_path, "form.pdf", with_form()))
    assert page.text == (
        "The first page.\nIt has two lines.\n\n"
        "Full name: Ada Lovelace\ntown: London\nagreed: Yes\n\n"
        "Is this right? Ask her."
    )
    assert other.text == "The second page."
    start = page.text.index("Ada")
    assert document_boxes(page.words, start, start + 12) == ((200.0, 192.0, 400.0, 206.0),)
    assert document_boxes(page.words, page.text.index("Full"), page.text.index("Full") + 4) == ()


def test_filled_fields_are_painted(tmp_path: Path) -> None:
    document = Document(written(tmp_path, "form.pdf", with_form()))
    picture = document.draw(1, 1.0, 10**7).image.convert("L")
    document.close()
    assert sum(picture.crop((200, 192, 400, 206)).histogram()[:128]) > 20


def test_a_form_that_is_made_by_a_program_says_so(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    xfa = writer._add_object(StreamObject())
    entries = {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): xfa}
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(entries)
    output = io.BytesIO()
    writer.write(output)
    assert read(written(tmp_path, "both.pdf", output.getvalue()))[1][0].problem is None
    writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    output = io.BytesIO()
    writer.write(output)
    _, (page, _) = read(written(tmp_path, "program.pdf", output.getvalue()))
    assert page.problem is not None
    assert page.problem.kind == LibraryProblem.PDF_FORM_BY_PROGRAM
    assert page.text == "The first page.\nIt has two lines."
