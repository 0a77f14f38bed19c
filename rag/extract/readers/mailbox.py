"""MBOX (RFC 4155 and its relatives): a message is a page, with what is attached to it below.

Its messages are found first and read one by one, so that a mailbox of gigabytes takes no more memory than its largest
message, and a message that ends its parser costs itself alone. Not by the mailbox module: that opens the file for
writing, and reads it line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract.archives import broken, damage_is_said
from rag.extract.attachments import pages_of_attachments
from rag.extract.blocks import laid_out, one_line
from rag.extract.limits import MOST_BYTES, MOST_MESSAGE_CHARACTERS
from rag.extract.mail import mail_text
from rag.page_forms import PageForm
from rag.pages import DocumentInfo, Heading, PageText

_BLOCK = 2**20
LONGEST_FROM_LINE = 1_000
_LOOKED_BACK = 3
"""Bytes of the empty line before it."""
_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,998}\n(?=[!-9;-~]+:|>From )")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
"""A line that begins with "From " is written with a sign before it, and one more for each it had (mboxrd)."""


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The messages of a mailbox. Raises PhialError: FILE_BROKEN, PATH_…."""
    with damage_is_said(path), path.open("rb") as file:
        starts = list(message_starts(file))
        if not starts:
            raise broken(path)
        yield DocumentInfo("mbox", path.stem, len(starts))
        ends = [*starts[1:], file.seek(0, 2)]
        for number in range(first_page, len(starts) + 1):
            file.seek(starts[number - 1])
            size = ends[number - 1] - starts[number - 1]
            if size > MOST_BYTES["eml"]:
                error = PhialError(LibraryProblem.FILE_TOO_LARGE, path=str(path), bytes=size, limit=MOST_BYTES["eml"])
                yield _page(number, "", "", (), problem_of(error))
            else:
                yield _message(number, file.read(size), path)


def message_starts(file: BinaryIO) -> Iterator[int]:
    """Where messages begin: at the line "From ...", which stands behind an empty line and before a header."""
    begin, kept, last = 0, b"", -1
    while True:
        block = file.read(_BLOCK)
        content = kept + block
        for found in _START.finditer(content):
            start = begin + found.start()
            # What begins within the last bytes may be cut off here: it is found whole in the next round. And the very
            # beginning of a later round is the middle of the file, which was looked at in the round before.
            is_whole = not block or found.start() < len(content) - LONGEST_FROM_LINE
            if is_whole and start > last and (found.start() or not begin):
                yield start
                last = start
        if not block:
            return
        cut = max(0, len(content) - LONGEST_FROM_LINE - _LOOKED_BACK)
        begin, kept = begin + cut, content[cut:]


def _message(number: int, content: bytes, path: Path) -> PageText:
    try:
        _, _, content = content.partition(b"\n")
        mail = mail_text(_QUOTED_FROM.sub(rb"\1", content), path)
        text, headings = laid_out(mail.blocks)
        pieces, length = [text], len(text)
        problem: Problem | None = None
        for page in pages_of_attachments(mail.attachments):
            problem = problem or page.problem
            begin = length + 2 if length else 0
            headings += tuple(Heading(begin + one.start, one.level + 1, one.text) for one in page.headings)
            pieces.append(page.text)
            length = begin + len(page.text) if page.text else length
            if length > MOST_MESSAGE_CHARACTERS:
                break
        text = "\n\n".join(piece for piece in pieces if piece)
        return _page(number, mail.subject, text, headings, problem)
    except PhialError as error:
        return _page(number, "", "", (), problem_of(error))
    except MemoryError:
        raise
    except Exception as error:
        return _page(number, "", "", (), problem_of(broken(path, error)))


def _page(number: int, label: str, text: str, headings: tuple[Heading, ...], problem: Problem | None) -> PageText:
    if len(text) > MOST_MESSAGE_CHARACTERS:
        text = text[:MOST_MESSAGE_CHARACTERS]
        headings = tuple(heading for heading in headings if heading.start < len(text))
        parameters: dict[str, str | int | float] = {"path": label, "page": number, "characters": len(text)}
        problem = Problem(LibraryProblem.PAGE_TOO_LONG.value, parameters)
    return PageText(
        number, one_line(label), text, (), 0.0, 0.0, headings, problem, has_pictures=False, form=PageForm.MARKDOWN
    )
