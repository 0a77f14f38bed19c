"""How well and how fast scans are read: pages of real PDFs are painted, made noisy, turned, and read by OCR again.

Usage: scans.py FOLDER [PAGES]: PDFs whose text is known, and how many of their pages to take (default 8). Printed for
each kind of scan: the part of the letters that are read right, the part of the words whose box lies on the true one
(intersection over union of a half or more), OCR's own confidence, and seconds a page. Then sentences with the accents
of five languages, letter by letter.
"""

from __future__ import annotations

import difflib
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import report
from fpdf import FPDF
from PIL import Image, ImageFilter

from rag.extract import PageRecognizer, PageText, Word, read_document
from rag.protocol import Box

PIXELS_AN_INCH = 200
LEAST_CHARACTERS, MOST_CHARACTERS = 600, 4000

KINDS: dict[str, tuple[float, int, float]] = {
    # degrees askew, degrees turned, noise in grey levels
    "level": (0.0, 0, 6.0),
    "askew by 2.5°": (2.5, 0, 6.0),
    "askew by -3°, noisy": (-3.0, 0, 25.0),
    "turned by 90°, askew by 1°": (1.0, 90, 6.0),
    "upside down": (0.0, 180, 6.0),
}

SENTENCES = {
    "French": "Où est le bœuf ? L’été dernier, à Nîmes, un élève naïf a reçu ça : « déjà vu », façon Noël.",
    "Italian": "Perché è già così? La città più bella, ciò che verrà, l’università: né più, né meno. È vero.",
    "German": "Größe, Maß und Übermut: fünf süße Äpfel für die Öffnung der Straße in Köln, gemäß § 5.",
    "Spanish": "¿Cómo está el señor Núñez? Mañana llegará el pingüino a la región más fría de España.",
    "Polish": "Zażółć gęślą jaźń: źdźbło trawy, łąka i Łódź, człowiek, święto, książka, ćma.",
}


@dataclass(frozen=True)
class Truth:
    """A page whose text is known, and its file."""

    path: Path
    page: PageText


def main(folder: Path, pages: int) -> None:
    """Read the scans of up to ``pages`` pages of the PDFs in ``folder``, and print what came of them."""
    truths = list(known_pages(folder, pages))
    recognizer = PageRecognizer()
    rows, results = [], {}
    with tempfile.TemporaryDirectory() as place:
        scan = Path(place) / "scan.png"
        for name, (askew, turned, noise) in KINDS.items():
            letters, words, confidences, seconds = [], [], [], []
            for truth in truths:
                painted(truth, askew, turned, noise).save(scan, dpi=(PIXELS_AN_INCH, PIXELS_AN_INCH))
                begun = time.monotonic()
                read = recognizer.recognize(scan, "image", 1, "", lambda: False)
                seconds.append(time.monotonic() - begun)
                assert read is not None
                letters.append(likeness(truth.page.text, read.text))
                words.append(boxes_right(truth.page, read, askew, turned))
                confidences.append(read.confidence)
            result = {
                "letters": statistics.mean(letters), "boxes": statistics.mean(words),
                "confidence": statistics.mean(confidences), "seconds_a_page": statistics.median(seconds),
            }  # fmt: skip
            results[name] = {key: round(value, 4) for key, value in result.items()}
            rows.append((name, *(f"{value:.3f}" for value in result.values())))
        languages = {}
        for language, sentence in SENTENCES.items():
            typed(sentence).save(scan, dpi=(PIXELS_AN_INCH, PIXELS_AN_INCH))
            read = recognizer.recognize(scan, "image", 1, "", lambda: False)
            assert read is not None
            languages[language] = (likeness(sentence, read.text), read.text.replace("\n", " "))
    recognizer.close()
    report.show(
        f"Scans of {len(truths)} pages at {PIXELS_AN_INCH} pixels an inch",
        ("scan", "letters right", "boxes right", "confidence", "seconds a page"), rows,
    )  # fmt: skip
    report.show(
        "Accents", ("language", "letters right", "as it was read"),
        [(language, f"{right:.3f}", text) for language, (right, text) in languages.items()],
    )  # fmt: skip
    accents = {language: round(right, 4) for language, (right, _) in languages.items()}
    report.write("scans", {"pages": len(truths), "scans": results, "accents": accents})


def known_pages(folder: Path, count: int) -> Iterator[Truth]:
    """Pages of running text, one or two of each PDF."""
    for path in sorted(folder.rglob("*.pdf")):
        taken = 0
        for page in read_document(path, lambda: False):
            if count == 0 or taken == 2:
                break
            if isinstance(page, PageText) and LEAST_CHARACTERS <= len(page.text) <= MOST_CHARACTERS and page.number > 1:
                yield Truth(path, page)
                taken, count = taken + 1, count - 1


def painted(truth: Truth, askew: float, turned: int, noise: float) -> Image.Image:
    """A page as a scanner would see it."""
    document = pypdfium2.PdfDocument(truth.path)
    image = document[truth.page.number - 1].render(scale=PIXELS_AN_INCH / 72).to_pil().convert("L")
    document.close()
    image = image.rotate(-askew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6))).astype(np.float32) * 0.85 + 25
    grey += np.random.default_rng(0).normal(0, noise, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).rotate(turned, expand=True)


def typed(sentence: str) -> Image.Image:
    """A sentence in print, in lines of some words."""
    sheet = FPDF(unit="pt", format=(420, 120))
    sheet.set_auto_page_break(False)
    sheet.add_page()
    sheet.add_font("print", fname=str(font()))
    sheet.set_font("print", size=12)
    sheet.multi_cell(360, 18, sentence)
    picture: Image.Image = pypdfium2.PdfDocument(bytes(sheet.output()))[0].render(scale=PIXELS_AN_INCH / 72).to_pil()
    return picture


def font() -> Path:
    """A font with the letters of all of Europe."""
    places = [Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts")]
    names = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "LiberationSerif-Regular.ttf", "Arial.ttf", "arial.ttf")
    for name in names:
        for place in places:
            if found := next(place.rglob(name), None):
                return found
    raise SystemExit("no font with the letters of all of Europe was found")


def likeness(one: str, other: str) -> float:
    """The part of the letters and figures of both texts that stand in both, in order."""
    first, second = ("".join(filter(str.isalnum, text)) for text in (one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def boxes_right(truth: PageText, read: PageText, askew: float, turned: int) -> float:
    """The part of the words that both have whose boxes lie on each other by half or more."""
    first, second = ([page.text[word.start : word.end] for word in page.words] for page in (truth, read))
    right = total = 0
    for one, other, length in difflib.SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        for offset in range(length):
            true = moved(truth.words[one + offset], truth, askew, turned)
            right += overlap(true, read.words[other + offset].box) >= 0.5
            total += 1
    return right / max(total, 1)


def moved(word: Word, page: PageText, askew: float, turned: int) -> Box:
    """Where the middle of a word comes to lie when its page is turned, and its size there."""
    left, top, right, bottom = word.box
    x, y = (left + right) / 2 - page.width / 2, (top + bottom) / 2 - page.height / 2
    angle = math.radians(askew)
    x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    width, height, across, down = right - left, bottom - top, page.width, page.height
    for _ in range(turned // 90):
        x, y, width, height, across, down = y, -x, height, width, down, across
    return (
        x - width / 2 + across / 2,
        y - height / 2 + down / 2,
        x + width / 2 + across / 2,
        y + height / 2 + down / 2,
    )


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share, as part of the area that they cover together."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(width, 0.0) * max(height, 0.0)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / max(areas - shared, 1e-9)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 8)
