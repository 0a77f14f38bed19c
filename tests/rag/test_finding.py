"""The pass over a library: nothing is left out, and whatever could not be looked at is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from rag.chunk import PassageDraft
from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.errors import LibraryProblem, PhialError, Problem
from rag.finding import Finder, FindEvent
from rag.pages import PageText
from rag.protocol import DocumentState, FindProgress, FoundAll, FoundIn, Scope
from rag.stores.finding_records import FindingRecords
from rag.stores.records import WaitingFile
from rag.stores.vector_records import Vector, VectorRecords
from tests.rag.making_shelf import Shelf
from tests.rag.stores.filling import VERSIONS, page, sum_of

BIRD = "Which reports mention a bird strike?"


class Meaning:
    """What the finder asks of dense search: here the question's vector is the first axis."""

    is_ready = True

    def __init__(self) -> None:
        self.has_embedder = True

    def vector_of(self, question: str) -> Vector:
        if not self.has_embedder:
            raise PhialError(LibraryProblem.NO_EMBEDDER)
        return np.eye(4, dtype=np.float32)[0]


class Reports(Shelf):
    """A shelf that is looked through."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.vectors = VectorRecords(self.database)
        self.meaning = Meaning()
        self.finder = Finder(
            self.records, FindingRecords(self.database), self.scoper, cast("Dense", self.meaning), Courtesy()
        )

    def put(self, name: str, *texts: str, section: str = "", nearness: float | None = 0.0) -> None:
        """A document with these passages, one below the other, each as near to any question as ``nearness``."""
        sha256 = sum_of(name)
        self.records.note_file(f"/{name}", 1, 1, retries=True)
        self.records.begin_document(WaitingFile(f"/{name}", "", 1, 1), sha256, VERSIONS)
        self.records.describe_document(sha256, "text", 1)
        self.records.add_pages(sha256, [page(1, "\n\n".join(texts))])
        drafts, start = [], 0
        for text in texts:
            drafts.append(PassageDraft(1, start, start + len(text), text, section))
            start += len(text) + 2
        self.records.replace_passages(sha256, name, drafts, VERSIONS)
        self.records.settle_file(f"/{name}")
        if nearness is not None:
            vector = np.array([nearness, (1 - nearness**2) ** 0.5, 0, 0], dtype=np.float32)
            ids = self.records.passage_ids([sha256])
            keys = {identity: f"{name}-{identity}" for identity in ids}
            self.vectors.keep(keys, dict.fromkeys(keys.values(), vector))

    def find(self, question: str = BIRD, scope: Scope | None = None) -> FoundAll:
        *_, last = self.finder.find_all(question, scope or Scope())
        assert isinstance(last, FoundAll)
        return last


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    made = Reports(tmp_path)
    yield made
    made.database.close()


def names(found: FoundAll) -> tuple[list[str], list[str], list[str]]:
    return (
        [finding.document for finding in found.findings],
        [document.document for document in found.nothing],
        [document.document for document in found.unread],
    )


def test_every_document_is_in_the_end(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "No bird strike was seen.")
    reports.put("c", "The weather was fine.")
    found = reports.find()
    assert names(found) == (["a"], ["b", "c"], [])
    assert (found.checked, found.total, found.was_stopped, found.by_words) == (3, 3, False, ())


def test_a_finding_leads_to_the_place(reports: Reports) -> None:
    texts = ("Nothing here.", "The crew landed. A bird strike broke the lamp. They left.", "Bird strikes are rare.")
    reports.put("a", *texts, section="Events")
    (finding,) = reports.find().findings
    whole = "\n\n".join(texts)
    assert [citation.quote for citation in finding.citations] == [
        "A bird strike broke the lamp.",
        "Bird strikes are rare.",
    ]
    for citation, passage in zip(finding.citations, finding.passages, strict=True):
        assert whole[citation.start : citation.end] == citation.quote
        assert (citation.sha256, citation.page, citation.passage) == (sum_of("a"), 1, passage.number)
        assert whole[passage.start : passage.end] == passage.text
        assert [passage.text[start:end] for start, end in passage.marks]
    assert 0.7 <= finding.strength <= 1.0
    assert finding.strength == finding.passages[0].score


def test_what_could_not_be_looked_at_is_named_with_its_reason(reports: Reports) -> None:
    reports.put("whole", "A bird strike.")
    reports.records.note_file("/queued", 1, 1, retries=True)
    reports.records.note_file("/broken", 1, 1, retries=True)
    reports.records.fail_file("/broken", Problem(LibraryProblem.PDF_BROKEN, {"path": "/broken"}))
    for name, state in (("locked", DocumentState.NEEDS_PASSWORD), ("empty", DocumentState.EMPTY)):
        reports.records.note_file(f"/{name}", 1, 1, retries=True)
        reports.records.begin_document(WaitingFile(f"/{name}", "", 1, 1), sum_of(name), VERSIONS)
        reports.records.set_state(sum_of(name), state, Problem(LibraryProblem.NO_TEXT, {"path": name}))
        reports.records.settle_file(f"/{name}")
    found = reports.find()
    unread = {
        document.document: (document.state, document.reason and document.reason.kind) for document in found.unread
    }
    assert unread == {
        "queued": (DocumentState.QUEUED, None),
        "broken": (DocumentState.FAILED, LibraryProblem.PDF_BROKEN),
        "locked": (DocumentState.NEEDS_PASSWORD, LibraryProblem.NO_TEXT),
        "empty": (DocumentState.EMPTY, LibraryProblem.NO_TEXT),
    }
    assert names(found)[:2] == (["whole"], [])
    assert (found.checked, found.total) == (5, 5)


def test_pages_that_were_not_looked_at_are_counted_beside_what_was(reports: Reports) -> None:
    reports.put("scan", "A bird strike.")
    failed = Problem(LibraryProblem.PAGE_FAILED, {"path": "/scan", "page": 3})
    left = Problem(LibraryProblem.SCAN_LEFT_UNREAD, {"path": "/scan"})
    reports.records.add_pages(
        sum_of("scan"),
        [
            PageText(2, "", "", (), 1.0, 1.0, (), None, has_pictures=True, waits=True),
            PageText(3, "", "", (), 1.0, 1.0, (), failed, has_pictures=False),
            PageText(4, "", "", (), 1.0, 1.0, (), left, has_pictures=True),
            PageText(5, "", "", (), 1.0, 1.0, (), left, has_pictures=True),
        ],
    )
    found = reports.find()
    assert [finding.document for finding in found.findings] == ["scan"]
    (scan,) = found.unread
    assert (scan.document, scan.pages_waiting, scan.pages_failed, scan.pages_left_unread) == ("scan", 1, 1, 2)


def test_without_meaning_it_looks_by_words_and_says_so(reports: Reports) -> None:
    reports.put("a", "A bird strike.", nearness=None)
    reports.put("b", "The weather was fine.")
    found = reports.find()
    assert names(found)[:2] == (["a"], ["b"])
    assert ([document.document for document in found.by_words], found.notice) == (["a"], None)
    reports.meaning.has_embedder = False
    found = reports.find()
    assert names(found)[:2] == (["a"], ["b"])
    assert [document.document for document in found.by_words] == ["a", "b"]
    assert found.notice == Problem(LibraryProblem.NO_EMBEDDER.value)


def test_meaning_finds_what_is_said_in_other_words(reports: Reports) -> None:
    for number in range(60):
        reports.put(f"other {number}", f"The weather of day {number} was fine.")
    reports.put("near", "A bird hit the radome.", nearness=0.9)
    reports.put("far", "A bird sat on the roof.")
    assert names(reports.find())[0] == ["near"]


def test_whose_document_it_is_may_stand_in_its_name(reports: Reports) -> None:
    reports.put("Acme 2024", "Disputes go to arbitration.")
    reports.put("Other 2024", "Disputes go to arbitration.")
    reports.put("c", "This contract is with Acme.", "Disputes go to arbitration.")
    found = reports.find("Which contracts with Acme provide for arbitration?")
    assert sorted(names(found)[0]) == ["Acme 2024", "c"]


def test_a_scope_is_all_that_is_looked_at(reports: Reports) -> None:
    for name in "abc":
        reports.put(name, "A bird strike.")
    reports.collections.change("some", ["/a", "/b"], [])
    found = reports.find(scope=Scope(collections=("some",)))
    assert (names(found)[0], found.total) == (["a", "b"], 2)
    with pytest.raises(PhialError) as raised:
        reports.find("?!")
    assert raised.value.kind is LibraryProblem.QUESTION_EMPTY


@pytest.mark.parametrize("looks", [0, 1, 3, 5, 6, 8])
def test_what_was_found_until_it_is_stopped_is_kept(reports: Reports, looks: int) -> None:
    for name in "abcd":
        reports.put(name, "A bird strike.")
    events = list(reports.finder.find_all(BIRD, is_cancelled=_after(looks)))
    last = events[-1]
    assert isinstance(last, FoundAll)
    told = [event.finding for event in events if isinstance(event, FoundIn)]
    assert [finding.document for finding in last.findings] == [finding.document for finding in told]
    assert last.checked == len(last.findings) + len(last.nothing) <= last.total == 4
    assert last.was_stopped == (last.checked < 4)
    assert last.was_stopped == (looks < 8)


def test_progress_begins_with_nothing_and_ends_with_all(reports: Reports) -> None:
    for name in "abc":
        reports.put(name, "A bird strike.")
    told: list[FindEvent] = [event for event in reports.finder.find_all(BIRD) if isinstance(event, FindProgress)]
    assert told[0] == FindProgress(0, 0, 3, -1.0)
    assert told[-1] == FindProgress(0, 3, 3, 0.0, 3)


def test_looking_through_is_told_before_anything_is_checked(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.finding_pass.SECONDS_A_PROGRESS", -1.0)
    for name in "abc":
        reports.put(name, "A bird strike.")
    told = [event for event in reports.finder.find_all(BIRD) if isinstance(event, FindProgress)]
    assert [one.looked_through for one in told if not one.checked] == [0, 1, 2, 3]


def _after(looks: int) -> Callable[[], bool]:
    """Cancelled from the look after so many."""
    left = iter(range(looks))
    return lambda: next(left, None) is None


def test_what_was_read_anew_meanwhile_is_looked_at_as_it_is_now(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "A bird strike in May.", "Nothing else.")
    events = reports.finder.find_all(BIRD)
    for event in events:
        if isinstance(event, FoundIn):
            break
    other = ({"a", "b"} - {event.finding.document}).pop()
    reports.put(other, "The weather was fine.", "It stayed so.", "The crew saw a bird strike.")
    found = [event for event in events if isinstance(event, FoundIn)]
    assert [(one.finding.document, one.finding.citations[0].quote) for one in found] == [
        (other, "The crew saw a bird strike.")
    ]


def test_as_many_passages_are_not_yet_the_same_passages(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "Nothing else.", "A bird strike in May.")
    events = reports.finder.find_all(BIRD)
    first = next(event.finding.document for event in events if isinstance(event, FoundIn))
    assert first == "a"
    reports.put("b", "The bird strike was in June.", "Nothing else.")
    (found,) = [event for event in events if isinstance(event, FoundIn)]
    assert found.finding.citations[0].quote == "The bird strike was in June."


def test_what_was_forgotten_meanwhile_is_in_no_list(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "The bird strike was in June.", "Nothing else.")
    reports.put("c", "The weather was fine.")
    events = reports.finder.find_all(BIRD)
    first = next(event.finding.document for event in events if isinstance(event, FoundIn))
    other = ({"a", "b"} - {first}).pop()
    reports.records.remove_documents([sum_of(other)])
    *_, last = events
    assert isinstance(last, FoundAll)
    assert names(last) == ([first], ["c"], [])
    assert (last.checked, last.total, last.was_stopped) == (2, 2, False)


def test_what_is_being_read_anew_is_named_as_unread(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "The bird strike was in June.", "Nothing else.")
    events = reports.finder.find_all(BIRD)
    first = next(event.finding.document for event in events if isinstance(event, FoundIn))
    other = ({"a", "b"} - {first}).pop()
    with reports.database.transaction() as connection:
        connection.execute("UPDATE documents SET state = 'reading' WHERE sha256 = ?", (sum_of(other),))
        connection.execute("DELETE FROM passages WHERE sha256 = ?", (sum_of(other),))
    *_, last = events
    assert isinstance(last, FoundAll)
    assert names(last) == ([first], [], [other])
    assert (last.checked, last.total, last.unread[0].state) == (2, 2, DocumentState.READING)


def test_what_is_left_out_is_not_among_those_that_were_looked_at(reports: Reports) -> None:
    reports.put("a", "The engine was damaged by a bird strike.")
    reports.put("b", "A bird strike broke the lamp.")
    reports.put("c", "The weather was fine.")
    *_, found = reports.finder.find_all(BIRD, without=("/b", sum_of("c")))
    assert isinstance(found, FoundAll)
    assert names(found) == (["a"], [], [])
    assert (found.checked, found.total) == (1, 1)
