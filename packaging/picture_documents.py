"""The documents of the pictures that show scans: a file of text and scans by turns, one that is locked, one torn."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter

MIXED_NAME = "Harbour permits 1987.pdf"
SCANNED_QUESTION = "How deep must the pier at Gull Point be dredged?"

PAPER = (1240, 1754)
"""Pixels of a scanned page of A4: 150 to the inch."""

TEXTS = (
    "This file gathers the permits that the harbour office granted in 1987. The originals were scanned later.",
    "A permit names the work, the person who answers for it, and the day on which it ends.",
    "The permits are listed in the order in which they were granted. Two of them were drawn up by hand.",
)
SCANS = (
    (
        "PERMIT No. 14",
        "The pier at Gull Point shall be dredged to",
        "a depth of 6.4 metres before the ferry season.",
        "The work ends on 30 April 1987.",
    ),
    (
        "PERMIT No. 15",
        "The lamp on the outer mole may be replaced",
        "by a lamp of 250 watts, shaded to the north.",
        "The keeper is told three days before.",
    ),
)


def make_documents(folder: Path) -> Path:
    """Write the three files into ``folder``, which is made; give it back."""
    folder.mkdir(parents=True)
    (folder / MIXED_NAME).write_bytes(_mixed())
    (folder / "Wages (locked).pdf").write_bytes(_locked())
    whole = _mixed()
    (folder / "Torn in the mail.pdf").write_bytes(whole[: len(whole) // 9])
    return folder


def make_lease(path: Path) -> Path:
    """Write a page of a lease to ``path``; give it back."""
    document = FPDF(format="A4")
    document.set_font("helvetica", size=12)
    _write(document, "The boat house is let from 1 May to 30 September. The keys are returned on the last day.")
    path.write_bytes(bytes(document.output()))
    return path


def _mixed() -> bytes:
    """Three pages of text, two scans, an empty one, a page of text."""
    document = FPDF(format="A4")
    document.set_font("helvetica", size=12)
    for text in TEXTS:
        _write(document, text)
    for lines in SCANS:
        document.add_page()
        document.image(_scan(lines), x=0, y=0, w=document.w)
    document.add_page()
    _write(document, "The harbour office closed its book of permits on 31 December 1987.")
    return bytes(document.output())


def _locked() -> bytes:
    document = FPDF(format="A4")
    document.set_encryption(owner_password=secrets.token_hex(), user_password=secrets.token_hex())
    document.set_font("helvetica", size=12)
    _write(document, "Wages of the harbour office.")
    return bytes(document.output())


def _write(document: FPDF, text: str) -> None:
    document.add_page()
    document.multi_cell(0, 8, text)


def _scan(lines: tuple[str, ...]) -> io.BytesIO:
    """A page as a scanner leaves it: a little skewed, not quite sharp, on paper that isn't quite white."""
    paper = Image.new("L", PAPER, 244)
    draw = ImageDraw.Draw(paper)
    for number, line in enumerate(lines):
        draw.text((150, 260 + 90 * number), line, fill=40, font_size=44)
    turned = paper.rotate(0.6, fillcolor=244, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
    picture = io.BytesIO()
    turned.save(picture, "PNG")
    picture.seek(0)
    return picture
