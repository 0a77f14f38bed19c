from email.message import EmailMessage
from pathlib import Path

import pytest

from rag.errors import LibraryProblem
from rag.extract import attachments
from rag.extract.readers import mailbox
from rag.protocol import PageForm, PageState
from tests.rag.extract.making import make_pdf, only_pictures, text_page
from tests.rag.extract.making_formats import SECTION, SENTENCE, make_docx, make_eml, make_mbox, make_message
from tests.rag.extract.readers.reading import pages_of, text_of

HEAD = (
    f"# {SECTION}\n\n- From: Ada <ada@example.org>\n- To: Board <board@example.org>\n"
    "- Date: Fri, 03 May 2019 10:00:00 +0200"
)


def attach(message: EmailMessage, content: bytes, name: str, kind: str = "application/octet-stream") -> None:
    main, sub = kind.split("/")
    message.add_attachment(content, main, sub, filename=name)


def test_headers_that_a_person_reads_and_the_text(tmp_path: Path) -> None:
    make_eml(tmp_path / "a.eml")
    (page,) = pages_of(tmp_path / "a.eml")
    assert (page.label, page.text) == (SECTION, f"{HEAD}\n\nDear all,\n\n{SENTENCE}")


def test_the_text_as_it_was_typed_goes_before_its_page(tmp_path: Path) -> None:
    message = make_message()
    message.add_alternative("<p>as a page</p>", subtype="html")
    make_eml(tmp_path / "a.eml", message)
    assert "as a page" not in text_of(tmp_path / "a.eml")
    message.get_body(("plain",)).set_content(" \n")  # type: ignore[union-attr]
    make_eml(tmp_path / "a.eml", message)
    assert text_of(tmp_path / "a.eml") == f"{HEAD}\n\nas a page"


def test_attachments_are_pages_of_their_own(tmp_path: Path) -> None:
    message = make_message()
    make_docx(tmp_path / "in.docx")
    attach(message, make_pdf([text_page("One."), text_page("Two.")]), "plan.pdf", "application/pdf")
    attach(message, (tmp_path / "in.docx").read_bytes(), "../../letter.docx")
    attach(message, b"\x00\x01\x02" * 50, "archive.zip")
    attach(message, only_pictures(1), "scan.pdf", "application/pdf")
    make_eml(tmp_path / "a.eml", message)
    _, one, two, letter, archive, scan = pages_of(tmp_path / "a.eml")
    assert [(page.label, page.text, page.form) for page in (one, two)] == [
        ("plan.pdf · 1", "plan.pdf\n\nOne.", PageForm.TEXT),
        ("plan.pdf · 2", "Two.", PageForm.TEXT),
    ]
    assert letter.label == "../../letter.docx"
    assert letter.text.startswith("# ../../letter.docx\n\n# Alder Quay\n\n## Wind limits")
    assert [(heading.level, heading.text) for heading in letter.headings] == [
        (1, "../../letter.docx"),
        (2, "Alder Quay"),
        (3, "Wind limits"),
    ]
    assert all(letter.text[heading.start :].lstrip("# ").startswith(heading.text) for heading in letter.headings)
    assert (archive.state, archive.problem and archive.problem.kind) == (
        PageState.FAILED,
        LibraryProblem.FORMAT_UNKNOWN,
    )
    assert archive.problem is not None
    assert archive.problem.parameters["path"] == "archive.zip"
    assert scan.problem is not None
    assert scan.problem.kind == LibraryProblem.ATTACHMENT_PICTURE


def test_messages_within_messages_two_deep(tmp_path: Path) -> None:
    message = make_message("Innermost.\n", "three")
    for subject in ("two", "one", "zero"):
        outer = make_message(f"The body of {subject}.\n", subject)
        outer.add_attachment(message)
        message = outer
    make_eml(tmp_path / "a.eml", message)
    zero, one, two, three = pages_of(tmp_path / "a.eml")
    assert ["The body of one." in one.text, "The body of two." in two.text, three.text] == [True, True, ""]
    assert zero.headings[0].text == "zero"
    assert three.problem is not None
    assert three.problem.kind == LibraryProblem.ATTACHMENT_TOO_DEEP


