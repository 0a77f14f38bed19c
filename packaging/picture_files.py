"""Where a picture lies, how it gets small, and when the one that lies there already may stay."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image, ImageChops, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"

APPEARANCES = ("light", "dark")
LANGUAGES = ("en", "fr", "it")
SCALES = (100, 200)
"""Per cent."""

COLOURS = {100: 48, 200: 16}
"""Of a picture at each scale: at twice the size an edge has pixels enough to look smooth with fewer shades."""

SHADES = 40
"""Of 255: two choices of few colours differ by less on the same picture; a letter differs from its ground by more."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels of the picture."""


@dataclasses.dataclass(frozen=True)
class Variant:
    """One of the ways in which every screen is taken."""

    language: str
    scale: int
    appearance: str

    def path(self, screen: str, folder: Path = FOLDER) -> Path:
        """Where its picture of ``screen`` lies: what the pages of the repository show lies on top."""
        if (self.language, self.scale) != ("en", 100):
            folder = folder / self.language / str(self.scale)
        return folder / f"{screen}-{self.appearance}.png"


def keep(picture: Image.Image, path: Path, scale: int, varying: Iterable[Box] = ()) -> bool:
    """Write ``picture`` to ``path`` with few colours; whether it differs from what lay there.

    What differs in ``varying`` alone (seconds, speeds, the time of the day: no run has those of another) does not
    count, and the former file stays: a change of the pictures in the repository is a change of what a person sees.
    """
    small = with_few_colours(picture.convert("RGB"), COLOURS[scale])
    if path.exists():
        with Image.open(path) as former:
            if _is_same(former.convert("RGB"), small.convert("RGB"), tuple(varying)):
                return False
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
    return True


def with_few_colours(picture: Image.Image, colours: int) -> Image.Image:
    """``picture`` (RGB) in ``colours`` colours, of which half are the most frequent as they are.

    A window is flat grounds and two inks: these must stay what they are, however many greys a page on it has. Pillow
    maps to a palette by cells of four shades, which would take a ground for its neighbour.
    """
    red, green, blue = (np.asarray(band).astype(np.int64) for band in picture.split())
    packed, places, counts = np.unique(red << 16 | green << 8 | blue, return_inverse=True, return_counts=True)
    seen = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1)
    exact = seen[np.argsort(-counts, kind="stable")[: colours // 2]]
    others = picture.quantize(colours - len(exact), method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = np.concatenate([exact, np.reshape(others, (-1, 3))])
    distances = np.square(seen[:, np.newaxis, :] - palette[np.newaxis, :, :]).sum(axis=2)
    indices = distances.argmin(axis=1).astype(np.uint8)[places.reshape(-1)]
    small = Image.fromarray(indices.reshape(picture.height, picture.width), "P")
    small.putpalette(palette.astype(np.uint8).tobytes())
    return small


def _is_same(one: Image.Image, other: Image.Image, varying: tuple[Box, ...]) -> bool:
    """Whether they differ in ``varying`` alone, or by shades that the choice of a few colours makes of the same."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one, other).convert("L")
    painter = ImageDraw.Draw(difference)
    for box in varying:
        painter.rectangle(box, fill=0)
    _, most = cast("tuple[int, int]", difference.getextrema())
    return most < SHADES
