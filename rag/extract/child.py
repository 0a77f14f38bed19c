"""The parser process: meets hostile files with limits, reads and paints what its parent asks for, ends with it."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from engine.frames import FrameError, Message
from engine.links import Link, LinkClosed, parent_link
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract.bounds import Bounds
from rag.extract.confinement import allow_seconds, confine
from rag.extract.messages import (
    CODEC,
    Failed,
    Finished,
    ListOutline,
    Opened,
    OutlineListed,
    PageRead,
    Painted,
    PaintPage,
    ReadDocument,
    RecognizePage,
    TryPasswords,
)  # fmt: skip
from rag.extract.opened import LastOpened
from rag.extract.process_limits import Limits
from rag.extract.readers import reader_of
from rag.extract.trying import try_passwords
from rag.pages import DocumentInfo

if TYPE_CHECKING:
    from rag.extract.ocr import TextReader


def main(arguments: list[str]) -> None:
    """Serve the parent at the link whose handle is ``arguments[0]``.

    ``arguments[1]`` are the limits, ``arguments[2]`` is the folder for scratch files, which the parent has made.
    """
    link, limits, scratch = parent_link(arguments[0], CODEC), Limits.from_argument(arguments[1]), arguments[2]
    confine(limits, scratch)
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(link, requests, scratch), daemon=True).start()
    pages = _Pages()
    with contextlib.suppress(LinkClosed):
        while True:
            request = requests.get()
            allow_seconds(limits)
            try:
                if isinstance(request, ReadDocument):
                    _read(link, request, Bounds(limits, request.path))
                elif isinstance(request, PaintPage):
                    link.send(pages.paint(request))
                elif isinstance(request, ListOutline):
                    link.send(pages.outline(request))
                elif isinstance(request, RecognizePage):
                    link.send(pages.recognize(request, Bounds(limits, request.path)))
                elif isinstance(request, TryPasswords):
                    link.send(try_passwords(request))
            except MemoryError:
                link.send(Failed(Problem(LibraryProblem.PARSER_OUT_OF_MEMORY)))
            except PhialError as error:
                link.send(Failed(problem_of(error)))
            except LinkClosed:
                raise
            except Exception as error:
                # A hole in a reader. Where it is may be told; what the exception says may be text of the document.
                link.send(Failed(Problem(LibraryProblem.PARSER_DIED, details=_place_of(error))))


def _listen(link: Link, requests: queue.SimpleQueue[Message], scratch: str) -> None:
    """Pass requests on; when the parent is gone, end at once, though the main thread be deep in native code."""
    while True:
        try:
            requests.put(link.receive())
        except (LinkClosed, FrameError):
            shutil.rmtree(scratch, ignore_errors=True)
            os._exit(0)


def _place_of(error: Exception) -> str:
    *_, frame = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"


def _read(link: Link, request: ReadDocument, bounds: Bounds) -> None:
    read = reader_of(request.format, is_alone=request.is_alone)
    for item in read(Path(request.path), request.first_page, request.password):
        if isinstance(item, DocumentInfo):
            bounds.check_pages(item.pages)
            link.send(Opened(item.format, item.title, item.pages, item.dated))
        else:
            link.send(PageRead.of(bounds.taken(item)))
    link.send(Finished())


class _Pages:
    """Paints pages, and reads by OCR those whose text is on pictures; what that takes is loaded once."""

    def __init__(self) -> None:
        self._opened = LastOpened()
        self._reader: TextReader | None = None

    def paint(self, request: PaintPage) -> Message:
        document = self._opened.get(Path(request.path), request.format, request.password)
        picture = document.draw(request.page, request.scale, request.most_pixels).as_picture(document.pages)
        return Painted(picture.png, picture.width, picture.height, picture.pages)

    def outline(self, request: ListOutline) -> Message:
        document = self._opened.get(Path(request.path), request.format, request.password)
        return OutlineListed(document.outline(request.most))

    def recognize(self, request: RecognizePage, bounds: Bounds) -> Message:
        from rag.extract.ocr import TextReader
        from rag.extract.ocr_page import recognized_page

        document = self._opened.get(Path(request.path), request.format, request.password)
        if self._reader is None:
            self._reader = TextReader(request.threads)
        return PageRead.of(bounds.taken(recognized_page(document, request.page, self._reader)))


if __name__ == "__main__":
    main(sys.argv[1:])
