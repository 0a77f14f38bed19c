"""Which pages a summary covers, and which sections of the outline it cites. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rag.protocol import Citation, OutlineSection, PageRun, PageState, Span
from rag.summary.outline import Section

_NOT_READ = frozenset({PageState.WAITING, PageState.LEFT_UNREAD, PageState.FAILED})


def not_read(runs: Iterable[PageRun]) -> tuple[PageRun, ...]:
    """The runs of pages that have no text yet, or could not be read."""
    return tuple(run for run in runs if run.state in _NOT_READ)


def covered(pages: int, runs: Iterable[PageRun], unread_parts: Collection[int] = ()) -> tuple[Span, ...]:
    """The runs of a document's ``pages`` that a summary looked at, both ends included.

    A page with nothing on it is covered. ``unread_parts`` are pages of parts that the model had not read when it was
    stopped.
    """
    missing = {page for run in not_read(runs) for page in range(run.first, run.last + 1)} | set(unread_parts)
    found: list[Span] = []
    for page in range(1, pages + 1):
        if page in missing:
            continue
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return tuple(found)


def outline_cited(sections: Sequence[Section], citations: Sequence[Citation]) -> tuple[OutlineSection, ...]:
    """The outline of a document, with the sections marked in which a citation's quote begins."""
    places = {(citation.sha256, citation.page, citation.start) for citation in citations}
    return tuple(
        OutlineSection(section.title, *section.pages, is_cited=_holds(section, places)) for section in sections
    )


def _holds(section: Section, places: Collection[tuple[str, int, int]]) -> bool:
    return any(
        (passage.sha256, passage.page) == (sha256, page) and passage.start <= start < passage.end
        for sha256, page, start in places
        for passage in section.passages
    )
