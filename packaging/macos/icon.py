"""The icon that the Dock shows: the program's own, on the grid of macOS, as an .icns that is written anywhere.

https://developer.apple.com/design/human-interface-guidelines/app-icons
"""

from __future__ import annotations

from pathlib import Path

import app_icon
from PIL import Image

SIZES = (1024, 512, 256, 128, 64, 32)
"""Pixels: 512 to 16 points, each also for screens of twice as many; Pillow writes those that an .icns has room for."""

TILE = 824 / 1024
"""The tile's side by the icon's: around it the system lays the shadow, and other icons' tiles stand as wide."""


def picture(pixels: int) -> Image.Image:
    """The icon as a square of ``pixels``, with the margin of the grid."""
    tile = app_icon.picture(round(pixels * TILE))
    whole = Image.new("RGBA", (pixels, pixels))
    place = (pixels - tile.width) // 2
    whole.paste(tile, (place, place))
    return whole


def write_icns(path: Path) -> None:
    """Write the icon in every size. Raises OSError."""
    largest, *smaller = (picture(pixels) for pixels in SIZES)
    largest.save(path, "ICNS", append_images=smaller)
