"""Documents for the soak, of every kind of format: made-up prose, drawn from a seed, the same on every machine."""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.rag.extract import making_formats as making

SUFFIXES = (
    ".md",
    ".md",
    ".pdf",
    ".pdf",
    ".txt",
    ".docx",
    ".odt",
    ".rtf",
    ".html",
    ".epub",
    ".csv",
    ".eml",
    ".scan.pdf",
)
"""A name that ends with ``.scan.pdf`` is a PDF of a picture, which OCR must read."""

Sections = list[tuple[str, list[str]]]

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
    """Write a fresh document at ``path``, in the format of its ending (one of ``SUFFIXES``)."""
    if path.name.endswith(".scan.pdf"):
        _write_scan(path, [_sentence(source) for _ in range(source.randint(3, 6))])
        return
    sections = [
        (_title(source), [_paragraph(source) for _ in range(source.randint(2, 5))]) for _ in range(source.randint(3, 8))
    ]
    _WRITERS.get(path.suffix, _write_markdown)(path, sections)


def _write_markdown(path: Path, sections: Sections) -> None:
    text = "\n\n".join(f"## {title}\n\n" + "\n\n".join(paragraphs) for title, paragraphs in sections)
    path.write_text(f"# Of {sections[0][0]}\n\n{text}\n", encoding="utf-8")


def _write_docx(path: Path, sections: Sections) -> None:
    making.make_docx(path, "".join(
        making.word_paragraph(title, "Heading1") + "".join(map(making.word_paragraph, paragraphs))
        for title, paragraphs in sections
    ))  # fmt: skip


def _write_odt(path: Path, sections: Sections) -> None:
    making.make_odt(path, "".join(
        f'<text:h text:outline-level="1">{title}</text:h>' + "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
        for title, paragraphs in sections
    ))  # fmt: skip


def _write_rtf(path: Path, sections: Sections) -> None:
    making.make_rtf(path, "\n".join(
        rf"\pard\plain\s1 {title}\par" + "".join(rf"\pard\plain {text}\par " for text in paragraphs)
        for title, paragraphs in sections
    ))  # fmt: skip


def _write_html(path: Path, sections: Sections) -> None:
    making.make_html(path, _html(sections))


def _write_epub(path: Path, sections: Sections) -> None:
    making.make_epub(path, [(section[0], _html([section])) for section in sections])


def _html(sections: Sections) -> str:
    return "".join(f"<h2>{title}</h2>" + "".join(f"<p>{text}</p>" for text in texts) for title, texts in sections)


def _write_csv(path: Path, sections: Sections) -> None:
    rows = [f'"{title}","{text}"' for title, texts in sections for text in texts]
    path.write_text("\r\n".join(["Subject,Remark", *rows]), encoding="utf-8")


def _write_mail(path: Path, sections: Sections) -> None:
    body = "\n\n".join("\n\n".join(texts) for _, texts in sections)
    making.make_eml(path, making.make_message(body, sections[0][0]))


def _write_scan(path: Path, sentences: list[str]) -> None:
    picture = Image.new("L", (1275, 1650), 255)
    font = ImageFont.load_default(28)
    pen = ImageDraw.Draw(picture)
    for row, words in enumerate(" ".join(sentences).split(". ")):
        half = len(words) // 2
        middle = words.find(" ", half)
        for part, text in enumerate((words[:middle], words[middle + 1 :])):
            pen.text((120, 150 + 100 * row + 42 * part), text, 0, font)
    output = io.BytesIO()
    picture.save(output, "PDF", resolution=150.0)
    path.write_bytes(output.getvalue())


def _write_pdf(path: Path, sections: Sections) -> None:
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


_WRITERS = {
    ".pdf": _write_pdf, ".docx": _write_docx, ".odt": _write_odt, ".rtf": _write_rtf, ".html": _write_html,
    ".epub": _write_epub, ".csv": _write_csv, ".eml": _write_mail,
}  # fmt: skip


def _title(source: random.Random) -> str:
    return f"{source.choice(WORDS)} and {source.choice(WORDS)}".capitalize()


def _paragraph(source: random.Random) -> str:
    return " ".join(_sentence(source) for _ in range(source.randint(4, 9)))


def _sentence(source: random.Random) -> str:
    words = [source.choice(WORDS) for _ in range(source.randint(6, 14))]
    return f"The {' '.join(words)} was {source.randint(2, 990)} in {source.randint(1990, 2026)}."
