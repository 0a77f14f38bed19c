"""Documents made by hand for the tests: to the byte where that matters."""

import contextlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader, PdfWriter

from rag.extract import DocumentInfo, Limits, PageText, ParserPool, read_document

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class RawPage:
    content: bytes
    media: Rectangle = (0, 0, 612, 792)
    crop: Rectangle | None = None
    rotate: int = 0


def text_page(*lines: str, **options: object) -> RawPage:
    """A page with these lines of Helvetica, 14 points, from the top left down."""
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines)
    return RawPage(b"BT /F1 14 Tf 18 TL 72 700 Td\n" + shown + b"ET", **options)  # type: ignore[arg-type]


def bomb_page(signs: int) -> RawPage:
    """A page whose few kilobytes unpack into ``signs`` characters of text."""
    line = b"(" + b"x" * 50 + b") Tj T*\n"
    return RawPage(b"BT /F1 1 Tf 1 TL 0 700 Td\n" + line * (signs // 50) + b"ET")


STRANGE = "川のﬁ\u0301\u00ad\uf0b7\u200b\u00a0"
"""What the capitals from A on stand for in the font /F2."""
_CODES = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    + b"%d beginbfchar\n" % len(STRANGE)
    + b"".join(b"<%02X> <%04X>\n" % (ord("A") + index, ord(sign)) for index, sign in enumerate(STRANGE))
    + b"endbfchar endcmap end"
)


def make_pdf(pages: Sequence[RawPage], *, compress: bool = True) -> bytes:
    """A PDF of these pages (ISO 32000-1, 7.5), with a right cross-reference table.

    Their contents can draw /F1 (Helvetica), /F2 (bold, its capitals standing for ``STRANGE`` in order), /Im1 (a grey
    picture) and /Fm1 (a form that draws /Im1).
    """
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    picture, form, font, codes = (4 + number + 2 * len(pages) for number in range(4))
    for index, page in enumerate(pages):
        boxes = b"/MediaBox [%s]" % rectangle(page.media)
        if page.crop is not None:
            boxes += b" /CropBox [%s]" % rectangle(page.crop)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %s /Rotate %d /Contents %d 0 R /Resources << /Font << /F1 3 0 R"
            b" /F2 %d 0 R >> /XObject << /Im1 %d 0 R /Fm1 %d 0 R >> >> >>"
            % (boxes, page.rotate, 5 + 2 * index, font, picture, form)
        )
        stream = zlib.compress(page.content) if compress else page.content
        packing = b" /Filter /FlateDecode" if compress else b""
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), packing, stream))
    objects += [
        (
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
            b" /Length 1 >>\nstream\n\x80\nendstream"
        ),
        (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Im1 %d 0 R >> >>"
            b" /Length 7 >>\nstream\n/Im1 Do\nendstream" % picture
        ),
        (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding"
            b" /ToUnicode %d 0 R >>" % codes
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_CODES), _CODES),
    ]
    output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    output += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(output)


def rectangle(edges: Rectangle) -> bytes:
    return b" ".join(b"%.2f" % edge for edge in edges)


def encrypted(pdf: bytes, password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def only_pictures(pages: int) -> bytes:
    """A scan: pages that are pictures, without a character."""
    pictures = [Image.new("RGB", (200, 280), (200, 200 - 40 * page, 200)) for page in range(pages)]
    output = BytesIO()
    pictures[0].save(output, "PDF", save_all=True, append_images=pictures[1:])
    return output.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


_kept: dict[Limits, ParserPool] = {}


@contextlib.contextmanager
def kept_parsers(limits: Limits | None = None) -> Iterator[ParserPool]:
    """Meanwhile ``read`` takes its parsers from this pool, as the worker does: starting one costs more than reading.

    A parser that failed a document is ended, so that the next test has a fresh one.
    """
    limits = limits or Limits()
    pool = _kept[limits] = ParserPool(limits, idle_seconds=3600.0, most_idle=1)
    try:
        yield pool
    finally:
        del _kept[limits]
        pool.close()


def read(path: Path, limits: Limits | None = None, first_page: int = 1) -> tuple[DocumentInfo, list[PageText]]:
    """All of a document."""
    limits = limits or Limits()
    info, *pages = read_document(path, lambda: False, limits, first_page, pool=_kept.get(limits))
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, PageText)]
