"""Find all and its scopes on the real worker, with the samples."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.library import Library
from rag.protocol import DocumentState, FoundAll, Scope
from tests.end_to_end.conftest import SAMPLES, Ran

Phial = Callable[..., Ran]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Which documents mention the footbridge?", ["alder-quay-footbridge.pdf"]),
        ("Which notes mention a starter?", ["sourdough-notebook.md"]),
        ("Which documents mention a submarine?", []),
    ],
)
def test_every_sample_is_looked_at(samples: Phial, question: str, documents: list[str]) -> None:
    ran = samples("find", question, "--json")
    assert ran.status == 0, ran.complaint
    (found,) = ran.objects
    names = sorted(path.name for path in SAMPLES.iterdir())
    assert [finding["document"] for finding in found["findings"]] == documents
    told = documents + [document["document"] for document in found["nothing"]]
    assert sorted(told) == names
    assert (found["checked"], found["total"], found["unread"], found["by_words"]) == (len(names), len(names), [], [])
    for finding in found["findings"]:
        for citation, passage in zip(finding["citations"], finding["passages"], strict=True):
            assert citation["quote"] in passage["text"]


def test_a_collection_narrows_what_is_found(samples: Phial) -> None:
    note = SAMPLES / "sourdough-notebook.md"
    assert samples("collections", "add", "Kitchen", str(note)).status == 0
    (found,) = samples("find", "Which notes mention a starter?", "--collection", "kitchen", "--json").objects
    assert (found["total"], len(found["findings"])) == (1, 1)
    (passages,) = samples("search", "the footbridge", "--collection", "Kitchen", "--json").objects
    assert {passage["document"] for passage in passages["passages"]} == {note.name}
    (listed,) = samples("collections", "take", "Kitchen", str(note), "--json").objects
    assert listed == {"collections": [{"name": "Kitchen", "documents": 0}]}
    refused = samples("ask", "What is a starter?", "--collection", "Kitchen")
    assert refused.status == 1
    assert "Kitchen" in refused.complaint
    samples("collections", "delete", "Kitchen")


def test_a_collection_and_its_dates_hold_through_edits(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    note, other = folder / "a.md", folder / "b.md"
    note.write_text("---\ndate: 2021-05-01\n---\nThe heron was seen at the lock.\n", encoding="utf-8")
    other.write_text("The heron was not seen.\n", encoding="utf-8")
    changed = datetime(2019, 3, 1, 12, tzinfo=UTC).timestamp()
    os.utime(other, (changed, changed))
    with Library.open(tmp_path / "home") as library:
        list(library.index([str(folder)]))
        library.collections.change("Birds", [str(note)], [])
        assert _found(library, "heron", Scope(since="2021", until="2021")) == (["a.md"], 1)
        assert _found(library, "heron", Scope(until="2019-03")) == ([], 1)
        note.write_text("---\ndate: 2022-05-01\n---\nThe heron was seen at the weir.\n", encoding="utf-8")
        list(library.index([str(folder)]))
        assert [document.state for document in library.collections.documents("Birds")] == [DocumentState.READY]
        assert _found(library, "Which notes mention the weir?", Scope(collections=("Birds",))) == (["a.md"], 1)
        assert _found(library, "heron", Scope(since="2022")) == (["a.md"], 1)


def _found(library: Library, question: str, scope: Scope) -> tuple[list[str], int]:
    *_, last = library.find_all(question, scope)
    assert isinstance(last, FoundAll)
    return [finding.document for finding in last.findings], last.total