def test_too_many_attachments_and_too_large_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_ATTACHMENTS", 2)
    monkeypatch.setattr(attachments, "MOST_ATTACHMENT_BYTES", 20)
    message = make_message()
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        attach(message, name.encode() * (10 if name == "b.txt" else 1), name)
    make_eml(tmp_path / "a.eml", message)
    _, *pages = pages_of(tmp_path / "a.eml")
    assert [(page.label, page.problem and page.problem.kind) for page in pages] == [
        ("a.txt", None),
        ("b.txt", LibraryProblem.FILE_TOO_LARGE),
        ("c.txt", LibraryProblem.ATTACHMENTS_LEFT_OUT),
    ]


def test_pictures_of_the_text_and_signatures_are_no_attachments(tmp_path: Path) -> None:
    message = make_message()
    message.add_attachment(b"\x89PNG\r\n", "image", "png", filename="logo.png", disposition="inline", cid="<a>")
    attach(message, b"x", "smime.p7s", "application/pkcs7-signature")
    make_eml(tmp_path / "a.eml", message)
    assert len(pages_of(tmp_path / "a.eml")) == 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"From: =?utf-8?b?w4k=?= <e@x>\nSubject: =?latin1?q?caf=E9?=\n\nbody", "# café\n\n- From: É <e@x>\n\nbody"),
        (b"From: a@b\nTo: c\nContent-Type: text/plain; charset=no\n\n\xc3\xa9", "# a@b\n\n- From: a@b\n- To: c\n\né"),
        (b"From: a@b\nDate: \xff\xfe\n\nx", "# a@b\n\n- From: a@b\n- Date: ��\n\nx"),
        (b"From: a@b\nSubject: =?\nContent-Type: multipart/mixed; boundary=x\n\n--x", "# =?\n\n- From: a@b"),
    ],
)  # fmt: skip
def test_headers_and_encodings_of_all_kinds(tmp_path: Path, raw: bytes, expected: str) -> None:
    (tmp_path / "a.eml").write_bytes(raw)
    assert text_of(tmp_path / "a.eml") == expected


def test_a_message_of_a_mailbox_holds_its_attachments(tmp_path: Path) -> None:
    message = make_message()
    attach(message, b"# Head\n\nAttached words.", "note.md", "text/markdown")
    attach(message, b"\0\1" * 99, "odd.bin")
    make_mbox(tmp_path / "a.mbox", [make_message("First.\n", "one"), message])
    first, second = pages_of(tmp_path / "a.mbox")
    assert first.problem is None
    assert second.text.endswith(f"{SENTENCE}\n\n# note.md\n\n# Head\n\nAttached words.")
    assert [(heading.level, heading.text) for heading in second.headings] == [(1, SECTION), (2, "note.md"), (3, "Head")]
    assert second.problem is not None
    assert second.problem.parameters["path"] == "odd.bin"


def test_lines_that_begin_with_from(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(
        b"From a@b Fri\nSubject: one\n\nFrom the start.\n\nFrom: here\n\n>From there\n>>From afar\n\n"
        b"From a@b Sat\r\nSubject: two\r\n\r\nend\r\n\r\nFrom c\r\nSubject: three\r\n\r\nlast"
    )
    one, two, three = pages_of(tmp_path / "a.mbox")
    assert one.text == "# one\n\nFrom the start.\n\nFrom: here\n\nFrom there\n>From afar"
    assert (two.text, three.text) == ("# two\n\nend", "# three\n\nlast")


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_messages_are_found_across_blocks(tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [make_message("Words.\n" * number, f"number {number}") for number in range(30)]
    make_mbox(tmp_path / "a.mbox", messages)
    monkeypatch.setattr(mailbox, "_BLOCK", block * 97)
    assert [page.label for page in pages_of(tmp_path / "a.mbox")] == [f"number {number}" for number in range(30)]


def test_a_message_that_is_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_MESSAGE_CHARACTERS", 60)
    make_mbox(tmp_path / "a.mbox", [make_message("Words. " * 50, "long")])
    (page,) = pages_of(tmp_path / "a.mbox")
    assert len(page.text) == 60
    assert page.problem is not None
    assert page.problem.kind == LibraryProblem.PAGE_TOO_LONG
