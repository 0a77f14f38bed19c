"""Files that mean harm, or are broken in ways that real files are: one function each, and tables of them."""

import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.rag.extract.making import make_pdf, text_page

Maker = Callable[[Path], None]
"""Writes the file at a path."""

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
OPENING = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F1 14 Tf 72 700 Td (The words of this page.) Tj ET"


def page(contents: int = 4, more: bytes = b"", media: bytes = b"0 0 612 792", parent: int = 2) -> bytes:
    return (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [%s] /Contents %d 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> %s >>" % (parent, media, contents, more)
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table; the first is the catalogue."""
    output, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    output += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(output)


def pdf(
    *more: bytes, catalogue: bytes = CATALOGUE, pages: bytes = PAGES, one: bytes = b"", words: bytes = b""
) -> bytes:
    """A PDF of one page with words; objects from the sixth on are ``more``."""
    return assembled([catalogue, pages, one or page(), words or stream(WORDS), FONT, *more])


def _content(make: Callable[[], bytes]) -> Maker:
    return lambda path: _write(path, make())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _pages(count: int, kids: bytes = b"3 0 R") -> bytes:
    return b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)


def _signs(count: int) -> bytes:
    line = b"(" + b"x" * 50 + b") Tj T*\n"
    return b"BT /F1 1 Tf 1 TL 0 700 Td\n" + line * (count // 50) + b"ET\n"


def flate_bomb() -> bytes:
    """200 MB of spaces, packed twice: a few hundred bytes."""
    packed = zlib.compress(zlib.compress(b" " * 200_000_000))
    return pdf(words=stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def picture_bomb() -> bytes:
    """An image that claims 60,000 by 60,000 pixels, in a page of its own size."""
    pixels = zlib.compress(bytes(1_000_000))
    image = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /I 6 0 R >> /Font << /F1 5 0 R >> >> >>"
    )
    words = stream(WORDS + b" q 612 0 0 792 0 0 cm /I Do Q")
    return pdf(stream(pixels, image + b" /Filter /FlateDecode"), one=one, words=words)


def outline_loop() -> bytes:
    """100,000 entries of an outline, of which the last goes on with the first."""
    count = 100_000
    entries = [
        b"<< /Title (E) /Parent 6 0 R /Dest [3 0 R /Fit] /Next %d 0 R >>" % (8 + (index + 1) % count)
        for index in range(count)
    ]
    outline = b"<< /Type /Outlines /First 8 0 R /Last %d 0 R /Count %d >>" % (7 + count, count)
    return pdf(outline, FONT, *entries, catalogue=b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>")


def deep_outline() -> bytes:
    """An outline of 10,000 levels, an entry in each."""
    count = 10_000
    entries = [
        b"<< /Title (E) /Parent %d 0 R /Dest [3 0 R /Fit] /First %d 0 R /Last %d 0 R /Count 1 >>"
        % (index + 7 if index else 6, 9 + index, 9 + index)
        for index in range(count)
    ]
    outline = b"<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>"
    last = b"<< /Title (E) /Parent %d 0 R /Dest [3 0 R /Fit] >>" % (7 + count)
    return pdf(outline, FONT, *entries, last, catalogue=b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>")


def form_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >> >>"
    )
    return pdf(form, one=one, words=stream(WORDS + b" /X Do"))


def forms_that_double() -> bytes:
    """Thirty forms, each of which draws the next one twice: a billion drawings."""
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (7 + index),
        )
        for index in range(30)
    ]
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >> >>"
    )
    last = stream(WORDS, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>")
    return pdf(*forms, last, one=one, words=stream(WORDS + b" /X Do"))


def glyph_that_draws_itself() -> bytes:
    """A Type 3 font whose one glyph is written in that font."""
    glyph = stream(b"500 0 d0 BT /F1 1 Tf (a) Tj ET")
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 97 /LastChar 97 "
        b"/Widths [500] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 6 0 R >> "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return assembled([CATALOGUE, PAGES, page(), stream(b"BT /F1 9 Tf 9 9 Td (aaa) Tj ET"), font, glyph])


def deep_page_tree(levels: int) -> bytes:
    kids = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (6 + level) for level in range(levels)]
    leaf = page(parent=5 + levels)
    return pdf(*kids, leaf, pages=b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>")


def nested(opening: bytes, closing: bytes, levels: int = 10_000) -> bytes:
    return pdf(opening * levels + closing * levels, one=page(more=b"/Odd 6 0 R"))


PDFS: dict[str, tuple[Maker, str | bool]] = {
    "a header and nothing": (_content(lambda: b"%PDF-1.7\n"), "pdf_broken"),
    "a header and noise": (_content(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200), "pdf_broken"),
    "the end is missing": (_content(lambda: make_pdf([text_page("One."), text_page("Two.")])[:900]), "pdf_broken"),
    "a stream that unpacks to 200 MB": (_content(flate_bomb), False),
    "a million characters on a page": (_content(lambda: pdf(words=stream(_signs(1_000_000) + WORDS))), True),
    "a picture of 60,000 by 60,000": (_content(picture_bomb), True),
    "a page tree in a circle": (_content(lambda: pdf(pages=_pages(2, b"2 0 R 3 0 R"))), True),
    "a page that is its own parent": (_content(lambda: pdf(one=page(parent=3))), True),
    "a count that lies": (_content(lambda: pdf(pages=_pages(500))), True),
    "a count beyond all measure": (_content(lambda: pdf(pages=_pages(1_000_000))), "document_too_long"),
    "a negative count": (_content(lambda: pdf(pages=_pages(-7))), True),
    "an outline in a circle": (_content(outline_loop), True),
    "an outline of 10,000 levels": (_content(deep_outline), True),
    "a table that follows itself": (
        _content(lambda: assembled([CATALOGUE, PAGES, page(), stream(WORDS), FONT], b"/Prev 9")),
        True,
    ),
    "arrays in arrays": (_content(lambda: nested(b"[", b"]")), True),
    "dictionaries in dictionaries": (_content(lambda: nested(b"<</A ", b">>")), True),
    "a page tree of 2,000 levels": (_content(lambda: deep_page_tree(2_000)), False),
    "states in states": (_content(lambda: pdf(words=stream(b"q " * 200_000 + WORDS))), True),
    "a form that draws itself": (_content(form_that_draws_itself), False),
    "forms that double": (_content(forms_that_double), False),
    "a glyph that draws itself": (_content(glyph_that_draws_itself), False),
    "a length that lies": (
        _content(lambda: pdf(words=b"<< /Length 999999999 >>\nstream\n" + WORDS + b"\nendstream")),
        True,
    ),
    "a page without an area": (_content(lambda: pdf(one=page(media=b"0 0 0 0"))), True),
    "a page as large as a country": (_content(lambda: pdf(one=page(media=b"-1e30 -1e30 1e30 1e30"))), True),
    "a script when it is opened": (
        _content(lambda: pdf(b"<< /S /JavaScript /JS (while \\(true\\) {}) >>", catalogue=OPENING)),
        True,
    ),
    "a program when it is opened": (
        _content(
            lambda: pdf(
                b"<< /S /Launch /F (/bin/touch) /Win << /F (cmd.exe) /P (/c calc) >> >>",
                catalogue=OPENING,
                one=page(more=b"/AA << /O 6 0 R >>"),
            )
        ),
        True,
    ),
}
"""What comes of each: the kind of the reason, or whether the words of the page are read."""


def sparse(path: Path, beginning: bytes = b"The first line of a log.\n" * 4_000, size: int = 2 * 2**30) -> None:
    """Text, then a hole up to ``size`` bytes, which takes no room on the disk."""
    path.write_bytes(beginning)
    os.truncate(path, size)


TEXTS: dict[str, tuple[str, Maker, str | bool]] = {
    "nothing": (".txt", _content(lambda: b""), "file_empty"),
    "two gigabytes of nothing": (".txt", lambda path: sparse(path, b""), "text_not_text"),
    "two gigabytes after some text": (".txt", sparse, "file_too_large"),
    "a hundred megabytes of a PDF": (".pdf", lambda path: sparse(path, b"%PDF-1.7\n", 100 * 2**20), "pdf_broken"),
    "a line of three million characters": (".txt", _content(lambda: b"words " * 500_000), True),
    "quotes in quotes": (".md", _content(lambda: b">" * 50_000 + b" words"), True),
    "lists in lists": (".md", _content(lambda: b"\n".join(b" " * level + b"- words" for level in range(1_000))), True),
    "brackets in brackets": (".md", _content(lambda: b"# " + b"[" * 50_000 + b"\n\nwords"), True),
    "stars without an end": (".md", _content(lambda: b"# " + b"*a_" * 50_000 + b"\n\nwords"), True),
    "front matter that multiplies": (".md", _content(lambda: b"---\n" + _aliases() + b"---\nwords"), True),
    "half a character": (".txt", _content(lambda: "words and more è".encode()[:-1]), True),
    "lone surrogates": (".txt", _content(lambda: b"\xff\xfe" + b"\x00\xd8" * 500 + "words".encode("utf-16-le")), True),
    "escapes of a terminal": (".txt", _content(lambda: b"words \x1b]0;title\x07\x1b[2J and " * 20), "text_not_text"),
}


def _aliases() -> bytes:
    """YAML whose last line stands for a billion words."""
    lines = (b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10))
    return b"a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + b"".join(lines)
