"""What library.db knows of files, documents, pages and passages: the truth."""

from __future__ import annotations

from rag.stores.analysed_records import AnalysedRecords
from rag.stores.document_records import DocumentRecords
from rag.stores.file_records import FileRecords, WaitingFile
from rag.stores.lexical_records import LexicalRecords
from rag.stores.ocr_records import OcrRecords, WaitingPage
from rag.stores.page_records import PageRecords, StoredPassage
from rag.stores.rows import display_name

__all__ = ["Records", "StoredPassage", "WaitingFile", "WaitingPage", "display_name"]


class Records(FileRecords, DocumentRecords, PageRecords, OcrRecords, LexicalRecords, AnalysedRecords):
    """Files, documents, pages and passages in one, as the journeys use them."""
