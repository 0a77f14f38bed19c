"""The program's icon: the same drawing in each size, on a ground of its own."""

from __future__ import annotations

from pathlib import Path

import app_icon
import pytest
from PIL import Image

from desktop.theme import LIGHT


@pytest.mark.parametrize("pixels", [16, 48, 256])
def test_the_drawing_stands_in_white_on_a_tile_whose_corners_are_free(pixels: int) -> None:
    picture = app_icon.picture(pixels)
    assert picture.size == (pixels, pixels)
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    red, green, blue = (int(LIGHT.teal[at : at + 2], 16) for at in (1, 3, 5))
    assert picture.getpixel((pixels // 2, 1)) == (red, green, blue, 255)
    assert picture.convert("L").getextrema()[1] > 200  # the line is there, also in the smallest


def test_the_icon_for_windows_holds_every_size_painted_by_itself(tmp_path: Path) -> None:
    app_icon.write_ico(tmp_path / "phial.ico")
    with Image.open(tmp_path / "phial.ico") as icon:
        assert icon.info["sizes"] == {(pixels, pixels) for pixels in app_icon.ICO_SIZES}
        for pixels in (16, 256):
            icon.size = (pixels, pixels)
            assert icon.convert("RGBA").tobytes() == app_icon.picture(pixels).tobytes()


def test_an_installers_side_shows_the_drawing_on_the_same_ground(tmp_path: Path) -> None:
    app_icon.write_side(tmp_path / "side.bmp", (328, 628))
    with Image.open(tmp_path / "side.bmp") as side:
        assert (side.size, side.mode, side.format) == ((328, 628), "RGB", "BMP")
        assert side.getpixel((0, 627)) == tuple(int(LIGHT.teal[at : at + 2], 16) for at in (1, 3, 5))
        assert side.convert("L").getextrema()[1] > 200


def test_a_png_is_written_in_the_size_that_is_asked_for(tmp_path: Path) -> None:
    app_icon.write_png(tmp_path / "phial.png", 64)
    with Image.open(tmp_path / "phial.png") as written:
        assert written.size == (64, 64)
        assert written.format == "PNG"
