"""Make the PDFs of assets/samples from their texts in packaging/samples; the same bytes every time.

The texts are a little Markdown: a head of ``key: value`` lines, headings of two levels, paragraphs, tables whose first
row is their head, and ``---`` where a page ends. The core fonts of PDF are used, which need no font file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "packaging" / "samples"
SAMPLES = ROOT / "assets" / "samples"
MADE = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)
"""The date that every sample carries: today's would change its bytes."""

BODY, TITLE, HEADING = 10.5, 20, 13.5
"""Sizes of type in points."""
LINE = 1.4
"""Distance of lines, in sizes of type."""
MARGIN = 68
"""Points."""
INK, MUTED, RULE = (28, 29, 33), (107, 111, 118), (200, 200, 196)


class SamplePdf(FPDF):
    """A page of A4 with its document's title and its number at the foot."""

    def __init__(self, title: str) -> None:
        super().__init__(unit="pt", format="A4")
        self.core_fonts_encoding = "windows-1252"  # what WinAnsiEncoding in the file means
        self.set_creation_date(MADE)
        self.set_title(title)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)

    def footer(self) -> None:
        """Called by fpdf2 at the end of every page."""
        self.set_y(-46)
        self.set_font("Helvetica", size=8)
        self.set_text_color(*MUTED)
        self.cell(0, 10, self.title or "")
        self.cell(0, 10, str(self.page_no()), align="R")


def main(folder: Path = SAMPLES) -> None:
    """Write a PDF into ``folder`` for every text."""
    for source in sorted(TEXTS.glob("*.md")):
        (folder / source.with_suffix(".pdf").name).write_bytes(make_pdf(source.read_text(encoding="utf-8")))


def make_pdf(text: str) -> bytes:
    """The PDF of a sample's text."""
    head, _, body = text.partition("\n\n")
    properties = dict(line.split(": ", 1) for line in head.splitlines())
    pdf = SamplePdf(properties["title"])
    pdf.set_subject(properties["subject"])
    pdf.set_author(properties["author"])
    pdf.add_page()
    for block in blocks(body):
        write_block(pdf, block)
    return bytes(pdf.output())


def blocks(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph, heading, table or page end."""
    for is_filled, lines in groupby(text.splitlines(), key=bool):
        if is_filled:
            yield list(lines)


def write_block(pdf: SamplePdf, block: list[str]) -> None:
    """Put one block on the page."""
    first = block[0]
    if first == "---":
        pdf.add_page()
    elif first.startswith("## "):
        write_heading(pdf, first.removeprefix("## "), 1, HEADING)
    elif first.startswith("# "):
        write_heading(pdf, first.removeprefix("# "), 0, TITLE)
    elif first.startswith("|"):
        write_table(pdf, [[cell.strip() for cell in line.strip("|").split("|")] for line in block])
    else:
        pdf.set_font("Times", size=BODY)
        pdf.set_text_color(*INK)
        write_lines(pdf, " ".join(block), BODY)
        pdf.ln(BODY * 0.7)


def write_heading(pdf: SamplePdf, text: str, level: int, size: float) -> None:
    """Put a heading on the page and into the document's outline."""
    pdf.ln(size * 0.4)
    pdf.set_font("Helvetica", style="B", size=size)
    pdf.set_text_color(*INK)
    pdf.start_section(text, level=level)
    write_lines(pdf, text, size)
    pdf.ln(size * 0.3)


def write_lines(pdf: SamplePdf, text: str, size: float) -> None:
    """Put a paragraph on the page, in as many lines as it needs."""
    pdf.multi_cell(0, size * LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def write_table(pdf: SamplePdf, rows: list[list[str]]) -> None:
    """Put a table on the page, its columns as wide as their longest cells ask for."""
    pdf.set_font("Helvetica", size=BODY - 1)
    pdf.set_text_color(*INK)
    pdf.set_draw_color(*RULE)
    widths = [max(pdf.get_string_width(row[column]) for row in rows) + 10 for column in range(len(rows[0]))]
    style = FontFace(emphasis="BOLD")
    with pdf.table(
        col_widths=tuple(widths),
        line_height=BODY * 1.6,
        borders_layout="HORIZONTAL_LINES",
        headings_style=style,
        align="L",
    ) as table:
        for row in rows:
            table.row(row)
    pdf.ln(BODY)


if __name__ == "__main__":
    main()
