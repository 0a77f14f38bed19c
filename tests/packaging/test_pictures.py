"""The pictures: where they lie, what makes them small, and when the one that lies there stays."""

from __future__ import annotations

from pathlib import Path

import picture_files
import pictures
import pytest
from picture_files import LANGUAGES, SCALES, Variant, keep, with_few_colours
from PIL import Image, ImageDraw

TEAL, AMBER = (15, 118, 110), (252, 230, 179)


def window(*, figure: str = "1.2 s", name: str = "ferry.pdf") -> Image.Image:
    """A page of greys with a little of both inks, a name and a figure."""
    picture = Image.linear_gradient("L").resize((600, 300)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 200, 300), fill=(251, 251, 250))
    draw.rectangle((10, 40, 60, 60), fill=TEAL)
    draw.rectangle((10, 80, 60, 100), fill=AMBER)
    draw.text((10, 10), name, fill=0)
    draw.text((10, 200), figure, fill=0)
    return picture


FIGURE = (0, 195, 200, 220)


def test_what_the_pages_show_lies_on_top_and_the_rest_by_language_and_scale(tmp_path: Path) -> None:
    assert Variant("en", 100, "dark").path("main", tmp_path) == tmp_path / "main-dark.png"
    assert Variant("en", 200, "dark").path("main", tmp_path) == tmp_path / "en" / "200" / "main-dark.png"
    assert Variant("fr", 100, "light").path("main", tmp_path) == tmp_path / "fr" / "100" / "main-light.png"


@pytest.mark.parametrize("scale", SCALES)
def test_grounds_and_inks_stay_what_they_are_among_many_greys(scale: int) -> None:
    small = with_few_colours(window(), picture_files.COLOURS[scale]).convert("RGB")
    assert small.getpixel((20, 50)) == TEAL
    assert small.getpixel((20, 90)) == AMBER
    assert small.getpixel((150, 150)) == (251, 251, 250)
    assert len(small.getcolors() or []) <= picture_files.COLOURS[scale]


def test_a_picture_is_written_anew_where_something_else_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "fr" / "main-light.png"
    assert keep(window(), path, 100, [FIGURE])
    written = path.read_bytes()
    assert not keep(window(), path, 100, [FIGURE])
    assert not keep(window(figure="3.9 s"), path, 100, [FIGURE])
    assert path.read_bytes() == written
    assert keep(window(name="terry.pdf"), path, 100, [FIGURE])
    assert keep(window(figure="3.9 s", name="terry.pdf"), path, 100)


NAMES = [name for scene in pictures.SCENES for name in scene.names]


def test_no_two_screens_have_one_name() -> None:
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize(("language", "scale"), [(language, scale) for language in LANGUAGES for scale in SCALES])
def test_every_screen_is_there_in_every_way_that_was_taken(language: str, scale: int) -> None:
    ways = [Variant(language, scale, appearance) for appearance in picture_files.APPEARANCES]
    if (language, scale) == ("en", 100) or ways[0].path("main").parent.exists():
        missing = [path.name for name in NAMES for way in ways if not (path := way.path(name)).exists()]
        assert not missing, "take them: make pictures"


def test_nothing_lies_there_that_no_scene_takes() -> None:
    assert {path.stem.rpartition("-")[0] for path in picture_files.FOLDER.rglob("*.png")} <= set(NAMES)


def test_a_part_can_be_asked_for_and_what_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = pictures._parse(["--only", "main", "quick", "--language", "en", "--scale", "200"])
    assert (arguments.only, arguments.language, arguments.scale) == (["main", "quick"], ["en"], [200])
    with pytest.raises(SystemExit):
        pictures._parse(["--only", "nowhere"])
    assert "nowhere" in capsys.readouterr().err
