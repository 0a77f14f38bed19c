"""Hostile files of the formats other than PDF and plain text: bombs, bait, and what is nested without an end."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from PIL import Image

from tests.rag.extract import making_formats as making
from tests.rag.extract.making_formats import SENTENCE, make_zip
from tests.rag.extract.making_hostile import Maker

SECRET = "the secret of another file"
SECRET_FILE = "secret.txt"
"""Lies beside the hostile file: nothing that refers to it may read it."""

_BOMB_BYTES = 100_000_000
_RELATIONS_TYPE = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
_DOCTYPE = "<!DOCTYPE x ["
_LAUGHS = (
    _DOCTYPE + '<!ENTITY a0 "laugh ">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


def _bait(path: Path) -> str:
    return f'{_DOCTYPE}<!ENTITY bait SYSTEM "{(path.parent / SECRET_FILE).as_uri()}">]>'


@functools.cache
def _packed_zeros() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(bytes(_BOMB_BYTES)) + packer.flush()


def with_bomb(make: Callable[[Path], None], entry: str, declared: int = _BOMB_BYTES) -> Maker:
    """A good document with one more entry, which unpacks to 100 MB; its directory may say otherwise."""

    def write(path: Path) -> None:
        make(path)
        with zipfile.ZipFile(path) as archive:
            entries = [(found.filename, archive.read(found)) for found in archive.infolist() if found.filename != entry]
        make_zip(path, [*entries, (entry, b"")])
        _fill_last_entry(path, entry.encode(), declared)

    return write


def _fill_last_entry(path: Path, name: bytes, declared: int) -> None:
    """Put the bomb into the empty last entry (APPNOTE.TXT, 4.3.7 and 4.3.12)."""
    content, packed = path.read_bytes(), _packed_zeros()
    local = content.rindex(b"PK\x03\x04")
    central = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    directory = content.index(b"PK\x01\x02")
    sizes = struct.pack("<III", zlib.crc32(b""), len(packed), declared)
    head = content[local : local + 14] + sizes + content[local + 26 : local + 30] + name + packed
    entry = content[central : central + 16] + sizes + content[central + 28 : end]
    moved = len(head) - (directory - local)
    tail = content[end : end + 16] + struct.pack("<I", directory + moved) + content[end + 20 :]
    path.write_bytes(content[:local] + head + content[directory:central] + entry + tail)


def many_entries(path: Path) -> None:
    making.make_docx(path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(30_000):
            archive.writestr(f"word/media/{number}", b"")


def names_that_climb(path: Path) -> None:
    making.make_docx(path, more=[("../../climbed.txt", "x"), ("/climbed.txt", "x"), ("..\\climbed.txt", "x")])


def _sheet(path: Path, cells: str, dimension: str = "A1:XFD1048576", more: str = "") -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{office}/{{}}" Target="{{}}"/>'
    )
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{types}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    kinds = f"{_RELATIONS_TYPE}{parts}</Types>"
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets>'
    sheet = f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData>{more}'
    make_zip(
        path,
        [
            ("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{kinds}'),
            ("_rels/.rels", relations.format("officeDocument", "xl/workbook.xml") + "</Relationships>"),
            ("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>'),
            ("xl/_rels/workbook.xml.rels", relations.format("worksheet", "worksheets/sheet1.xml") + "</Relationships>"),
            ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}">{sheet}</worksheet>'),
        ],
    )


def _cell(place: str, text: str = SENTENCE) -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def message_in_message(depth: int) -> EmailMessage:
    message = making.make_message()
    for level in range(depth):
        outer = EmailMessage()
        outer["Subject"] = f"Level {level}"
        outer.set_content("See below.")
        outer.add_attachment(message)
        message = outer
    return message


def _raw_message(body: bytes, headers: bytes = b"") -> bytes:
    return b"From: Ada <ada@example.org>\r\nSubject: Hello\r\n" + headers + b"\r\n" + body


def _parts_in_parts(depth: int) -> bytes:
    opening = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1) for n in range(depth)
    )
    return _raw_message(
        opening + SENTENCE.encode(), b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b0"\r\n'
    )


def _mailbox(count: int) -> bytes:
    return b"".join(
        b"From a@example.org Fri May  3 10:00:00 2019\nFrom: a@example.org\nSubject: Note %d\n\nWord %d.\n\n" % (n, n)
        for n in range(count)
    )


def _deep(opening: str, closing: str, levels: int = 50_000) -> str:
    return opening * levels + SENTENCE + closing * levels


def _epub_of_one_chapter_many_times(path: Path) -> None:
    make = making.make_epub
    make(path, [("One", f"<p>{'words and more ' * 5_000}</p>")])
    with zipfile.ZipFile(path) as archive:
        entries = [(found.filename, archive.read(found)) for found in archive.infolist()]
    again = b'<itemref idref="ichapter1.xhtml"/>' * 10_000
    make_zip(path, [(n, c.replace(b"<spine>", b"<spine>" + again)) for n, c in entries])


def png_that_claims(width: int, height: int) -> bytes:
    """A picture whose head claims a size that its data doesn't have (PNG, 11.2.2)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def tiff_in_a_circle() -> bytes:
    """A TIFF whose only directory says that the next is itself (TIFF 6.0, section 2)."""
    output = io.BytesIO()
    Image.new("L", (40, 40)).save(output, "TIFF")
    content = bytearray(output.getvalue())
    (start,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, start)
    struct.pack_into("<I", content, start + 2 + 12 * entries, start)
    return bytes(content)


