"""The parser process: meets hostile files with limits, reads and paints what its parent asks for, ends with it."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from pathlib import Path

from engine.frames import FrameError, Message
from engine.links import Link, LinkClosed, parent_link
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract.formats import path_problem
from rag.extract.messages import CODEC, Failed, Finished, Opened, PageRead, Painted, PaintPage, ReadDocument
from rag.extract.readers import reader_of
from rag.pages import DocumentInfo


def main(arguments: list[str]) -> None:
    """Serve the parent at the link whose handle is ``arguments[0]``, within ``arguments[1]`` bytes of memory."""
    link = parent_link(arguments[0], CODEC)
    _limit_resources(int(arguments[1]))
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(link, requests), daemon=True).start()
    painter = _Painter()
    with contextlib.suppress(LinkClosed):
        while True:
            request = requests.get()
            try:
                if isinstance(request, ReadDocument):
                    _read(link, request)
                elif isinstance(request, PaintPage):
                    link.send(painter.paint(request))
            except MemoryError:
                link.send(Failed(Problem(LibraryProblem.PARSER_OUT_OF_MEMORY)))
            except PhialError as error:
                link.send(Failed(problem_of(error)))


def _listen(link: Link, requests: queue.SimpleQueue[Message]) -> None:
    """Pass requests on; when the parent is gone, end at once, though the main thread be deep in native code."""
    while True:
        try:
            requests.put(link.receive())
        except (LinkClosed, FrameError):
            os._exit(0)


def _limit_resources(memory: int) -> None:
    """A ceiling of address space, beyond which nothing is allotted (POSIX; elsewhere the parent's watch is all)."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS reserves more address space for itself than any sensible ceiling
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _read(link: Link, request: ReadDocument) -> None:
    for item in reader_of(request.format)(Path(request.path), request.first_page, request.password):
        if isinstance(item, DocumentInfo):
            link.send(Opened(item.format, item.title, item.pages))
        else:
            link.send(PageRead.of(item))
    link.send(Finished())


class _Painter:
    """Keeps the last document open: a reader turns pages."""

    def __init__(self) -> None:
        self._close = contextlib.ExitStack()
        self._key: tuple[str, int, int] | None = None

    def paint(self, request: PaintPage) -> Message:
        from rag.extract.pdf import Document

        path = Path(request.path)
        try:
            found = path.stat()
        except OSError as error:
            raise path_problem(path, error) from error
        key = (request.path, found.st_mtime_ns, found.st_size)
        if key != self._key:
            self._close.close()
            self._key = None
            self._document = Document(path, request.password)
            self._close.callback(self._document.close)
            self._key = key
        picture = self._document.paint(request.page, request.scale, request.most_pixels)
        return Painted(picture.png, picture.width, picture.height, picture.pages)


if __name__ == "__main__":
    main(sys.argv[1:])
