"""What is attached to a message or a PDF, read by the reader of its own format and given as pages of text.

An attachment is a place of its own in the document that holds it: its pages have its name as their label and their
first heading. What can't be read gives a page that says why, never an exception. Its bytes are written to a file whose
name is ours, in a folder that only this user can open and that is deleted again; its own name is never a path.
"""

from __future__ import annotations

import contextvars
import dataclasses
import itertools
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract.archives import broken
from rag.extract.blocks import LONGEST_HEADING, one_line
from rag.extract.formats import IMAGE, detect_format
from rag.extract.limits import (
    MOST_ATTACHMENT_BYTES,
    MOST_ATTACHMENT_DEPTH,
    MOST_ATTACHMENT_PAGES,
    MOST_ATTACHMENTS,
    MOST_BYTES,
)
from rag.extract.readers import reader_of
from rag.page_forms import PageForm
from rag.pages import DocumentInfo, Heading, PageText

_depth: contextvars.ContextVar[int] = contextvars.ContextVar("depth", default=0)
"""How many attachments the one that is being read stands in: a reader doesn't know that it reads an attachment."""


def pages_of_attachments(attachments: Iterable[tuple[str, bytes]], first_number: int = 1) -> Iterator[PageText]:
    """The pages of attachments (name, content), numbered from ``first_number`` on.

    Of too many, the rest is one page that says so.
    """
    number = first_number
    for index, (name, content) in enumerate(attachments):
        if index >= MOST_ATTACHMENTS:
            yield _said(name, Problem(LibraryProblem.ATTACHMENTS_LEFT_OUT.value, {"limit": MOST_ATTACHMENTS}), number)
            return
        for page in pages_of_attachment(name, content):
            yield dataclasses.replace(page, number=number)
            number += 1


def pages_of_attachment(name: str, content: bytes, depth: int = 1) -> Iterator[PageText]:
    """The pages of one attachment, numbered from 1; ``depth`` (from 1) is how many documents it stands in.

    Pages are text, without words and boxes; headings are one level lower than in the attachment itself, below its name.
    """
    name = one_line(name)[:LONGEST_HEADING] or "-"
    depth = max(depth, _depth.get() + 1)
    token = _depth.set(depth)
    try:
        # Read to the end here: between two pages that are asked for, somebody else could read an attachment.
        pages = list(_pages(name, content, depth))
    except PhialError as error:
        pages = [_said(name, _renamed(problem_of(error), name))]
    except MemoryError:
        raise
    except Exception as error:
        pages = [_said(name, problem_of(broken(Path(name), error)))]
    finally:
        _depth.reset(token)
    yield from pages


def _pages(name: str, content: bytes, depth: int) -> Iterator[PageText]:
    if depth > MOST_ATTACHMENT_DEPTH:
        raise PhialError(LibraryProblem.ATTACHMENT_TOO_DEEP, path=name)
    with tempfile.TemporaryDirectory(prefix="phial-") as folder:
        path = Path(folder) / f"attachment{_suffix(name)}"
        path.write_bytes(content)
        format_name = detect_format(path)
        limit = min(MOST_ATTACHMENT_BYTES, MOST_BYTES.get(format_name, MOST_ATTACHMENT_BYTES))
        if len(content) > limit:
            raise PhialError(LibraryProblem.FILE_TOO_LARGE, path=name, bytes=len(content), limit=limit)
        if format_name == IMAGE:
            raise PhialError(LibraryProblem.ATTACHMENT_PICTURE, path=name)
        count = 1
        for item in itertools.islice(reader_of(format_name)(path, 1, ""), MOST_ATTACHMENT_PAGES + 1):
            if isinstance(item, DocumentInfo):
                count = item.pages
            else:
                yield _page(item, name, count)
        if count > MOST_ATTACHMENT_PAGES:
            problem = Problem(LibraryProblem.DOCUMENT_TOO_LONG.value, {"path": name, "pages": count})
            yield _said(name, problem, MOST_ATTACHMENT_PAGES + 1)


def _suffix(name: str) -> str:
    """The ending of an attachment's name where it can be one of a file's, else ""."""
    suffix = Path(name.replace("\0", "")).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) < 10 else ""


def _page(page: PageText, name: str, count: int) -> PageText:
    """A page of the attachment as a page of the document that holds it."""
    own = page.label or (str(page.number) if count > 1 else "")
    label = f"{name} · {own}" if own else name
    is_markdown = page.form is PageForm.MARKDOWN
    begin = f"{'# ' * is_markdown}{name}\n\n" if page.number == 1 and page.text.strip() else ""
    headings = tuple(Heading(heading.start + len(begin), heading.level + 1, heading.text) for heading in page.headings)
    problem = page.problem and _renamed(page.problem, name)
    if page.waits or (page.has_pictures and not page.text.strip() and problem is None):
        problem = Problem(LibraryProblem.ATTACHMENT_PICTURE.value, {"path": name})
    return PageText(
        page.number, label, begin + page.text, (), 0.0, 0.0, (Heading(0, 1, name), *headings) if begin else headings,
        problem, has_pictures=False, form=PageForm.MARKDOWN if is_markdown else PageForm.TEXT,
    )  # fmt: skip


def _said(name: str, problem: Problem, number: int = 1) -> PageText:
    """A page without text that says why."""
    return PageText(number, name, "", (), 0.0, 0.0, (), problem, has_pictures=False, form=PageForm.TEXT)


def _renamed(problem: Problem, name: str) -> Problem:
    """``problem`` with the attachment's name, not that of a file that is gone again."""
    return dataclasses.replace(problem, parameters={**problem.parameters, "path": name})