def _content(make: Callable[[], bytes]) -> Maker:
    return lambda path: _write(path, make())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _docx_with_template(path: Path, url: str) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{url}" TargetMode="External"/></Relationships>'
    )
    making.make_docx(path, more=[("word/_rels/settings.xml.rels", relations)])


_P = making.word_paragraph
_ODT_CELL = "<table:table-cell {}><text:p>x</text:p></table:table-cell>"

REFUSED: dict[str, tuple[str, Maker]] = {
    "a DOCX that unpacks to too much": (".docx", with_bomb(making.make_docx, "word/media/picture.emf")),
    "an ODT that unpacks to too much": (".odt", with_bomb(making.make_odt, "Pictures/picture.bmp")),
    "an EPUB that unpacks to too much": (".epub", with_bomb(making.make_epub, "book/chapter2.xhtml")),
    "a PPTX that unpacks to too much": (".pptx", with_bomb(making.make_pptx, "ppt/media/picture.emf")),
    "an XLSX that unpacks to too much": (".xlsx", with_bomb(making.make_xlsx, "xl/sharedStrings.xml")),
    "a DOCX of thirty thousand entries": (".docx", many_entries),
    "entities that multiply in a DOCX": (".docx", lambda path: making.make_docx(path, _P("&a9;"), _LAUGHS)),
    "entities that multiply in an ODT": (".odt", lambda path: making.make_odt(path, "<text:p>&a9;</text:p>", _LAUGHS)),
    "another file as an entity in a DOCX": (".docx", lambda path: making.make_docx(path, _P("&bait;"), _bait(path))),
    "another file as an entity in an ODT": (
        ".odt",
        lambda path: making.make_odt(path, "<text:p>&bait;</text:p>", _bait(path)),
    ),
    "a picture that claims 100,000 by 100,000": (".png", _content(lambda: png_that_claims(100_000, 100_000))),
}
"""Files that must be refused."""

