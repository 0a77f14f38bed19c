"""What a document may cost: the figures that a parser process and its parent hold it to."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Limits:
    """What a document may cost. Seconds are those spent waiting for the parser; sizes are bytes."""

    opening_seconds: float = 60.0
    """For starting a parser and opening the document, each time that is done."""
    page_seconds: float = 30.0
    document_seconds: float = 3600.0
    memory: int = 2 * 2**30
    file_bytes: int = 8 * 2**30
    """The file itself; most formats are held to less (see rag.extract.limits)."""
    picture_pixels: int = 40_000_000
    pages: int = 200_000
    """Pages (messages, parts ...) of one document: a mailbox of many years has so many, a book never."""
    page_characters: int = 8_000_000
    """Text of one page; what goes beyond is cut off, and the page says so. With this many words and headings it still
    fits a frame (see engine.frames.LARGEST_FRAME), whatever its script."""
    page_words: int = 300_000
    page_headings: int = 5_000
    document_characters: int = 500_000_000
    """Text of all pages together: some 200,000 printed pages."""
    scratch_bytes: int = 256 * 2**20
    """A file that the parser may write, in a folder of its own that is deleted after it."""
    open_files: int = 128

    def as_argument(self) -> str:
        """The limits as one argument of a command line."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_argument(cls, argument: str) -> Self:
        """The limits that ``as_argument`` put into ``argument``."""
        return cls(**json.loads(argument))


USUAL_LIMITS = Limits()
