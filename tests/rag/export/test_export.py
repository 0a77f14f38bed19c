from __future__ import annotations

import dataclasses
import html
import re
import shutil
import subprocess
import zipfile
from datetime import UTC
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from rag.errors import LANGUAGES, text
from rag.export import export
from rag.export.docx import docx
from rag.export.markdown import escaped, markdown
from rag.export.paper import Note, line, paper_of
from rag.extract.readers.docx import read
from rag.pages import PageText
from rag.protocol import Answer, ExportFormat, Sentence, Turn
from tests.fakes.plausible import ANSWER, CITATIONS
from tests.rag.making_messages import ANY_TEXT, values_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ASKED = 1_750_000_000.0
HOSTILE = (
    '<script>alert(1)</script> [link](http://evil.example) ![p](x) **bold** _it_ `code` ]]> & &amp; "q" [^1] $x$ '
    "www.evil.example ~~gone~~ | cell | <w:p/> TITLE {=html}!"
)

marks = st.text(alphabet="ab1 .)(*_`#~[]<>&!\\-+=:|^$@/w\t\n'\"\u00a0é", max_size=24)


def turn(answer: Answer) -> Turn:
    return Turn(1, ASKED, answer)


def saying(words: str) -> Answer:
    """An answer with ``words`` wherever words of a person, a model or a document can stand."""
    citation = dataclasses.replace(CITATIONS[0], document=words, label=words, quote=words)
    sentences = (Sentence(words, supported=True, citations=(1,)), Sentence(words, supported=False))
    return dataclasses.replace(ANSWER, question=words, model=words, sentences=sentences, citations=(citation,))


