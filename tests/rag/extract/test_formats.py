import codecs
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import LibraryProblem, PhialError
from rag.extract.formats import SUFFIXES, detect_format, looks_like_text
from rag.extract.readers import reader_of
from rag.protocol import PAGE_UNITS
from tests.rag.extract.making import make_pdf, text_page, written
from tests.rag.extract.making_formats import ALL, Format

PDF = make_pdf([text_page("words")])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as caught:
        detect_format(path)
    assert caught.value.parameters["path"] == str(path)
    assert isinstance(caught.value.kind, LibraryProblem)
    return caught.value.kind


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "pdf"),
        ("A.PDF", PDF, "pdf"),
        ("mail.pdf", b"X-Header: junk before the file\r\n" + PDF, "pdf"),
        ("really-a-pdf.txt", PDF, "pdf"),
        ("no-ending", PDF, "pdf"),
        ("a.md", b"# Title", "markdown"),
        ("a.markdown", b"# Title", "markdown"),
        ("a.txt", "è già così".encode("latin-1"), "text"),
        ("a.text", codecs.BOM_UTF16_LE + "wide".encode("utf-16-le"), "text"),
        ("unmarked.txt", "wide letters without a mark".encode("utf-16-be"), "text"),
        ("about.txt", b"a PDF begins with %PDF-1.7", "text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "image"),
        ("page.pdf", b"<!-- saved -->\n<!DOCTYPE html><html>", "html"),
        ("page.txt", "<html><p>é".encode("utf-16"), "html"),
        ("part.html", b"<p>no frame", "html"),
        ("readme.md", b"<h1 align=center>Name</h1>", "markdown"),
        ("letter.doc", b"{\\rtf1 words}", "rtf"),
        ("message.eml", b"Received: by x\r\n\tid 1\r\nFrom: a@b\r\n\r\nHello", "eml"),
        ("Inbox", b"From a@b Fri May 3 10:00:00 2019\nSubject: x\n\nHello", "mbox"),
        ("box.eml", b"From a@b Fri May 3 10:00:00 2019\nSubject: x\n\nHello", "mbox"),
        ("headers.txt", b"From: a@b\nTo: c@d\n\nkept as the text it is called", "text"),
        ("a.tsv", b"a\tb", "csv"),
    ],
)
def test_content_and_name_decide(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    assert detect_format(written(tmp_path, name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.pdf", b"", LibraryProblem.FILE_EMPTY),
        ("empty.txt", b"", LibraryProblem.FILE_EMPTY),
        ("words.pdf", b"only words", LibraryProblem.PDF_NOT_A_PDF),
        ("archive.pdf", b"PK\x03\x04" + bytes(50), LibraryProblem.PDF_NOT_A_PDF),
        ("program.txt", bytes(range(256)), LibraryProblem.TEXT_NOT_TEXT),
        ("program.md", b"\x7fELF\x02\x01\x01" + bytes(100), LibraryProblem.TEXT_NOT_TEXT),
        ("sheet.xlsx", b"PK\x03\x04", LibraryProblem.FILE_BROKEN),
        ("words.docx", b"only words", LibraryProblem.FILE_NOT_AS_NAMED),
        ("words.png", b"only words", LibraryProblem.FILE_NOT_AS_NAMED),
        ("words.eml", b"only words", LibraryProblem.FILE_NOT_AS_NAMED),
        ("words.rtf", b"only words", LibraryProblem.FILE_NOT_AS_NAMED),
        ("letter.doc", OLE + bytes(600), LibraryProblem.OFFICE_OLD),
        ("letter.docx", OLE + bytes(600), LibraryProblem.OFFICE_OLD),
        ("locked.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), LibraryProblem.OFFICE_ENCRYPTED),
        ("far.xlsx", OLE + bytes(90_000) + "EncryptedPackage".encode("utf-16-le"), LibraryProblem.OFFICE_ENCRYPTED),
        ("words.doc", b"only words", LibraryProblem.FORMAT_UNKNOWN),
        ("mail.msg", OLE + bytes(600), LibraryProblem.FORMAT_UNKNOWN),
        ("program.html", b"\x7fELF\x02\x01\x01" + bytes(100), LibraryProblem.FILE_NOT_AS_NAMED),
        ("README", b"words", LibraryProblem.FORMAT_UNKNOWN),
    ],
)
def test_what_is_no_document_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, expected: LibraryProblem
) -> None:
    assert refusal(written(tmp_path, name, content)) is expected


def test_what_is_no_file_is_refused_without_opening_it(tmp_path: Path) -> None:
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    assert refusal(folder) is LibraryProblem.PATH_NOT_A_FILE
    assert refusal(tmp_path / "missing.pdf") is LibraryProblem.PATH_MISSING
    assert refusal(written(tmp_path, "a.txt", b"x") / "below.txt") is LibraryProblem.PATH_MISSING
    assert refusal(tmp_path / ("n" * 5000 + ".pdf")) is LibraryProblem.PATH_UNREADABLE
    assert refusal(Path("nul\0.pdf")) is LibraryProblem.PATH_UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_pipe_does_not_hold_us_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert refusal(tmp_path / "pipe.pdf") is LibraryProblem.PATH_NOT_A_FILE
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert refusal(loop) is LibraryProblem.PATH_MISSING


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights don't bind this user")
def test_a_file_without_the_right_to_read(tmp_path: Path) -> None:
    path = written(tmp_path, "secret.pdf", PDF)
    path.chmod(0)
    assert refusal(path) is LibraryProblem.PATH_UNREADABLE


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_of_any_unicode_encoding_looks_like_text(text: str, encoding: str) -> None:
    assert looks_like_text(text.encode(encoding))


@given(st.binary(min_size=1, max_size=200), st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_get_a_format_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = written(tmp_path_factory.mktemp("any"), f"any{suffix}", content)
    try:
        found = detect_format(path)
    except PhialError as error:
        found = str(error.parameters["path"])
    assert found in {*PAGE_UNITS, str(path)}


@pytest.mark.parametrize("format_", ALL, ids=lambda format_: format_.suffix)
def test_the_content_decides_whatever_the_name(tmp_path: Path, format_: Format) -> None:
    made = tmp_path / f"a{format_.suffix}"
    format_.make(made)
    own = detect_format(made)
    assert own in PAGE_UNITS
    if own not in {"markdown", "text", "rst", "org", "csv", "eml", "mbox"}:
        for suffix in (".txt", ".docx", ".epub", ".pdf", ".jpg"):
            assert detect_format(made.rename(tmp_path / f"b{suffix}")) == own
            made = tmp_path / f"b{suffix}"


def test_many_comments_before_a_page_cost_no_time(tmp_path: Path) -> None:
    assert detect_format(written(tmp_path, "a.txt", b"<!--a-->" * 5_000 + b"words")) == "text"


def test_every_format_has_a_unit_and_a_reader() -> None:
    assert {reader_of(name).__module__ for name in PAGE_UNITS}
    assert {".docx", ".doc", ".mbox", ".tiff"} <= SUFFIXES
