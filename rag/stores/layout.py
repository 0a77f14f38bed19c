"""The layout of a page as it lies in library.db: its words' boxes and its headings, packed small."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence

from rag.pages import Heading, Word

_WORD = struct.Struct("<IIffff")


def pack_layout(words: Sequence[Word], headings: Sequence[Heading]) -> bytes:
    """Words and headings as bytes. Boxes are kept in single precision: a ten-thousandth of a point and better."""
    boxes = b"".join(_WORD.pack(word.start, word.end, *word.box) for word in words)
    titles = json.dumps([[heading.start, heading.level, heading.text] for heading in headings]).encode()
    return zlib.compress(struct.pack("<I", len(boxes)) + boxes + titles, level=3)


def unpack_layout(packed: bytes, *, with_words: bool = True) -> tuple[tuple[Word, ...], tuple[Heading, ...]]:
    """What ``pack_layout`` packed; the headings alone where nobody needs the words, which are thousands."""
    data = zlib.decompress(packed)
    (length,) = struct.unpack_from("<I", data)
    words = tuple(
        Word(start, end, (left, top, right, bottom))
        for start, end, left, top, right, bottom in _WORD.iter_unpack(data[4 : 4 + (length if with_words else 0)])
    )
    headings = tuple(Heading(start, level, title) for start, level, title in json.loads(data[4 + length :]))
    return words, headings
