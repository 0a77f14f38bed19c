"""Pages as pictures, by PDFium and Pillow. In a parser process only."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

from PIL import Image

from rag.pages import Picture

READABLE_SCALE = 200 / 72
"""Pixels a point at which print is read well by OCR: 200 a inch."""
READABLE_SIDE = 2000
"""Pixels that the longer side of a page has at least when it is read: one that says it is tiny holds a scan too."""


@dataclass(frozen=True)
class Painting:
    """A page as it is shown, RGB; ``width`` and ``height`` of the page in points."""

    image: Image.Image
    width: float
    height: float

    def as_picture(self, pages: int) -> Picture:
        """The same as a PNG, with the number of ``pages`` of its document."""
        output = io.BytesIO()
        # Of zlib's levels the first: a third of the time of the default, for pictures that live for a moment.
        self.image.save(output, "PNG", compress_level=1)
        return Picture(output.getvalue(), self.width, self.height, pages)


def paint(page: Any, scale: float | None, most_pixels: int) -> Painting:
    """A page of a PDF, annotations included, on white.

    ``scale`` is pixels a point (None: at which it is best read); it is lessened so that the picture has at most
    ``most_pixels``.
    """
    width, height = page.get_size()
    if scale is None:
        scale = max(READABLE_SCALE, READABLE_SIDE / max(width, height, 1.0))
    area = max(width, 1.0) * max(height, 1.0)
    bitmap = page.render(scale=min(scale, math.sqrt(most_pixels / area)), fill_color=(255, 255, 255, 255))
    try:
        return Painting(bitmap.to_pil().convert("RGB"), width, height)
    finally:
        bitmap.close()
