"""Documents for the soak: Markdown and PDF of made-up prose, drawn from a seed, the same on every machine."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from fpdf import FPDF

_WORDS = (
    "agreement amount annual audit balance board budget capital claim clause committee contract cost customer damage "
    "data deadline delivery demand department deposit duty energy engine equipment estimate evidence expense factory "
    "failure field finding garden growth harbour health heating income index inspection insurance interest invoice "
    "journal kitchen laboratory landlord lease ledger library limit maintenance market measure member meeting memory "
    "method minute mortgage motor network notice office orchard order owner patient payment period permit policy "
    "pressure price process profit project property protocol quality quarter quotation rate reason receipt record "
    "refund region report request research reserve result revenue review river safety salary sample schedule season "
    "section service shareholder signal source staff standard statement storage supply surface survey tariff tenant "
    "test ticket tool traffic treatment trial valve village volume warranty water weather weight winter workshop"
)
WORDS = tuple(_WORDS.split())


def write_document(path: Path, source: random.Random) -> None:
    """Write a fresh document at ``path``: a PDF where its name says so, else a Markdown note."""
    sections = [
        (_title(source), [_paragraph(source) for _ in range(source.randint(2, 5))]) for _ in range(source.randint(3, 8))
    ]
    if path.suffix == ".pdf":
        _write_pdf(path, sections)
    else:
        text = "\n\n".join(f"## {title}\n\n" + "\n\n".join(paragraphs) for title, paragraphs in sections)
        path.write_text(f"# {path.stem.lstrip('.')}\n\n{text}\n", encoding="utf-8")


def _write_pdf(path: Path, sections: list[tuple[str, list[str]]]) -> None:
    pdf = FPDF()
    pdf.set_creation_date(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for title, paragraphs in sections:
        pdf.add_page()
        pdf.set_font("helvetica", style="B", size=15)
        pdf.multi_cell(0, 10, title, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        for paragraph in paragraphs:
            pdf.multi_cell(0, 6, paragraph + "\n", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def _title(source: random.Random) -> str:
    return f"{source.choice(WORDS)} and {source.choice(WORDS)}".capitalize()


def _paragraph(source: random.Random) -> str:
    return " ".join(_sentence(source) for _ in range(source.randint(4, 9)))


def _sentence(source: random.Random) -> str:
    words = [source.choice(WORDS) for _ in range(source.randint(6, 14))]
    return f"The {' '.join(words)} was {source.randint(2, 990)} in {source.randint(1990, 2026)}."
