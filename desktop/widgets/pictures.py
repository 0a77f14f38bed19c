"""Pictures of pages: decoded beside the GUI thread, and kept as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.inbox import Inbox

ROOM = 12 * 2**20
"""Bytes of decoded pictures that are kept: some pages. All of the window is to stay below 200 MB."""

Key = tuple[str, int, float]
"""SHA-256 of the document, page, scale in pixels a point."""


class PictureCache(QObject):
    """``decoded`` carries the key of a picture that can be had now, ``broken`` one whose bytes are no picture."""

    decoded = Signal(object)
    broken = Signal(object)

    def __init__(self, room: int = ROOM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()
        # One of Python's: what Qt's own pool is given to run is kept for good by Python, with the bytes that it holds.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._inbox = Inbox(self)

    def get(self, key: Key) -> QImage | None:
        """The picture, if it is here."""
        if key in self._pictures:
            self._pictures.move_to_end(key)
        return self._pictures.get(key)

    def decode(self, key: Key, data: bytes) -> None:
        """Decode ``data`` (a PNG) in another thread."""
        self._thread.submit(_decode, data, self._inbox.promise(partial(self._keep, key)))

    def _keep(self, key: Key, picture: QImage) -> None:
        if picture.isNull():
            self.broken.emit(key)
            return
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while len(self._pictures) > 1 and sum(kept.sizeInBytes() for kept in self._pictures.values()) > self._room:
            self._pictures.popitem(last=False)
        self.decoded.emit(key)


def _decode(data: bytes, tell: Callable[[QImage], None]) -> None:
    """Decode a PNG into the format that paints fastest; in the thread that decodes."""
    # QImageReader, because QImage.fromData keeps Python's lock, and with it the window, for as long as it decodes.
    held = QBuffer()
    held.setData(data)
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    picture = QImageReader(held, QByteArray(b"png")).read()
    tell(picture.convertToFormat(QImage.Format.Format_RGB32))
