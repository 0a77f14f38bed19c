"""Trying again: documents are read anew from their files as they are now; of a scan only what OCR could not read."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import LibraryProblem
from rag.indexing import Indexer
from rag.scan import FoundFile, scan_patiently
from rag.stores.file_records import Given
from rag.stores.ocr_records import OF_OCR
from rag.stores.records import Records


class Retrier:
    """Has documents read again; whoever calls wakes what reads."""

    def __init__(self, records: Records, indexer: Indexer) -> None:
        self._records = records
        self._indexer = indexer

    def retry(self, keys: Sequence[str]) -> None:
        """Let the documents with these keys wait to be read."""
        paths = [path for document in self._records.documents(keys) for path in document.paths]
        by_ocr = self._records.recognize_again(keys, (*OF_OCR, LibraryProblem.SCAN_LEFT_UNREAD))
        found_files = [found for found in scan_patiently(paths, lambda: False) if isinstance(found, FoundFile)]
        # Not read meanwhile: it would be taken for a file that changes while it is read.
        with self._indexer.without(paths):
            # One that waits already was perhaps being read: taking its pages away would spoil that.
            self._records.wait_again([key for key in keys if key not in by_ocr and not self._records.is_waiting(key)])
            for found in found_files:
                given = Given.BY_FOLLOWING
                self._records.note_file(found.path, found.size, found.modified_ns, retries=True, given=given)
