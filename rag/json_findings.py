"""What Find all found, as ``--json`` prints it: names that other programs rely on."""

from __future__ import annotations

from rag.errors import describe
from rag.json_output import Fields, citation_object, passage_object, reason_fields
from rag.protocol import CheckedDocument, FoundAll, UnreadDocument


def found_object(found: FoundAll, language: str) -> Fields:
    """``findings`` are the documents in which it was found, ``nothing`` those in which it was not."""
    return {
        "checked": found.checked, "total": found.total, "was_stopped": found.was_stopped, "seconds": found.seconds,
        "findings": [
            {
                "document": finding.document, "path": finding.path, "sha256": finding.sha256,
                "strength": finding.strength,
                "citations": [citation_object(citation) for citation in finding.citations],
                "passages": [passage_object(passage) for passage in finding.passages],
            }
            for finding in found.findings
        ],
        "nothing": [_document_object(document) for document in found.nothing],
        "unread": [
            {
                **_document_object(document), "state": document.state.value, "pages_waiting": document.pages_waiting,
                "pages_failed": document.pages_failed, "pages_left_unread": document.pages_left_unread,
                **reason_fields(document.reason, language),
            }
            for document in found.unread
        ],
        "by_words": [_document_object(document) for document in found.by_words],
        "notice": None if found.notice is None else str(describe(found.notice, language)),
    }  # fmt: skip


def _document_object(document: CheckedDocument | UnreadDocument) -> Fields:
    return {"document": document.document, "path": document.path, "key": document.key}
