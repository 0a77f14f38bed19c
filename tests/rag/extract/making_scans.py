"""Scans made for the tests: text painted as a picture, then treated as scanners and people treat paper."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.rag.extract.making import make_pdf, text_page

PIXELS_AN_INCH = 150
SCALE = PIXELS_AN_INCH / 72


def painted(content: bytes, page: int = 1) -> Image.Image:
    """A page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(content)
    picture: Image.Image = document[page - 1].render(scale=SCALE).to_pil().convert("L")
    document.close()
    return picture


def scan(*lines: str, askew: float = 0.0, turned: int = 0) -> Image.Image:
    """Lines of print on the upper part of a page, falling by so many degrees, then turned counter-clockwise."""
    picture = painted(make_pdf([text_page(*lines, media=(0, 500, 612, 792))]))
    picture = picture.rotate(-askew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return picture.rotate(turned, expand=True)


def scanned_pdf(pictures: Sequence[Image.Image]) -> bytes:
    """A PDF whose pages are these pictures, without a character."""
    output = BytesIO()
    pictures[0].save(output, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=PIXELS_AN_INCH)
    return output.getvalue()


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    """The picture as a file."""
    picture.save(path, dpi=(PIXELS_AN_INCH, PIXELS_AN_INCH), **options)
    return path
