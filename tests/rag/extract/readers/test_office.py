"""Word, OpenDocument and RTF: one document in three formats."""

from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract.limits import MOST_GROUPS
from tests.rag.extract.making_formats import (
    SECTION,
    SENTENCE,
    TITLE,
    make_docx,
    make_odt,
    make_rtf,
    word_paragraph,
    word_table,
)
from tests.rag.extract.readers.reading import info_of, pages_of, text_of

WHOLE = f"# {TITLE}\n\n## {SECTION}\n\n{SENTENCE}\n\n- Structure: Mast north; Reading: 41 m/s; Date: 3 May 2019"


def refusal(path: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as caught:
        pages_of(path)
    assert isinstance(caught.value.kind, LibraryProblem)
    return caught.value.kind


def test_one_document_reads_alike_in_each_format(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx")
    make_odt(tmp_path / "a.odt")
    make_rtf(tmp_path / "a.rtf")
    assert [text_of(tmp_path / f"a.{name}") for name in ("docx", "odt", "rtf")] == [WHOLE] * 3
    assert info_of(tmp_path / "a.docx").title == "a"


def test_word_lists_footnotes_and_deleted_text(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>"
        '<w:p><w:r><w:t>In a box: </w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{word_paragraph('boxed')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    make_docx(tmp_path / "a.docx", body)
    assert text_of(tmp_path / "a.docx") == "Kept inserted\n\nIn a box:\n\nboxed"


def test_a_word_table_whose_first_row_is_no_header(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx", word_table([("Height", "42 m tall"), ("Colour", "red")]))
    assert text_of(tmp_path / "a.docx") == "- Height: 42 m tall\n- Colour: red"


def test_odt_lists_spaces_notes_and_repeated_cells(tmp_path: Path) -> None:
    make_odt(
        tmp_path / "a.odt",
        "<text:p>two<text:s text:c='2'/>gaps<text:line-break/>line<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A note.</text:p></text:note-body></text:note> on</text:p>"
        "<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item>"
        "</text:list></text:list-item></text:list><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='2'>"
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell/></table:table-row></table:table>",
    )
    assert text_of(tmp_path / "a.odt") == "two gaps\nline on\n\nA note.\n\n- a\n  - b\n\n- A: x; B: x\n- A: x; B: x"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"caf\'e9 \u8364?5 \endash  \{x\}\par next", "café €5 – {x}\n\nnext"),
        (r"{\*\generator none}{\info{\title T}}seen{\v}\par", "seen"),
        (r"\pard one{\footnote\pard A note.}\par", "one A note."),
        (r"{\listtext\'95\tab}first\par{\listtext 2.\tab}second\par", "- first\n2. second"),
        (r"\trowd\intbl a\cell b\line c\cell\row\trowd\intbl 1\cell 2\cell\row after\par", "- a: 1; b c: 2\n\nafter"),
        (r"first\par\trowd a\cell b\cell\row\trowd c\cell d\cell\row", "first\n\n- a: b\n- c: d"),
        (r"\pard\outlinelevel0 Head\par\pard words\par", "# Head\n\nwords"),
        (r"not\\cell a cell\par", r"not\cell a cell"),
    ],
)  # fmt: skip
def test_rtf(tmp_path: Path, body: str, expected: str) -> None:
    make_rtf(tmp_path / "a.rtf", body)
    assert text_of(tmp_path / "a.rtf") == expected


def test_the_title_of_an_rtf(tmp_path: Path) -> None:
    make_rtf(tmp_path / "a.rtf", r"{\info{\title A letter}}words")
    assert info_of(tmp_path / "a.rtf").title == "A letter"


def test_groups_of_an_rtf_may_not_nest_for_ever(tmp_path: Path) -> None:
    make_rtf(tmp_path / "a.rtf", "{" * MOST_GROUPS + "x" + "}" * MOST_GROUPS)
    assert refusal(tmp_path / "a.rtf") is LibraryProblem.FILE_BROKEN


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


def test_entities_are_refused(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx", word_paragraph("&b;&f;"), ENTITIES)
    make_odt(tmp_path / "a.odt", "<text:p>&b;&f;</text:p>", ENTITIES)
    assert refusal(tmp_path / "a.docx") is LibraryProblem.XML_REFUSED
    assert refusal(tmp_path / "a.odt") is LibraryProblem.XML_REFUSED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_entities_are_refused_in_any_encoding_and_under_any_name(tmp_path: Path, encoding: str) -> None:
    hidden = f'<?xml version="1.0"?>{ENTITIES}<x/>'.encode(encoding)
    make_docx(tmp_path / "a.docx", more=[("word/hidden.bin", hidden)])
    assert refusal(tmp_path / "a.docx") is LibraryProblem.XML_REFUSED


def test_depth_has_a_reason(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx", "<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000)
    make_odt(tmp_path / "a.odt", "<text:section>" * 2_000 + "</text:section>" * 2_000)
    assert refusal(tmp_path / "a.docx") is LibraryProblem.FILE_BROKEN
    assert refusal(tmp_path / "a.odt") is LibraryProblem.FILE_BROKEN


def test_an_encrypted_odt_says_so(tmp_path: Path) -> None:
    make_odt(tmp_path / "a.odt", manifest="<file-entry><encryption-data/></file-entry>")
    assert refusal(tmp_path / "a.odt") is LibraryProblem.OFFICE_ENCRYPTED


def test_a_long_document_comes_in_parts_that_begin_with_a_heading(tmp_path: Path) -> None:
    body = "".join(word_paragraph(f"Head {n}", "Heading1") + word_paragraph("Some words. " * 2_000) for n in range(6))
    make_docx(tmp_path / "a.docx", body)
    pages = pages_of(tmp_path / "a.docx")
    assert len(pages) == 3
    assert [page.text.split("\n")[0] for page in pages] == ["# Head 0", "# Head 2", "# Head 4"]
