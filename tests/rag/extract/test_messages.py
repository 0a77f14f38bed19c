from dataclasses import replace

import pytest

from engine.frames import FrameError
from rag.errors import LibraryProblem, Problem
from rag.extract import Heading, PageText, Word
from rag.extract.messages import CODEC, PageRead

PAGE = PageText(
    7, "vii", "Title\nwörds", (Word(0, 5, (1.5, 2.0, 3.0, 4.0)), Word(6, 11, (1.5, 5.0, 3.0, 6.0))), 612.0, 792.0,
    (Heading(0, 1, "Title"),), None, has_pictures=True,
)  # fmt: skip
FAILED = PageText(8, "", "", (), 0.0, 0.0, (), Problem(LibraryProblem.PAGE_FAILED, {"page": 8}), has_pictures=False)


@pytest.mark.parametrize("page", [PAGE, FAILED])
def test_a_page_travels_whole(page: PageText) -> None:
    message = CODEC.decode(CODEC.encode(PageRead.of(page)))
    assert isinstance(message, PageRead)
    assert message.page() == page


def test_damaged_words_are_no_message() -> None:
    frame = CODEC.encode(replace(PageRead.of(PAGE), words=b""))
    with pytest.raises(FrameError):
        CODEC.decode(frame.replace(b'"words":""', b'"words":"AAAA"'))
