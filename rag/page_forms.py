"""How a page is shown, and what came of it: of the protocol all that a parser loads, too, which is started often."""

from __future__ import annotations

from enum import StrEnum


class PageForm(StrEnum):
    """How a page is shown: as a picture of itself, or as text that is rendered or plain."""

    PICTURE = "picture"
    MARKDOWN = "markdown"
    TEXT = "text"


class PageState(StrEnum):
    """What came of a page. ``waiting``: OCR is still to read it; ``empty``: there is nothing on it to read.

    ``left_unread``: it is a scan, and a person did not want to wait for OCR.
    """

    TEXT = "text"
    OCR = "ocr"
    WAITING = "waiting"
    EMPTY = "empty"
    LEFT_UNREAD = "left_unread"
    FAILED = "failed"
