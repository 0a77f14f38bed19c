"""Reading documents: text, the boxes of words, pictures of pages. The first stage; the parent's side of it.

Nothing here imports a PDF engine: that happens in parser processes (``rag.extract.child``), which have limits.
"""

from __future__ import annotations

from rag.extract.formats import SUFFIXES, detect_format, is_protected, path_problem, protected_problem
from rag.extract.painter import PagePainter
from rag.extract.parser_pool import ParserPool
from rag.extract.parsers import accepted_format, read_document
from rag.extract.patience import Cancelled, hash_file, patiently, status_of
from rag.extract.process_limits import Limits
from rag.extract.recognizer import PageRecognizer
from rag.extract.unlocking import find_password
from rag.pages import DocumentInfo, Heading, PageText, Picture, Word, document_boxes, pack_words, unpack_words

__all__ = [
    "EXTRACTOR_VERSION",
    "SUFFIXES",
    "Cancelled",
    "DocumentInfo",
    "Heading",
    "Limits",
    "PagePainter",
    "PageRecognizer",
    "PageText",
    "ParserPool",
    "Picture",
    "Word",
    "accepted_format",
    "detect_format",
    "document_boxes",
    "find_password",
    "hash_file",
    "is_protected",
    "pack_words",
    "path_problem",
    "patiently",
    "protected_problem",
    "read_document",
    "status_of",
    "unpack_words",
]

EXTRACTOR_VERSION = 3
"""Raise it when a change of the reading changes the text or the boxes of any page: documents are then read again."""
