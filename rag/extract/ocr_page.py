"""A page whose text is on a picture: painted, read by OCR, laid out. In a parser process only."""

from __future__ import annotations

import numpy as np

from rag.extract.headings import type_sizes
from rag.extract.layout import lay_out
from rag.extract.ocr import TextReader
from rag.extract.ocr_lines import Frame, askew, confidence_of, page_lines
from rag.extract.opened import Paintable
from rag.pages import PageText, Word

MOST_PIXELS = 12_000_000
"""Of the picture that is read: an A4 page at 370 pixels an inch, an A3 page at 260."""


def recognized_page(document: Paintable, number: int, reader: TextReader) -> PageText:
    """The page with this number (from 1), with what ``reader`` reads on it; without any text it is empty.

    Raises PhialError where the page can't be painted.
    """
    painting = document.draw(number, None, MOST_PIXELS)
    image = painting.image
    turns, lines = reader.read(np.asarray(image))
    frame = Frame(image.width, image.height, turns, askew(lines), painting.width / image.width)
    of_page = page_lines(lines, frame)
    layout = lay_out(of_page, None, type_sizes(of_page))
    words = tuple(Word(word.start, word.end, frame.shown(word.box)) for word in layout.words)
    confidence = confidence_of(lines) if words else -1.0
    return PageText(
        number, "", layout.text, words, painting.width, painting.height, layout.headings, None, has_pictures=True,
        confidence=confidence,
    )  # fmt: skip
