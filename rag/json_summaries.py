"""A summary as ``--json`` prints it: names that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.frames import plain
from rag.json_output import Fields, citation_object, reason_fields
from rag.protocol import PageRun, Span, SummarisedDocument, Summary, SummarySentence


def summary_object(summary: Summary, language: str) -> Fields:
    """A summary: ``text`` is all of its sentences; ``sections`` or the ``rows`` of a comparison hold them one by one.

    ``compression`` is the words of the summary divided by those of its documents. ``is_extractive``: no model wrote.
    """
    citations = {citation.number: citation_object(citation) for citation in summary.citations}
    sentences = [sentence for section in summary.sections for sentence in section.sentences]
    return {
        "mode": summary.mode.value,
        "length": summary.length.value,
        "focus": summary.focus,
        "language": summary.language or None,
        "output_language": summary.output_language or None,
        "summary": " ".join(sentence.text for sentence in sentences),
        "sections": [
            {
                "heading": section.heading, "sha256": section.sha256 or None,
                "sentences": _sentences(section.sentences, citations),
            }
            for section in summary.sections
        ],
        "rows": [
            {
                "aspect": row.aspect,
                "cells": [
                    {"sha256": cell.sha256, "sentences": _sentences(cell.sentences, citations)} for cell in row.cells
                ],
            }
            for row in summary.rows
        ],
        "citations": list(citations.values()),
        "documents": [_document(document, language) for document in summary.documents],
        "model": summary.model or None,
        "is_stand_in": summary.is_stand_in,
        "is_extractive": not summary.model,
        "sentences_left_out": summary.sentences_left_out,
        "compression": summary.compression,
        "was_stopped": summary.was_stopped,
        "timings": plain(summary.timings),
    }  # fmt: skip


def _sentences(sentences: Sequence[SummarySentence], citations: Mapping[int, Fields]) -> list[Fields]:
    return [
        {
            "text": sentence.text, "supported": sentence.supported, "is_quoted": sentence.is_quoted,
            "original": sentence.original or None,
            "citations": [citations[number] for number in sentence.citations],
        }
        for sentence in sentences
    ]  # fmt: skip


def _document(document: SummarisedDocument, language: str) -> Fields:
    return {
        "document": document.document, "path": document.path, "sha256": document.sha256 or None,
        "unit": document.unit, "pages": document.pages, "words": document.words,
        "covered": [_run(run) for run in document.covered],
        "not_read": [_unread(run, language) for run in document.not_read],
        "outline": [
            {"title": section.title, "first": section.first, "last": section.last, "is_cited": section.is_cited}
            for section in document.outline
        ],
        "parts": document.parts, "parts_cached": document.parts_cached,
        **reason_fields(document.problem, language),
    }  # fmt: skip


def _run(run: Span) -> Fields:
    return {"first": run[0], "last": run[1]}


def _unread(run: PageRun, language: str) -> Fields:
    return {**_run((run.first, run.last)), "state": run.state.value, **reason_fields(run.reason, language)}
