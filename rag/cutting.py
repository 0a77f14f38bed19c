"""Cutting a document that was read into passages, and what state it is in then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.chunk import CHUNKER_VERSION, ChunkOptions, cut
from rag.errors import LibraryProblem, Problem
from rag.extract import EXTRACTOR_VERSION
from rag.furniture import furniture
from rag.protocol import DocumentState
from rag.stores.records import Records

CountTokens = Callable[[Sequence[str]], list[int]]


def cut_document(records: Records, count_tokens: CountTokens, sha256: str, name: str, path: str) -> None:
    """Keep the passages of the pages that are kept, in place of those the document had; then its state.

    A document of which pages still wait for OCR is answerable as soon as one passage is there, and ready after the
    last page. ``name`` stands above its passages; ``path`` is for the reason where there are none.
    """
    # Twice over the pages, one at a time: a document may have ten thousand of them.
    left_out = furniture(records.pages(sha256))
    drafts = list(cut(records.pages(sha256, with_words=False), count_tokens, ChunkOptions(), left_out))
    records.replace_passages(sha256, name, drafts, (EXTRACTOR_VERSION, CHUNKER_VERSION))
    if drafts:
        return
    pages = list(records.pages(sha256, with_words=False))
    failed = [page.problem for page in pages if page.problem is not None]
    if any(page.waits for page in pages):
        records.set_state(sha256, DocumentState.READING)
    elif failed:
        records.set_state(sha256, DocumentState.FAILED, failed[0])
    elif any(page.has_pictures for page in pages):
        reason = Problem(LibraryProblem.ONLY_PICTURES.value, {"path": path, "pages": len(pages)})
        records.set_state(sha256, DocumentState.EMPTY, reason)
    else:
        records.set_state(sha256, DocumentState.EMPTY, Problem(LibraryProblem.NO_TEXT.value, {"path": path}))
