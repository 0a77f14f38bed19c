"""One file of each format, with a sentence known to be in it: its page and its section are known too."""

import mailbox
import zipfile
from collections.abc import Callable, Iterable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from tests.rag.extract.making import make_pdf, text_page

SENTENCE = "Work at the crane ends at a gust of 38 m/s."
TITLE = "Alder Quay"
SECTION = "Wind limits"
HEADER = ("Structure", "Reading", "Date")
ROW = ("Mast north", "41 m/s", "3 May 2019")


class Format(NamedTuple):
    """``section`` is the path that a passage of ``sentence`` stands under."""

    suffix: str
    make: Callable[[Path], None]
    sentence: str
    page: int
    section: str


def make_markdown(path: Path, text: str = f"# {TITLE}\n\n## {SECTION}\n\n{SENTENCE}\n") -> None:
    path.write_text(text, encoding="utf-8")


def make_text(path: Path, text: str = f"{TITLE}\n\n{SENTENCE}\n", encoding: str = "utf-8") -> None:
    path.write_bytes(text.encode(encoding))


def make_rst(path: Path) -> None:
    path.write_text(f"{TITLE}\n==========\n\n{SECTION}\n-----------\n\n{SENTENCE}\n", encoding="utf-8")


def make_org(path: Path) -> None:
    path.write_text(f"#+TITLE: Notes\n* {TITLE}\n** {SECTION}\n{SENTENCE}\n", encoding="utf-8")


def make_html(path: Path, body: str | None = None, head: str = "<title>Crane</title>") -> None:
    body = body or f"<nav>Home</nav><main><h1>{TITLE}</h1><h2>{SECTION}</h2><p>{SENTENCE}</p></main>"
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    path.write_text(page, encoding="utf-8")


def make_pdf_file(path: Path) -> None:
    path.write_bytes(make_pdf([text_page("The first page."), text_page(SENTENCE)]))


def make_zip(path: Path, entries: Iterable[tuple[str, str | bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, packing)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS_TYPE = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'


def word_paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def make_docx(path: Path, body: str | None = None, prolog: str = "", more: Sequence[tuple[str, str]] = ()) -> None:
    """A DOCX (ECMA-376) of this body, made of ``word_paragraph`` and ``word_table``."""
    body = body or (
        word_paragraph(TITLE, "Heading1") + word_paragraph(SECTION, "Firm2")
        + word_paragraph(SENTENCE) + word_table([HEADER, ROW])
    )  # fmt: skip
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in (
            ("Heading1", "heading 1", ""),
            ("Heading2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ("Firm2", "Firm Head", '<w:basedOn w:val="Heading2"/>'),
        )
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"))
    )
    make_zip(
        path,
        [
            ("[Content_Types].xml", f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{_RELATIONS_TYPE}{types}</Types>'),
            ("_rels/.rels", _relation("officeDocument", "word/document.xml")),
            ("word/_rels/document.xml.rels", _relation("styles", "styles.xml")),
            ("word/styles.xml", f"{_XML}<w:styles {_W}>{styles}</w:styles>"),
            ("word/document.xml", f"{_XML}{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>"),
            *more,
        ],
    )


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="a" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def make_odt(path: Path, body: str | None = None, prolog: str = "", manifest: str = "") -> None:
    """An ODT (OpenDocument 1.3) of this body."""
    rows = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
            for row in (HEADER, ROW))  # fmt: skip
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body = body or (
        f'<text:h text:outline-level="1">{TITLE}</text:h><text:h text:outline-level="2">{SECTION}</text:h>'
        f"<text:p>{SENTENCE}</text:p><table:table>{table}</table:table>"
    )
    namespaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    namespaces += f' xmlns:draw="{_ODF}:drawing:1.0"'
    content = f"<office:document-content {namespaces}><office:body><office:text>{body}</office:text></office:body>"
    make_zip(
        path,
        [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", f"{_XML}{prolog}{content}</office:document-content>"),
            ("META-INF/manifest.xml", f'{_XML}<manifest xmlns="{_ODF}:manifest:1.0">{manifest}</manifest>'),
        ],
    )


def make_rtf(path: Path, body: str | None = None) -> None:
    rows = (
        r"\trowd\cellx2000\cellx4000\cellx6000 \pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row"
        for cells in (HEADER, ROW)
    )
    body = body or "\n".join(
        (rf"\pard\plain\s1 {TITLE}\par", rf"\pard\plain\s2\b {SECTION}\par", rf"\pard\plain {SENTENCE}\par", *rows)
    )
    fonts = r"{\fonttbl{\f0 Times;}}"
    sheet = r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\b heading 1;}{\s2\sbasedon0\b heading 2;}}"
    path.write_bytes((r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + sheet + "\n" + body + "}").encode("cp1252"))


