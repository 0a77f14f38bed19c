import contextlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rag.errors import LibraryProblem, PhialError
from rag.extract import DocumentInfo, PageText
from rag.extract.images import ImageDocument
from rag.extract.readers.image import read
from tests.rag.extract.making import written

LEFT_BLACK = np.repeat(np.array([[0, 255]], dtype=np.uint8), 20, axis=1).repeat(30, axis=0)
"""40 by 30 pixels, the left half black."""


def first_page(path: Path) -> PageText:
    with contextlib.closing(ImageDocument(path)) as document:
        return document.page(1)


def greys(path: Path, scale: float | None = None, page: int = 1) -> np.ndarray:
    """A page of an image as grey levels."""
    with contextlib.closing(ImageDocument(path)) as document:
        return np.asarray(document.draw(page, scale, 10**6).image.convert("L"))


def is_left_black(picture: np.ndarray) -> bool:
    half = picture.shape[1] // 2
    return float(picture[:, : half - 1].mean()) < 40 and float(picture[:, half + 1 :].mean()) > 215


def image(mode: str) -> Image.Image:
    black_left = Image.fromarray(LEFT_BLACK)
    if mode == "I;16":
        return Image.fromarray(LEFT_BLACK.astype(np.uint16) * 257)
    if mode == "F":
        return Image.fromarray(LEFT_BLACK.astype(np.float32) / 255)
    if mode == "RGBA":  # black everywhere; what is right of the middle can be seen through
        clear = Image.new("RGBA", black_left.size, (0, 0, 0, 255))
        clear.putalpha(black_left.point(lambda level: 255 - level))
        return clear
    return black_left.convert(mode)


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "L"), ("a.png", "1"), ("a.png", "P"), ("a.png", "I;16"), ("a.png", "RGBA"), ("a.png", "LA"),
        ("a.jpg", "RGB"), ("a.jpg", "CMYK"), ("a.tif", "I;16"), ("a.tif", "F"), ("a.tif", "1"), ("a.webp", "RGBA"),
    ],
)  # fmt: skip
def test_every_kind_of_pixels_is_seen_as_a_person_sees_it(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    image(mode).save(path)
    assert is_left_black(greys(path))


def test_a_page_is_as_large_as_the_image_says_within_reason(tmp_path: Path) -> None:
    sizes = {}
    for dpi in (None, 144, 4, 100_000):
        path = tmp_path / f"{dpi}.png"
        options = {} if dpi is None else {"dpi": (dpi, dpi)}
        Image.new("L", (288, 576)).save(path, **options)
        page = first_page(path)
        sizes[dpi] = (round(page.width), round(page.height))
    assert sizes == {None: (216, 432), 144: (144, 288), 4: (216, 432), 100_000: (216, 432)}
    Image.new("L", (20_000, 10), 255).save(tmp_path / "long.png", dpi=(40, 40))
    assert first_page(tmp_path / "long.png").width == pytest.approx(14_400)


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    fax = tmp_path / "fax.tif"
    Image.new("1", (204, 98), 1).save(fax, dpi=(204, 98))
    page = first_page(fax)
    assert (round(page.width), round(page.height)) == (72, 72)
    assert greys(fax).shape == (204, 204)


def test_an_image_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # its upper edge is the picture's right one
    path = tmp_path / "photo.jpg"
    Image.fromarray(np.rot90(LEFT_BLACK, 1)).save(path, exif=exif, dpi=(72, 72))
    page = first_page(path)
    assert (page.width, page.height) == (40, 30)
    assert is_left_black(greys(path))
    assert greys(path, scale=2.0).shape == (60, 80)


def test_each_frame_of_a_tiff_is_a_page_and_of_an_animation_the_first_alone(tmp_path: Path) -> None:
    frames = [Image.new("L", (40 * number, 30), 50 * number) for number in (1, 2, 3)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], dpi=(72, 72))
    info, *pages = read(tmp_path / "a.tif", 1, "")
    assert info == DocumentInfo("image", "a", 3)
    read_pages = [page for page in pages if isinstance(page, PageText)]
    assert [(page.number, page.width, page.waits, page.text) for page in read_pages] == [
        (1, 40, True, ""),
        (2, 80, True, ""),
        (3, 120, True, ""),
    ]
    assert [greys(tmp_path / "a.tif", page=number).mean() for number in (1, 2, 3)] == [50, 100, 150]
    assert [page.number for page in [*read(tmp_path / "a.tif", 3, "")][1:] if isinstance(page, PageText)] == [3]
    same = [frame.resize((40, 30)).convert("RGB") for frame in frames]
    same[0].save(tmp_path / "a.webp", save_all=True, append_images=same[1:], lossless=True)
    assert next(iter(read(tmp_path / "a.webp", 1, ""))) == DocumentInfo("image", "a", 1)
    assert greys(tmp_path / "a.webp").mean() == 50


def test_a_picture_is_no_larger_than_is_allowed(tmp_path: Path) -> None:
    Image.new("L", (4000, 1000)).save(tmp_path / "a.png", dpi=(72, 72))
    with contextlib.closing(ImageDocument(tmp_path / "a.png")) as document:
        painting = document.draw(1, None, 10_000)
    assert painting.image.size == (200, 50)
    assert (painting.width, painting.height) == pytest.approx((4000, 1000), abs=1)
    assert painting.as_picture(1).png.startswith(b"\x89PNG")


def raised(path: Path) -> PhialError:
    with pytest.raises(PhialError) as caught:
        greys(path)
    return caught.value


def test_files_that_are_no_image_say_so(tmp_path: Path) -> None:
    output = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(output, "PNG")
    cut_off = written(tmp_path, "cut.png", output.getvalue()[:5000])
    assert raised(cut_off).kind is LibraryProblem.IMAGE_BROKEN
    assert raised(written(tmp_path, "odd.png", b"\x89PNG\r\n\x1a\n" + b"odd" * 50)).kind is LibraryProblem.IMAGE_BROKEN
    assert raised(tmp_path / "none.png").kind is LibraryProblem.PATH_MISSING
    # Pillow would start a program for it.
    postscript = written(tmp_path, "a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EOF\n")
    assert raised(postscript).kind is LibraryProblem.IMAGE_BROKEN


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("1", (3_000, 1_500)).save(tmp_path / "bomb.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 2_000_000)
    error = raised(tmp_path / "bomb.png")
    assert error.kind is LibraryProblem.IMAGE_TOO_LARGE
    assert error.parameters["megapixels"] == 4


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    Image.new("1", (10, 10)).save(tmp_path / "a.png")
    with pytest.raises(PhialError) as caught:
        greys(tmp_path / "a.png", page=2)
    assert caught.value.kind is LibraryProblem.PAGE_MISSING
