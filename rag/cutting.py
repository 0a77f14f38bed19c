"""Cutting a document that was read into passages, and what state it is in then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.chunk import CHUNKER_VERSION, ChunkOptions, cut
from rag.contents import contents
from rag.errors import LibraryProblem, Problem
from rag.extract import EXTRACTOR_VERSION
from rag.furniture import furniture
from rag.protocol import DocumentState
from rag.stores.page_records import Outcome
from rag.stores.records import Records

CountTokens = Callable[[Sequence[str]], list[int]]


def cut_document(
    records: Records, count_tokens: CountTokens, sha256: str, name: str, path: str, *, unless_waiting: bool = False
) -> bool:
    """Keep the passages of the pages that are kept, in place of those the document had; then its state.

    A document of which pages still wait for OCR is answerable as soon as one passage is there, and ready after the
    last page. ``name`` stands above its passages; ``path`` is for the reason where there are none. Says whether they
    are kept (see PageRecords.replace_passages for ``unless_waiting``).
    """
    # Each goes over the pages one at a time: a document may have ten thousand of them.
    left_out = furniture(records.pages(sha256))
    for number, spans in contents(records.pages(sha256, with_words=False)).items():
        left_out[number] = tuple(sorted({*left_out.get(number, ()), *spans}))
    drafts = list(cut(records.pages(sha256, with_words=False), count_tokens, ChunkOptions(), left_out))
    otherwise = None if drafts else _outcome_without_passages(records, sha256, path)
    versions = (EXTRACTOR_VERSION, CHUNKER_VERSION)
    return records.replace_passages(sha256, name, drafts, versions, otherwise, unless_waiting=unless_waiting)


def _outcome_without_passages(records: Records, sha256: str, path: str) -> Outcome:
    failed: Problem | None = None
    pages, has_pictures, waits = 0, False, False
    for page in records.pages(sha256, with_words=False):
        pages += 1
        failed = failed or page.problem
        has_pictures = has_pictures or page.has_pictures
        waits = waits or page.waits
    if waits:
        return DocumentState.READING, None
    if failed is not None:
        is_left = failed.kind == LibraryProblem.SCAN_LEFT_UNREAD
        return DocumentState.EMPTY if is_left else DocumentState.FAILED, failed
    if has_pictures:
        return DocumentState.EMPTY, Problem(LibraryProblem.ONLY_PICTURES.value, {"path": path, "pages": pages})
    return DocumentState.EMPTY, Problem(LibraryProblem.NO_TEXT.value, {"path": path})