READ_OR_REFUSED: dict[str, tuple[str, Maker]] = {
    "an entry larger than its directory says": (".docx", with_bomb(making.make_docx, "word/document.xml", 2_000)),
    "a sheet larger than its directory says": (".xlsx", with_bomb(making.make_xlsx, "xl/sharedStrings.xml", 2_000)),
    "entities that multiply in an EPUB": (
        ".epub",
        lambda path: making.make_epub(path, [("A", "<p>&a9;</p>")], _LAUGHS),
    ),
    "another file as an entity in an EPUB": (
        ".epub",
        lambda path: making.make_epub(path, [("A", "<p>&bait;</p>")], _bait(path)),
    ),
    "elements in elements in a DOCX": (
        ".docx",
        lambda path: making.make_docx(path, _deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5_000)),
    ),
    "tables in tables in a DOCX": (
        ".docx",
        lambda path: making.make_docx(
            path, _deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60).replace(SENTENCE, _P(SENTENCE))
        ),
    ),
    "a cell as wide as the world in a DOCX": (
        ".docx",
        lambda path: making.make_docx(
            path,
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{_P("x")}</w:tc></w:tr>'
            f"<w:tr><w:tc>{_P(SENTENCE)}</w:tc></w:tr></w:tbl>",
        ),
    ),
    "a billion spaces in an ODT": (
        ".odt",
        lambda path: making.make_odt(path, f'<text:p>{SENTENCE}<text:s text:c="1000000000"/>x</text:p>'),
    ),
    "a billion cells in an ODT": (
        ".odt",
        lambda path: making.make_odt(
            path,
            '<table:table><table:table-row table:number-rows-repeated="1000000">'
            + _ODT_CELL.format('table:number-columns-repeated="1000000"')
            + "</table:table-row></table:table>",
        ),
    ),
    "an EPUB of one chapter ten thousand times": (".epub", _epub_of_one_chapter_many_times),
    "elements in elements in an EPUB": (
        ".epub",
        lambda path: making.make_epub(path, [("A", _deep("<div>", "</div>", 20_000))]),
    ),
    "a sheet with one cell in its last corner": (".xlsx", lambda path: _sheet(path, _cell("XFD1048576"))),
    "a sheet with a cell in each far corner": (
        ".xlsx",
        lambda path: _sheet(path, _cell("A1") + _cell("XFD1048576")),
    ),
    "a sheet with a cell beyond all corners": (".xlsx", lambda path: _sheet(path, _cell("ZZZZ99999999"))),
    "a cell merged over everything": (
        ".xlsx",
        lambda path: _sheet(
            path, _cell("A1"), more='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    ),
    "groups in groups in an RTF": (".rtf", lambda path: making.make_rtf(path, _deep("{", "}", 100_000))),
    "groups without an end in an RTF": (".rtf", lambda path: making.make_rtf(path, _deep(r"{\b ", "", 20_000))),
    "a length beyond all measure in an RTF": (
        ".rtf",
        lambda path: making.make_rtf(path, rf"{SENTENCE} {{\pict\bin99999999999999 x}} \u999999999999? words"),
    ),
    "elements in elements in HTML": (".html", lambda path: making.make_html(path, _deep("<div>", "</div>", 10_000))),
    "tables in tables in HTML": (
        ".html",
        lambda path: making.make_html(path, _deep("<table><tr><td>", "</td></tr></table>", 5_000)),
    ),
    "lists without an end in HTML": (".html", lambda path: making.make_html(path, _deep("<ul><li>", "", 5_000))),
    "a cell as wide as the world in HTML": (
        ".html",
        lambda path: making.make_html(
            path, f'<table><tr><td colspan="999999999" rowspan="999999999">x<tr><td>{SENTENCE}</table>'
        ),
    ),
    "signs beyond all codes in HTML": (
        ".html",
        lambda path: making.make_html(path, f"<p>{SENTENCE} &#99999999999; &#x110000; &#xD800; &#0;</p>"),
    ),
    "messages in messages": (".eml", lambda path: making.make_eml(path, message_in_message(100))),
    "parts in parts": (".eml", _content(lambda: _parts_in_parts(2_000))),
    "a header of a megabyte": (
        ".eml",
        _content(lambda: _raw_message(SENTENCE.encode(), b"To: " + b"a@example.org, " * 60_000 + b"\r\n")),
    ),
    "words encoded ten thousand times": (
        ".eml",
        _content(lambda: _raw_message(SENTENCE.encode(), b"Comments: " + b"=?utf-8?q?=C3=A9?= " * 10_000 + b"\r\n")),
    ),
    "brackets in an address": (
        ".eml",
        _content(lambda: _raw_message(SENTENCE.encode(), b"Cc: " + b"(" * 20_000 + b"\r\n")),
    ),
    "an encoding that nobody knows": (
        ".eml",
        _content(lambda: _raw_message(SENTENCE.encode(), b'Content-Type: text/plain; charset="no-such-\xff"\r\n')),
    ),
    "five thousand messages": (".mbox", _content(lambda: _mailbox(5_000))),
    "a cell of eight megabytes": (".csv", _content(lambda: b'name,"' + b"long " * 1_600_000 + b'",end\n')),
    "a quotation without an end": (".csv", _content(lambda: b'name,remark\na,"' + b"x,y\n" * 500_000)),
    "ten thousand columns": (".csv", _content(lambda: (b",".join([b"c"] * 10_000) + b"\n") * 50)),
    "zeros among the cells": (".csv", _content(lambda: b"name,remark\n" + b"a\0b,c\n" * 20)),
    "includes and raw files in reStructuredText": (
        ".rst",
        lambda path: path.write_text(
            f"Title\n=====\n\n{SENTENCE}\n\n.. include:: {SECRET_FILE}\n\n.. literalinclude:: {SECRET_FILE}\n\n"
            f".. raw:: html\n   :file: {SECRET_FILE}\n\n.. csv-table::\n   :file: {SECRET_FILE}\n\n"
            ".. csv-table::\n   :url: http://127.0.0.1:9/\n"
        ),
    ),
    "names that multiply in reStructuredText": (
        ".rst",
        lambda path: path.write_text(
            "".join(f".. |a{n}| replace:: {f'|a{n - 1}| ' * 10}\n" for n in range(1, 8))
            + f".. |a0| replace:: laugh\n\n{SENTENCE} |a7|\n"
        ),
    ),
    "quotes in quotes in reStructuredText": (
        ".rst",
        lambda path: path.write_text("\n\n".join(" " * (2 * level) + "x" for level in range(400))),
    ),
    "includes in Org": (
        ".org",
        lambda path: path.write_text(f"#+SETUPFILE: {SECRET_FILE}\n#+INCLUDE: {SECRET_FILE}\n* A\n{SENTENCE}\n"),
    ),
    "headings in headings in Org": (
        ".org",
        lambda path: path.write_text("\n".join("*" * level + " H" for level in range(1, 3_000))),
    ),
    "a headline of nothing but tags in Org": (
        ".org",
        lambda path: path.write_text(f"* A {'#+TITLE:' * 5_000}\n* B {':' * 20_000}x\n{SENTENCE}\n"),
    ),
    "a TIFF in a circle": (".tiff", _content(tiff_in_a_circle)),
    "half a picture": (".png", _content(lambda: png_that_claims(40, 40)[:60])),
    "a picture without its data": (".png", _content(lambda: png_that_claims(40, 40))),
}
"""Files of which something may be read; if not, there is a reason."""

BAIT: dict[str, tuple[str, Callable[[Path, str], None]]] = {
    "names that climb out of a DOCX": (".docx", lambda path, _url: names_that_climb(path)),
    "an EPUB of things elsewhere": (
        ".epub",
        lambda path, url: making.make_epub(
            path, [("A", f"<p>{SENTENCE}</p><img src='{url}'/><link href='{url}'/><script src='{url}'/>")]
        ),
    ),
    "HTML of things elsewhere": (
        ".html",
        lambda path, url: making.make_html(
            path,
            f"<p>{SENTENCE}</p><img src='{url}'><iframe src='{url}'></iframe><object data='{url}'></object>",
            head=f"<title>T</title><base href='{url}'><meta http-equiv='refresh' content='0;url={url}'>"
            f"<link rel='stylesheet' href='{url}'><script src='{url}'></script>",
        ),
    ),
    "a style of a DOCX that lies elsewhere": (".docx", _docx_with_template),
    "an external entity elsewhere in an EPUB": (
        ".epub",
        lambda path, url: making.make_epub(
            path, [("A", f"<p>{SENTENCE}</p>")], f'<!DOCTYPE html [<!ENTITY % a SYSTEM "{url}"> %a;]>'
        ),
    ),
}
"""Good files that would lead a careless reader elsewhere: their sentence is read, and nothing else happens."""
