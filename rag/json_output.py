"""What ``--json`` prints, as plain objects: names that other programs rely on."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from engine.frames import plain
from rag.errors import Problem, describe
from rag.page_counts import mean_confidence, page_counts
from rag.protocol import (
    PAGE_UNITS,
    Answer,
    Check,
    Citation,
    ConversationRow,
    Document,
    DocumentHealth,
    IndexedFile,
    LibraryStatus,
    Passage,
    WatchedFolder,
)  # fmt: skip
from rag.unseen import REORDERING

Fields = dict[str, Any]

_OBEYED = re.compile(rf"[\x7f-\x9f\u2028\u2029{REORDERING}]")
"""What JSON leaves as it is and a terminal obeys."""


def print_object(fields: Fields) -> None:
    """Print one line of JSON, at once. Bytes of a path that are no text become question marks.

    Controls are written as JSON's escapes, all of them: people read this in a terminal too.
    """
    line = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(fields, ensure_ascii=False))
    sys.stdout.write(line.encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()


def passage_object(passage: Passage) -> Fields:
    """A passage; ``page`` counts from 1, ``label`` is the page's own name, null where the file gives it none.

    ``unit`` is what a page is called here; ``confidence`` is how sure OCR was of it, null where no OCR was needed;
    ``also_in`` are the paths of other documents that say the same.
    """
    return {
        "document": passage.document, "path": passage.path, "sha256": passage.sha256, "page": passage.page,
        "label": passage.label or None, "section": passage.section, "text": passage.text, "score": passage.score,
        "unit": passage.unit, "confidence": _confidence(passage.confidence), "also_in": [*passage.also_in],
    }  # fmt: skip


def citation_object(citation: Citation) -> Fields:
    """A citation: the quote stands on its page to the letter."""
    return {
        "number": citation.number, "document": citation.document, "path": citation.path, "sha256": citation.sha256,
        "page": citation.page, "label": citation.label or None, "quote": citation.quote, "unit": citation.unit,
        "confidence": _confidence(citation.confidence),
    }  # fmt: skip


def answer_object(answer: Answer) -> Fields:
    """An answer with its sentences, each with its citations."""
    citations = {citation.number: citation_object(citation) for citation in answer.citations}
    return {
        "question": answer.question,
        "understood": answer.understood or None,
        "scope": plain(answer.scope),
        "answer": answer.text,
        "refused": answer.refused,
        "support": answer.support,
        "sentences": [
            {
                "text": sentence.text,
                "supported": sentence.supported,
                "citations": [citations[number] for number in sentence.citations],
            }
            for sentence in answer.sentences
        ],
        "citations": list(citations.values()),
        "nearest": [citation_object(citation) for citation in answer.nearest],
        "passages": [passage_object(passage) for passage in answer.passages],
        "model": answer.model,
        "is_stand_in": answer.is_stand_in,
        "is_quoted": answer.is_quoted,
        "was_stopped": answer.was_stopped,
        "problem": None if answer.problem is None else answer.problem.kind,
        "timings": plain(answer.timings),
    }


def conversation_row_object(row: ConversationRow) -> Fields:
    """A conversation of the history; ``changed`` is a Unix time, ``turns`` counts its answers."""
    fields: Fields = plain(row)
    return fields


def reason_fields(reason: Problem | None, language: str) -> Fields:
    """Why something is as it is: a sentence for a person, and its kind for a program; both null where all is well."""
    if reason is None:
        return {"reason": None, "reason_kind": None}
    return {"reason": str(describe(reason, language)), "reason_kind": reason.kind}


def file_object(file: IndexedFile, language: str) -> Fields:
    """One file of the summary of ``index``."""
    return {
        "path": file.path, "sha256": file.sha256 or None, "state": file.state.value, "pages": file.pages,
        "passages": file.passages, **reason_fields(file.reason, language),
    }  # fmt: skip


def document_object(document: Document, language: str) -> Fields:
    """A document of the library."""
    return {
        "document": document.name, "sha256": document.sha256 or None, "paths": list(document.paths),
        "format": document.format, "state": document.state.value, "pages": document.pages,
        "pages_read": document.pages_read, "passages": document.passages,
        "passages_embedded": document.passages_embedded, "bytes": document.bytes, "added": document.added,
        "pages_waiting": document.pages_waiting, "pages_by_ocr": document.pages_by_ocr, "is_away": document.is_away,
        "dated": document.dated, **reason_fields(document.reason, language),
    }  # fmt: skip


def health_object(health: DocumentHealth, language: str) -> Fields:
    """A document with what came of its pages: ``page_runs`` are neighbours that came out alike, ends included."""
    runs = [
        {
            "first": run.first, "last": run.last, "state": run.state.value,
            "confidence": _confidence(run.confidence), **reason_fields(run.reason, language),
        }
        for run in health.pages
    ]  # fmt: skip
    counts = {state.value: count for state, count in page_counts(health.pages).items()}
    return {
        **document_object(health.document, language), "unit": PAGE_UNITS.get(health.document.format, "page"),
        "page_states": counts, "confidence": _confidence(mean_confidence(health.pages)), "page_runs": runs,
        "mends": list(health.mends),
    }  # fmt: skip


def folder_object(folder: WatchedFolder) -> Fields:
    """A folder that is followed."""
    return {"path": folder.path, "state": folder.state, "documents": folder.documents}


def _confidence(confidence: float) -> float | None:
    return None if confidence < 0 else round(confidence, 3)


def status_object(status: LibraryStatus, language: str) -> Fields:
    """How the library stands."""
    fields: Fields = plain(status)
    del fields["id"]
    fields["notices"] = [reason_fields(notice, language) for notice in status.notices]
    return fields


def check_object(check: Check) -> Fields:
    """A finding of the doctor."""
    return {"name": check.name, "value": check.value, "is_well": check.is_well}