_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_ROOT_FILE = '<rootfiles><rootfile full-path="book/package.opf"/></rootfiles>'


def make_epub(
    path: Path,
    chapters: Sequence[tuple[str, str]] = (("Before", "<p>Hello.</p>"), (SECTION, f"<p>{SENTENCE}</p>")),
    prolog: str = "",
    more: Sequence[tuple[str, str]] = (),
) -> None:
    """An EPUB 3 of these chapters (title, body), with a table of contents."""
    names = [f"chapter{number}.xhtml" for number in range(1, len(chapters) + 1)]
    items = "".join(f'<item id="i{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    spine = "".join(f'<itemref idref="i{name}"/>' for name in names)
    title = f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></metadata>'
    links = "".join(f'<li><a href="{name}">{title}</a></li>' for name, (title, _) in zip(names, chapters, strict=True))
    begin = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>'
    files = zip(names, chapters, strict=True)
    package = f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">{title}'
    package += f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    make_zip(
        path,
        [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", f"{_XML}<container xmlns='{_CONTAINER}'>{_ROOT_FILE}</container>"),
            ("book/package.opf", package),
            ("book/nav.xhtml", f"{_XML}{begin}<nav><ol>{links}</ol></nav></body></html>"),
            *((f"book/{name}", f"{_XML}{prolog}{begin}{body}</body></html>") for name, (_, body) in files),
            *more,
        ],
    )


def make_pptx(path: Path) -> None:
    """Two slides: the second with points, a table and notes."""
    from pptx import Presentation

    deck: Any = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = TITLE
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = SECTION
    slide.placeholders[1].text = f"{SENTENCE}\nThe mast is inspected yearly."
    table = slide.shapes.add_table(2, 3, 0, 0, 5_000_000, 500_000).table
    for row, texts in enumerate((HEADER, ROW)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    slide.notes_slide.notes_text_frame.text = "Say that the limit was lower before 2019."
    deck.save(str(path))


def make_xlsx(path: Path) -> None:
    """Two sheets: the second with figures, a share and dates, as formatted."""
    import datetime as dt

    from openpyxl import Workbook

    book: Any = Workbook()
    book.active.title = "Notes"
    book.active.append([SENTENCE])
    sheet = book.create_sheet("Readings")
    sheet.append(["Structure", "Reading", "Share", "Date", "Cost"])
    sheet.append(["Mast north", 41, 0.153, dt.datetime(2019, 5, 3), 1234567.5])  # noqa: DTZ001 - sheets know no zones
    for cell, form in (("B2", '0" m/s"'), ("C2", "0.0%"), ("D2", "d mmmm yyyy"), ("E2", '"€" #,##0.00')):
        sheet[cell].number_format = form
    book.save(path)


def make_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> None:
    rows = [("Structure", "Remark"), ("Crane", SENTENCE), ("Mast", "It stands 42 m tall.")]
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes("\r\n".join(lines).encode(encoding))


def make_message(body: str = f"Dear all,\n\n{SENTENCE}\n", subject: str = SECTION) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada <ada@example.org>"
    message["To"] = "Board <board@example.org>"
    message["Date"] = "Fri, 03 May 2019 10:00:00 +0200"
    message["Subject"] = subject
    message.set_content(body)
    return message


def make_eml(path: Path, message: EmailMessage | None = None) -> None:
    path.write_bytes((message or make_message()).as_bytes())


def make_mbox(path: Path, messages: Sequence[EmailMessage] = ()) -> None:
    box = mailbox.mbox(path)
    for message in messages or (make_message("Hello.\n", "First"), make_message()):
        box.add(message)
    box.close()


ALL = (
    Format(".pdf", make_pdf_file, SENTENCE, 2, ""),
    Format(".md", make_markdown, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".txt", make_text, SENTENCE, 1, ""),
    Format(".rst", make_rst, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".org", make_org, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".html", make_html, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".docx", make_docx, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".odt", make_odt, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".rtf", make_rtf, SENTENCE, 1, f"{TITLE} › {SECTION}"),
    Format(".epub", make_epub, SENTENCE, 2, SECTION),
    Format(".pptx", make_pptx, SENTENCE, 2, SECTION),
    Format(".xlsx", make_xlsx, SENTENCE, 1, "Notes"),
    Format(".csv", make_csv, SENTENCE, 1, ""),
    Format(".eml", make_eml, SENTENCE, 1, SECTION),
    Format(".mbox", make_mbox, SENTENCE, 2, SECTION),
)
"""Every format but pictures, which need OCR."""
