"""A page of a PDF as a picture, by PDFium and Pillow. In a parser process only."""

from __future__ import annotations

import io
import math
from typing import Any


def paint(page: Any, scale: float, most_pixels: int) -> bytes:
    """A PNG of ``page`` as it is shown, annotations included, on white.

    ``scale`` is pixels a point; it is lessened so that the picture has at most ``most_pixels``.
    """
    width, height = page.get_size()
    area = max(width, 1.0) * max(height, 1.0)
    bitmap = page.render(scale=min(scale, math.sqrt(most_pixels / area)), fill_color=(255, 255, 255, 255))
    try:
        picture = bitmap.to_pil()
        output = io.BytesIO()
        # Of zlib's levels the first: a third of the time of the default, for pictures that live for a moment.
        picture.convert("RGB").save(output, "PNG", compress_level=1)
    finally:
        bitmap.close()
    return output.getvalue()
