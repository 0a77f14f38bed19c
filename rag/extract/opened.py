"""Documents whose pages are painted: opened once, while page after page of them is asked for. In a parser process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rag.extract.formats import PDF, path_problem

if TYPE_CHECKING:
    from rag.extract.pictures import Painting


class Paintable(Protocol):
    """An open document whose pages can be painted."""

    pages: int

    def draw(self, number: int, scale: float | None, most_pixels: int) -> Painting:
        """A page at ``scale`` pixels a point (None: at which it is best read), with at most ``most_pixels``."""

    def outline(self, most: int) -> tuple[tuple[str, int, int], ...]:
        """Title, level and page, both from 1, of each entry of its own outline, the ``most`` first."""

    def close(self) -> None:
        """Give the file back."""


class LastOpened:
    """Keeps the last document open: a reader turns pages."""

    def __init__(self) -> None:
        self._document: Paintable | None = None
        self._key: tuple[str, int, int] | None = None

    def get(self, path: Path, format_name: str, password: str) -> Paintable:
        """The document at ``path``. Raises PhialError for a file that can't be opened."""
        try:
            found = path.stat()
        except OSError as error:
            raise path_problem(path, error) from error
        key = (str(path), found.st_mtime_ns, found.st_size)
        if self._document is None or key != self._key:
            if self._document is not None:
                self._document.close()
            self._document = None
            self._document, self._key = _opened(path, format_name, password), key
        return self._document


def _opened(path: Path, format_name: str, password: str) -> Paintable:
    if format_name == PDF:
        from rag.extract.pdf import Document

        return Document(path, password)
    from rag.extract.images import ImageDocument

    return ImageDocument(path)
