"""A folder as a person's may be: a file of every format, two scans, a locked PDF, and files that are broken."""

from __future__ import annotations

import dataclasses
import io
import os
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.rag.extract.making import make_pdf, text_page
from tests.rag.extract.making_formats import ALL, make_docx, make_zip

PASSWORD = "north quay"  # noqa: S105 - of a file that is made here
LOCKED_SENTENCE = "The spare key of the crane hangs behind the pump."
SCANNED_SENTENCE = "The lighthouse keeper counted forty seven herring boats that morning."
SKEW = 2.5
"""Degrees by which the second scan is turned."""

_LETTER = (1275, 1650)
"""A page of US letter at 150 dpi, in pixels."""


@dataclasses.dataclass(frozen=True)
class Known:
    """A sentence known to be in a file, on which page, and under which section's path."""

    path: Path
    sentence: str
    page: int
    section: str = ""


def make_readable(folder: Path) -> list[Known]:
    """One file of every format, two scans and a picture, in ``folder``."""
    known = []
    for made in ALL:
        path = folder / f"one{made.suffix}"
        made.make(path)
        known.append(Known(path, made.sentence, made.page, made.section))
    for name, degrees in (("scan.pdf", 0.0), ("skewed scan.pdf", SKEW)):
        path = folder / name
        _scan(degrees).save(path, "PDF", resolution=150.0)
        known.append(Known(path, SCANNED_SENTENCE, 1))
    picture = folder / "photo of a page.png"
    _scan(0.0).save(picture, dpi=(150, 150))
    known.append(Known(picture, SCANNED_SENTENCE, 1))
    return known


def make_locked(folder: Path) -> Known:
    """A PDF that only ``PASSWORD`` opens."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([text_page("Keys."), text_page(LOCKED_SENTENCE)]))))
    writer.encrypt(PASSWORD, algorithm="AES-256")
    path = folder / "locked.pdf"
    with path.open("wb") as file:
        writer.write(file)
    return Known(path, LOCKED_SENTENCE, 2)


def make_broken(folder: Path, seed: int = 7) -> list[Path]:
    """Twenty files that can't be read, or not whole; the same for the same ``seed``."""
    noise = random.Random(seed)
    pdf = make_pdf([text_page("One."), text_page("Two.")])
    made: dict[str, bytes | Callable[[Path], object]] = {
        "empty.pdf": b"",
        "noise.pdf": noise.randbytes(5_000),
        "header only.pdf": b"%PDF-1.7\n" + noise.randbytes(5_000),
        "cut off.pdf": pdf[: len(pdf) // 3],
        "a web page.pdf": b"<!DOCTYPE html><html><body>Please log in.</body></html>",
        "no pages.pdf": make_pdf([]),
        "noise.docx": noise.randbytes(5_000),
        "cut off.docx": lambda path: _cut_off(path, make_docx),
        "nothing inside.docx": lambda path: make_zip(path, []),
        "old.doc": bytes.fromhex("d0cf11e0a1b11ae1") + noise.randbytes(3_000),
        "bomb.docx": lambda path: make_docx(
            path, prolog=_billion_laughs(), body="<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
        ),
        "no container.epub": lambda path: make_zip(path, [("mimetype", "application/epub+zip")]),
        "bad rows.xlsx": lambda path: make_zip(path, [("[Content_Types].xml", "<Types"), ("xl/workbook.xml", "<wor")]),
        "nothing inside.odt": lambda path: make_zip(path, [("mimetype", "application/vnd.oasis.opendocument.text")]),
        "slides.pptx": lambda path: make_zip(path, [("ppt/presentation.xml", "<p/>")]),
        "big zip.odt": _zip_bomb,
        "noise.png": b"\x89PNG\r\n\x1a\n" + noise.randbytes(2_000),
        "as big as a field.png": _enormous_picture(),
        "program.txt": b"\x7fELF" + noise.randbytes(5_000),
        "letter.eml": noise.randbytes(4_000),
    }
    paths = []
    for name, content in made.items():
        path = folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)
        paths.append(path)
    return paths


def _scan(degrees: float) -> Image.Image:
    """A page of print as a scanner gives it: grey, a little noisy, and askew by ``degrees``."""
    lines = ("The harbour log of that year", "was kept in a fair hand.", "", *_halves(SCANNED_SENTENCE), "Wind: west.")
    page = Image.new("L", _LETTER, 250)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(34)
    for number, line in enumerate(lines):
        draw.text((130, 180 + 62 * number), line, font=font, fill=25)
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=250)
    grain = Image.effect_noise(_LETTER, 12.0)
    return Image.blend(turned, grain, 0.12)


def _halves(sentence: str) -> tuple[str, str]:
    words = sentence.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def _cut_off(path: Path, maker: Callable[[Path], object]) -> None:
    maker(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _billion_laughs() -> str:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return f'<!DOCTYPE w [<!ENTITY a "ha">{entities}]>'


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        with archive.open("content.xml", "w", force_zip64=True) as entry:
            for _ in range(1_000):
                entry.write(bytes(2**20))


def _enormous_picture() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 200_000, 200_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def make_pipe(folder: Path) -> Path | None:
    """A pipe with a document's name, which nobody writes to; None where the system has none."""
    if not hasattr(os, "mkfifo"):
        return None
    path = folder / "pipe.txt"
    os.mkfifo(path)
    return path