def part(file: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def words_of(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def read_back(file: bytes, folder: Path) -> tuple[str, str]:
    path = folder / "conversation.docx"
    path.write_bytes(file)
    first, *pages = read(path, 1, "")
    assert not isinstance(first, PageText)
    return first.title, "\n".join(page.text for page in pages if isinstance(page, PageText))


def test_a_conversation_as_markdown() -> None:
    doubtful = dataclasses.replace(CITATIONS[1], confidence=0.934)
    answer = dataclasses.replace(ANSWER, citations=(CITATIONS[0], doubtful, CITATIONS[2]))
    refusal = dataclasses.replace(
        ANSWER, question="And in winter?", sentences=(Sentence("No answer.", supported=False),), citations=(),
        refused=True,
    )  # fmt: skip
    assert markdown(paper_of("Wind & cranes", [turn(answer), turn(refusal)], "en", UTC)).decode() == (
        "# Wind \\& cranes\n\n"
        "## Which gust speed must the north quay crane withstand, and who approved it?\n\n"
        "2025-06-15 15:06 UTC · SmolLM2 135M\n\n"
        "The crane on the north quay must withstand a gust speed of 42 m/s when it is out of service.[^1] These design "
        "values were approved by the port authority on 12 March 2025.[^2] The highest reading in your notes is 38 m/s, "
        "on 9 May.[^3] This leaves a comfortable margin for most storms. \\[not supported by your documents\\]\n\n"
        "> Written by SmolLM2 135M, a small stand-in model: trust the quotes rather than its words.\n\n"
        "## And in winter?\n\n"
        "2025-06-15 15:06 UTC · SmolLM2 135M\n\n"
        "No answer.\n\n"
        "> Phial gave no answer: the documents didn’t seem to hold one.\n\n"
        "[^1]: Harbour wind study 2025.pdf · page 57: “The crane on the north quay shall withstand a gust speed of "
        "42 m/s”\n\n"
        "[^2]: Harbour wind study 2025.pdf · page 3 (printed iii) · read by OCR, 93 %: “approved by the port authority "
        "on 12 March 2025”\n\n"
        "[^3]: Turbine inspection notes.md: “the anemometer read 38 m/s”\n"
    )


def test_notes_are_numbered_through_the_conversation_and_none_is_lost() -> None:
    sentences = (Sentence("One.", True, (2, 1)), Sentence("Two.", True, (2, 9)))
    answer = dataclasses.replace(ANSWER, sentences=sentences)
    paper = paper_of("", [turn(answer), turn(ANSWER)], "en")
    assert [said.notes for said in paper.parts[0].sentences] == [(1, 2), (1,), (3,)]
    assert [said.notes for said in paper.parts[1].sentences] == [(4,), (5,), (6,), ()]
    first = CITATIONS[1]
    assert paper.notes[0] == Note(1, "Harbour wind study 2025.pdf · page 3 (printed iii)", first.quote)
    assert [note.number for note in paper.notes] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_answer_lacks_is_said(language: str) -> None:
    answer = dataclasses.replace(ANSWER, is_quoted=True, was_stopped=True)
    (only,) = paper_of("", [turn(answer)], language).parts
    assert only.remarks == (text("ask_quoted", language), text("export_stopped", language))
    assert only.sentences[-1].mark == text("ask_unsupported", language)


# --- text is data -----------------------------------------------------------------------------------------------------


@given(st.one_of(marks, ANY_TEXT))
@example(HOSTILE)
@example("1. one")
@example("(a) one")
@example("===")
@example("# heading #")
def test_markdown_shows_any_line_as_it_is(given_text: str) -> None:
    shown = line(given_text)
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(shown))
    expected = html.escape(shown, quote=False).replace('"', "&quot;")
    assert rendered == (f"<p>{expected}</p>\n" if shown else "")


@given(marks)
def test_no_sentence_begins_a_block_or_a_note_in_markdown(words: str) -> None:
    written = markdown(paper_of(words, [turn(saying(words))], "en")).decode()
    blocks = [block for block in written.strip("\n").split("\n\n") if block]
    assert len(blocks) == 6  # title, question, origin, answer, remark, note
    assert written.count("[^1]") == 2
    assert "\n" not in "".join(blocks)


def test_no_markup_of_a_document_is_markup_in_markdown() -> None:
    rendered = MarkdownIt("commonmark").render(markdown(paper_of(HOSTILE, [turn(saying(HOSTILE))], "en")).decode())
    assert set(re.findall(r"<(\w+)", rendered)) == {"h1", "h2", "p", "blockquote"}


@given(st.one_of(marks, ANY_TEXT))
@example(HOSTILE)
def test_docx_holds_any_text_as_it_is(words: str) -> None:
    file = docx(paper_of(words, [turn(saying(words))], "en"))
    shown = line(words)
    title, *question, origin, said, remark = part(file, "word/document.xml").iter(f"{W}p")
    assert (words_of(title), [words_of(one) for one in question]) == (shown, [shown] if shown else [])
    assert shown in words_of(origin)
    assert shown in words_of(remark)
    assert words_of(said).replace(" ", "") == f"{shown}{shown}[not supported by your documents]".replace(" ", "")
    notes = part(file, "word/footnotes.xml").findall(f"{W}footnote")
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1"]
    assert words_of(notes[-1]).endswith(f": “{shown}”")
    assert part(file, "docProps/core.xml")[0].text == (shown or None)


@given(st.lists(values_of(Answer), max_size=2), st.sampled_from([ExportFormat.MARKDOWN, ExportFormat.DOCX]))
def test_any_conversation_can_be_written(answers: list[Answer], export_format: ExportFormat) -> None:
    turns = [turn(answer) for answer in answers]
    first = export("A title", turns, export_format, "it")
    assert first == export("A title", turns, export_format, "it")


# --- DOCX -------------------------------------------------------------------------------------------------------------


def test_each_note_of_a_docx_is_referred_to_once_and_then_by_a_link() -> None:
    sentences = (Sentence("One.", True, (1,)), Sentence("Two.", True, (2, 1)))
    answer = dataclasses.replace(ANSWER, sentences=sentences, citations=CITATIONS[:2])
    file = docx(paper_of("", [turn(answer)], "en"))
    document = part(file, "word/document.xml")
    assert [mark.get(f"{W}id") for mark in document.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")] == ["note1", "note2"]
    (again,) = document.iter(f"{W}hyperlink")
    assert (again.get(f"{W}anchor"), words_of(again)) == ("note1", "1")


def test_every_style_and_part_of_a_docx_that_is_named_is_there() -> None:
    file = docx(paper_of("T", [turn(ANSWER)], "en"))
    styles = {style.get(f"{W}styleId") for style in part(file, "word/styles.xml").iter(f"{W}style")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        used = {mark.get(f"{W}val") for kind in ("pStyle", "rStyle") for mark in part(file, name).iter(f"{W}{kind}")}
        assert used <= styles
    with zipfile.ZipFile(BytesIO(file)) as archive:
        names = set(archive.namelist())
    assert {"/" + name for name in names} >= {
        item.get("PartName") for item in part(file, "[Content_Types].xml") if item.get("PartName")
    }
    assert names >= {f"word/{relation.get('Target')}" for relation in part(file, "word/_rels/document.xml.rels")}
    assert names >= {relation.get("Target") for relation in part(file, "_rels/.rels")}


def test_our_own_reader_reads_a_docx_back(tmp_path: Path) -> None:
    title, read = read_back(export("Wind & <cranes>", [turn(ANSWER)], ExportFormat.DOCX, "en"), tmp_path)
    assert title == "Wind & <cranes>"
    assert ANSWER.question in read
    for sentence in ANSWER.sentences:
        assert sentence.text in read
    for citation in CITATIONS:
        assert citation.quote in read
    assert "not supported by your documents" in read


@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
def test_libreoffice_opens_a_docx_with_its_notes(tmp_path: Path) -> None:
    file = tmp_path / "wind.docx"
    file.write_bytes(export("Wind", [turn(ANSWER), turn(saying(HOSTILE))], ExportFormat.DOCX, "en"))
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    arguments = ["--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)]
    subprocess.run([shutil.which("soffice") or "", home, *arguments], check=True, capture_output=True, timeout=120)
    written = (tmp_path / "wind.fodt").read_text(encoding="utf-8")
    assert written.count('text:note-class="footnote"') >= 4
    assert "approved by the port authority on 12 March 2025”" in written


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_an_answer_by_itself_stands_under_its_title_alone(export_format: ExportFormat) -> None:
    alone = dataclasses.replace(ANSWER, question="")
    file = export("Which gust?", (Turn(1, 0.0, alone),), export_format, "en")
    if export_format is ExportFormat.MARKDOWN:
        said = file.decode()
    elif export_format is ExportFormat.DOCX:
        said = "\n".join(words_of(one) for one in part(file, "word/document.xml").iter(f"{W}p"))
        assert "" not in said.split("\n")
    else:
        said = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages)
    assert "Which gust?" in said
    assert "1970" not in said
    assert "withstand a gust speed" in " ".join(said.split())
