"""The program's own icon, painted in any size from the line drawing of the window: what installers and desktops show.

The drawing alone has the colour of a text: it would be lost on a dark taskbar, or on a light one. Here it stands in
white on a tile of the program's teal, with the corners that its cards have.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.theme import LIGHT
from engine.paths import assets

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
"""Pixels: what Windows shows at 100 to 250 %, and the largest that it takes."""

_CORNER = 0.22
"""The radius of a corner, by the tile's side."""
_MARGIN = 0.15
"""What is left free around the drawing, by the tile's side."""


def painted(pixels: int) -> QImage:
    """The icon as a square of ``pixels``, on nothing. Small ones get less margin: a pixel counts there."""
    image = QImage(pixels, pixels, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.teal))
    painter.drawRoundedRect(QRectF(image.rect()), pixels * _CORNER, pixels * _CORNER)
    margin = pixels * (_MARGIN if pixels > 24 else _MARGIN / 2)
    line = (assets() / "icons" / "phial.svg").read_text(encoding="utf-8").replace("currentColor", LIGHT.on_teal)
    QSvgRenderer(QByteArray(line.encode())).render(
        painter, QRectF(image.rect()).adjusted(margin, margin, -margin, -margin)
    )
    painter.end()
    return image


def picture(pixels: int) -> Image.Image:
    """The icon as a picture of Pillow, RGBA."""
    image = painted(pixels)
    return Image.frombytes("RGBA", (pixels, pixels), bytes(image.constBits()))


def write_png(path: Path, pixels: int) -> None:
    """Write the icon as a PNG of ``pixels`` by ``pixels``. Raises OSError."""
    picture(pixels).save(path, "PNG")


def write_ico(path: Path) -> None:
    """Write the icon for Windows, each size painted by itself. Raises OSError."""
    pictures = [picture(pixels) for pixels in ICO_SIZES]
    pictures[-1].save(
        path, "ICO", sizes=[(pixels, pixels) for pixels in ICO_SIZES], append_images=pictures[:-1], bitmap_format="bmp"
    )


def write_side(path: Path, size: tuple[int, int]) -> None:
    """Write a BMP of ``size`` (width, height) in the program's teal with its drawing: an installer's side. OSError."""
    width, height = size
    ground = Image.new("RGB", size, LIGHT.teal)
    tile = picture(width * 2 // 3)
    ground.paste(tile, ((width - tile.width) // 2, height // 5), tile)
    ground.save(path, "BMP")


if __name__ == "__main__":
    write_ico(Path(sys.argv[1])) if sys.argv[1].endswith(".ico") else write_png(Path(sys.argv[1]), int(sys.argv[2]))
