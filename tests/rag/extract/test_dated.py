"""The day that a document states itself, in each format that can."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader, PdfWriter

from rag.extract.formats import detect_format
from rag.extract.readers import reader_of
from rag.pages import DocumentInfo
from tests.rag.extract.making import make_pdf, read, text_page
from tests.rag.extract.making_formats import make_docx, make_eml, make_epub, make_message, make_odt

_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
_CREATED = "<dcterms:created>2018-01-01T00:00:00Z</dcterms:created>"
_META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{}</office:meta></office:document-meta>'
)


def dated(path: Path) -> str:
    info = next(iter(reader_of(detect_format(path))(path, 1, "")))
    assert isinstance(info, DocumentInfo)
    return info.dated


def pdf(metadata: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf([text_page("The crane.")]))))
    writer.add_metadata(metadata)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"/CreationDate": "D:20190503100000+02'00'", "/ModDate": "D:20240101"}, "2019-05-03"),
        ({"/CreationDate": "D:00000000", "/ModDate": "D:20240101"}, "2024-01-01"),
        ({"/CreationDate": "last spring"}, ""),
        ({}, ""),
    ],
)
def test_a_pdf_is_of_the_day_it_was_made(tmp_path: Path, metadata: dict[str, str], day: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(metadata))
    assert dated(path) == day


def test_the_day_comes_through_the_parser_process(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf({"/CreationDate": "D:20190503"}))
    info, _ = read(path)
    assert info.dated == "2019-05-03"


@pytest.mark.parametrize(
    ("properties", "day"),
    [
        (
            f"{_CREATED}<dcterms:modified>2019-05-03T10:00:00Z</dcterms:modified>",
            "2019-05-03",
        ),
        (_CREATED, "2018-01-01"),
        ("", ""),
    ],
)
def test_an_office_file_is_of_the_day_it_was_last_saved(tmp_path: Path, properties: str, day: str) -> None:
    make_docx(tmp_path / "a.docx", more=[("docProps/core.xml", _CORE.format(properties))])
    assert dated(tmp_path / "a.docx") == day


def test_slides_and_sheets_are_office_files_too(tmp_path: Path) -> None:
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[0])
    slides.save(str(tmp_path / "a.pptx"))
    assert dated(tmp_path / "a.pptx") == slides.core_properties.modified.date().isoformat()
    book = openpyxl.Workbook()
    book.save(tmp_path / "a.xlsx")
    assert dated(tmp_path / "a.xlsx") == book.properties.modified.date().isoformat()


@pytest.mark.parametrize(
    ("meta", "day"),
    [
        (
            "<meta:creation-date>2018-01-01T00:00:00</meta:creation-date><dc:date>2019-05-03T10:00:00.5</dc:date>",
            "2019-05-03",
        ),
        ("<meta:creation-date>2018-01-01</meta:creation-date>", "2018-01-01"),
    ],
)
def test_an_odt_is_of_the_day_it_was_last_saved(tmp_path: Path, meta: str, day: str) -> None:
    path = tmp_path / "a.odt"
    make_odt(path)
    assert dated(path) == ""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("meta.xml", _META.format(meta))
    assert dated(path) == day


def test_a_book_is_of_the_day_or_the_year_it_names(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    make_epub(path)
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            named = content.replace(b"</dc:title>", b"</dc:title><dc:date>2011</dc:date>")
            archive.writestr(name, named)
    assert dated(path) == "2011"


@pytest.mark.parametrize(("header", "day"), [("Fri, 03 May 2019 23:30:00 -0700", "2019-05-03"), ("yesterday", "")])
def test_a_message_is_of_the_day_it_was_sent(tmp_path: Path, header: str, day: str) -> None:
    message = make_message()
    del message["Date"]
    content = bytes(message).replace(b"Subject:", f"Date: {header}\nSubject:".encode(), 1)
    (tmp_path / "a.eml").write_bytes(content)
    assert dated(tmp_path / "a.eml") == day
    make_eml(tmp_path / "b.eml")
    assert dated(tmp_path / "b.eml") == "2019-05-03"


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("a.md", "---\ntitle: Cranes\ndate: 2019-05-03\n---\n# Cranes\n", "2019-05-03"),
        ("a.md", '+++\ndate = "2019-05-03T10:00:00Z"\n+++\n# Cranes\n', "2019-05-03"),
        ("a.md", "# Cranes\n\ndate: 2019-05-03\n", ""),
        ("a.org", "#+TITLE: Cranes\n#+DATE: <2019-05-03 Fri>\n* One\nText.\n", "2019-05-03"),
        ("a.rst", "Cranes\n======\n\n:Date: 2019-05-03\n\nText.\n", "2019-05-03"),
        ("a.rst", "Cranes\n======\n\n:Date: $Date$\n\nText.\n", ""),
        ("a.txt", "2019-05-03\n", ""),
    ],
)
def test_a_note_is_of_the_day_that_stands_at_its_top(tmp_path: Path, name: str, text: str, day: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert dated(tmp_path / name) == day
