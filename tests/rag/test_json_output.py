from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import re

import pytest
from hypothesis import given

from rag.errors import LANGUAGES, Problem, describe
from rag.json_models import model_object
from rag.json_output import (
    answer_object,
    check_object,
    citation_object,
    document_object,
    file_object,
    passage_object,
    print_object,
    reason_fields,
    status_object,
)
from rag.protocol import Check, Document, DocumentState, IndexedFile, LibraryStatus
from tests.fakes.plausible import ANSWER, PASSAGES, STARTER, STUDY
from tests.rag.making_messages import ANY_TEXT, values_of

BROKEN = Problem("pdf_broken", {"path": "/a.pdf"})
STATUS = LibraryStatus(
    id=9, home="/home/ada/phial", version="0.1.0", pid=7, documents={"ready": 2}, pages=12, passages=36,
    passages_embedded=30, bytes=1_000, embedder="all-MiniLM-L6-v2", model="Phi", is_stand_in=False, is_paused=True,
    connections=(), notices=(Problem("home_synced", {"path": "/home/ada/phial"}),),
)  # fmt: skip


def test_a_passage_has_the_names_that_others_rely_on() -> None:
    held = PASSAGES[1]
    assert passage_object(held) == {
        "document": held.document, "path": held.path, "sha256": held.sha256, "page": 3, "label": "iii",
        "section": "Approval", "text": held.text, "score": 0.5, "unit": "page", "confidence": None, "also_in": [],
    }  # fmt: skip
    assert passage_object(dataclasses.replace(held, also_in=("/copy.pdf",)))["also_in"] == ["/copy.pdf"]
    assert passage_object(PASSAGES[2])["label"] is None
    by_ocr = passage_object(dataclasses.replace(held, unit="sheet", confidence=0.9312))
    assert (by_ocr["unit"], by_ocr["confidence"]) == ("sheet", 0.931)


def test_an_answer_has_the_names_that_others_rely_on() -> None:
    made = answer_object(ANSWER)
    assert {"answer", "refused", "support", "sentences", "citations", "model", "timings"} <= made.keys()
    assert made["answer"] == ANSWER.text
    times = {"evidence_s", "first_token_s", "total_s", "prompt_tokens", "answer_tokens", "cached_tokens"}
    assert made["timings"].keys() == times
    assert (made["understood"], made["nearest"]) == (None, [])
    assert made["scope"] == {"documents": [], "collections": [], "since": "", "until": ""}
    assert made["citations"] == [citation_object(citation) for citation in ANSWER.citations]
    assert {"document", "path", "page", "quote"} <= made["citations"][0].keys()
    first, *_, last = made["sentences"]
    assert first == {"text": ANSWER.sentences[0].text, "supported": True, "citations": [made["citations"][0]]}
    assert last == {"text": ANSWER.sentences[-1].text, "supported": False, "citations": []}
    assert made["passages"] == [passage_object(passage) for passage in ANSWER.passages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_is_a_sentence_and_a_kind(language: str) -> None:
    assert reason_fields(None, language) == {"reason": None, "reason_kind": None}
    assert reason_fields(BROKEN, language) == {"reason": str(describe(BROKEN, language)), "reason_kind": "pdf_broken"}


def test_a_file_of_the_summary() -> None:
    file = IndexedFile("/a.pdf", "", DocumentState.FAILED, 0, 0, BROKEN)
    assert file_object(file, "en") == {
        "path": "/a.pdf", "sha256": None, "state": "failed", "pages": 0, "passages": 0, **reason_fields(BROKEN, "en"),
    }  # fmt: skip


def test_a_document_a_model_and_a_check() -> None:
    made = document_object(dataclasses.replace(STUDY, reason=BROKEN), "fr")
    assert (made["document"], made["paths"], made["state"]) == (STUDY.name, list(STUDY.paths), "ready")
    assert made["reason"] == str(describe(BROKEN, "fr"))
    model = model_object(dataclasses.replace(STARTER, problem=Problem("model_damaged", {"path": "/m.gguf"})), "en")
    assert model["reason_kind"] == "model_damaged"
    assert "problem" not in model
    assert model_object(STARTER, "en")["reason"] is None
    assert check_object(Check("disk", "3 GB", True)) == {"name": "disk", "value": "3 GB", "is_well": True}


def test_the_status_has_sentences_for_its_notices() -> None:
    made = status_object(STATUS, "it")
    assert "id" not in made
    assert made["documents"] == {"ready": 2}
    assert made["notices"] == [reason_fields(STATUS.notices[0], "it")]


@given(values_of(Document), values_of(LibraryStatus))
def test_everything_is_json(document: Document, status: LibraryStatus) -> None:
    json.dumps([document_object(document, "en"), status_object(status, "en")], allow_nan=False)


@given(ANY_TEXT)
def test_a_line_is_one_object_whatever_it_holds(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written: list[str] = []
        patch.setattr("sys.stdout", Strict(written))
        print_object({"text": text, "answer": "é"})
    (line,) = "".join(written).split("\n")[:-1]
    assert json.loads(line) == {"text": text.encode("utf-8", "replace").decode(), "answer": "é"}


class Strict:
    """Standard output that takes UTF-8 alone."""

    def __init__(self, written: list[str]) -> None:
        self._written = written

    def write(self, text: str) -> None:
        text.encode("utf-8")
        self._written.append(text)

    def flush(self) -> None:
        """Nothing is held back."""


@given(ANY_TEXT)
def test_no_control_is_printed_and_none_is_lost(value: str) -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        print_object({"text": value + "\x9b31m\x7f\u202e\u2066\u2028"})
    printed = output.getvalue()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed)
    assert json.loads(printed)["text"].endswith("\x9b31m\x7f\u202e\u2066\u2028")
