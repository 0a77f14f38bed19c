"""Images by Pillow: PNG, JPEG, TIFF, WebP. Their pages (several in a TIFF) are painted and wait for OCR."""

from __future__ import annotations

import contextlib
import math
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract.formats import path_problem
from rag.extract.pictures import Painting
from rag.pages import DocumentInfo, PageText

FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
"""Pillow's names of what it may open: its other readers meet few files, and one of them starts a program."""
USUAL_RESOLUTION = 96.0
"""Pixels an inch of an image that doesn't say."""
RESOLUTIONS = (30.0, 4800.0)
"""What an image says of itself is believed within these bounds."""
LONGEST_SIDE = 14_400.0
"""Points: as long as a side of a PDF's page can be (ISO 32000-1, Annex C)."""


class ImageDocument:
    """An open image; its pages are the frames of a TIFF, else the first frame alone."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``.

        Raises PhialError: IMAGE_BROKEN, IMAGE_TOO_LARGE, PATH_MISSING, PATH_UNREADABLE.
        """
        self.path = path
        with _problems_named(path):
            self._image = Image.open(path, formats=FORMATS)
            self.pages: int = getattr(self._image, "n_frames", 1) if self._image.format == "TIFF" else 1

    def outline(self, most: int) -> tuple[tuple[str, int, int], ...]:  # noqa: ARG002 - a Paintable's
        """None: a picture has no outline."""
        return ()

    def close(self) -> None:
        """Give the file back."""
        self._image.close()

    def info(self) -> DocumentInfo:
        """Format, the file's name as its title, number of pages."""
        return DocumentInfo("image", self.path.stem, self.pages)

    def page(self, number: int) -> PageText:
        """The page with this number (from 1): its size, no text yet."""
        try:
            width, height = self._size(number)
        except PhialError as error:
            problem = Problem(error.kind.value, dict(error.parameters), error.details)
            return PageText(number, "", "", (), 0.0, 0.0, (), problem, has_pictures=True)
        return PageText(number, "", "", (), width, height, (), None, has_pictures=True, waits=True)

    def draw(self, number: int, scale: float | None, most_pixels: int) -> Painting:
        """The page at ``scale`` pixels a point (None: its own), or less where that were more than ``most_pixels``.

        Raises PhialError: PAGE_MISSING, IMAGE_BROKEN, IMAGE_TOO_LARGE.
        """
        if not 1 <= number <= self.pages:
            raise PhialError(LibraryProblem.PAGE_MISSING, page=number, pages=self.pages)
        width, height = self._size(number)
        with _problems_named(self.path):
            upright = ImageOps.exif_transpose(self._image)
            own = max(upright.width / width, upright.height / height)
            factor = min(own if scale is None else scale, math.sqrt(most_pixels / (width * height)))
            size = (max(round(width * factor), 1), max(round(height * factor), 1))
            # Smaller first: what turning a picture into colours costs grows with its area.
            is_smaller = size[0] < upright.width and upright.mode not in {"1", "P", "PA"}
            colours = _on_white(upright.resize(size, _FILTER) if is_smaller else upright)
            return Painting(colours if colours.size == size else colours.resize(size, _FILTER), width, height)

    def _size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, as it is shown."""
        with _problems_named(self.path):
            self._image.seek(number - 1)
            across, down = _resolution(self._image)
            width, height = self._image.width * 72 / across, self._image.height * 72 / down
            if self._image.getexif().get(_ORIENTATION) in _SIDEWAYS:
                width, height = height, width
        factor = min(1.0, LONGEST_SIDE / max(width, height))
        return max(width * factor, 1.0), max(height * factor, 1.0)


_FILTER = Image.Resampling.BICUBIC
_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})
"""Values of EXIF's orientation with which width and height change places."""


@contextlib.contextmanager
def _problems_named(path: Path) -> Iterator[None]:
    """Turn what Pillow raises for a file into ours; its limit against decompression bombs stays on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of half that limit: there the memory of the process decides
            yield
    except (PhialError, MemoryError):
        raise
    except (FileNotFoundError, PermissionError) as error:
        raise path_problem(path, error) from error
    except Image.DecompressionBombError as error:
        limit = 2 * (Image.MAX_IMAGE_PIXELS or 0)
        raise PhialError(LibraryProblem.IMAGE_TOO_LARGE, path=str(path), megapixels=limit // 10**6) from error
    except Exception as error:  # whatever a damaged file makes Pillow's readers raise
        raise PhialError(LibraryProblem.IMAGE_BROKEN, details=type(error).__name__, path=str(path)) from error


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Pixels an inch, across and down."""
    said = image.info.get("dpi") or (0.0, 0.0)
    across, down = float(said[0]), float(said[1])
    if not all(RESOLUTIONS[0] <= one <= RESOLUTIONS[1] for one in (across, down)):
        return USUAL_RESOLUTION, USUAL_RESOLUTION
    return across, down


def _on_white(image: Image.Image) -> Image.Image:
    """The image in colours of eight bits, on white where it can be seen through."""
    if image.mode in {"I", "I;16", "I;16B", "I;16L", "I;16N", "F"}:
        image = _eight_bits(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep greys as eight bits: of 16 bits the upper ones; of floating point from its least to its greatest value."""
    values = np.asarray(image, dtype=np.float32)
    if image.mode == "F":
        least, greatest = float(np.nanmin(values)), float(np.nanmax(values))
        values = np.nan_to_num((values - least) * (255.0 / max(greatest - least, 1e-9)))
    else:
        values = values / 257.0
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
