from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from rag.chunk import PassageDraft
from rag.errors import Problem
from rag.lexicon import LexicalQuery
from rag.protocol import DocumentState
from rag.stores.database import FILE, Database
from rag.stores.folder_records import FolderRecords
from rag.stores.records import Records, WaitingFile, display_name
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import VERSIONS, add_document, embed, page, sum_of

BROKEN = Problem("pdf_broken", {"path": "/a.pdf"}, "why")


def waiting(records: Records) -> list[str]:
    """The files that wait, in the order in which they would be read."""
    paths: list[str] = []
    while (file := records.next_file()) is not None:
        paths.append(file.path)
        records.settle_file(file.path)
    return paths


def fail(records: Records, path: str) -> str:
    """Read ``path`` up to the page that breaks; gives the document's sum."""
    sha256 = sum_of(path)
    records.note_file(path, 100, 1, retries=False)
    records.begin_document(WaitingFile(path, "", 100, 1), sha256, VERSIONS)
    records.add_pages(sha256, [page(1)])
    records.set_state(sha256, DocumentState.FAILED, BROKEN)
    records.settle_file(path)
    return sha256


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_file_waits_until_it_has_been_read(records: Records) -> None:
    assert records.note_file("/a.md", 100, 7, retries=False)
    assert records.note_file("/a.md", 100, 7, retries=False)
    assert records.count_waiting() == 1
    assert records.next_file() == WaitingFile("/a.md", "", 100, 7)
    assert records.outcome("/a.md") is None
    add_document(records, "/a.md", "The crane stands.")
    assert records.count_waiting() == 0
    assert records.next_file() is None


def test_files_are_read_in_the_order_in_which_they_were_given(records: Records) -> None:
    for name in ("/b.md", "/c.md", "/a.md"):
        records.note_file(name, 1, 1, retries=False)
    assert waiting(records) == ["/b.md", "/c.md", "/a.md"]


@pytest.mark.parametrize("retries", [True, False])
@pytest.mark.parametrize("is_ready", [True, False])
def test_an_unchanged_file_is_never_read_twice(
    records: Records, vectors: VectorRecords, retries: bool, is_ready: bool
) -> None:
    ids = add_document(records, "/a.md", "The crane stands.")
    if is_ready:
        embed(vectors, ids)
    assert not records.note_file("/a.md", 100, 1, retries=retries)
    assert records.count_waiting() == 0


@pytest.mark.parametrize("stamp", [(101, 1), (100, 2)])
def test_a_changed_file_is_read_again(records: Records, stamp: tuple[int, int]) -> None:
    add_document(records, "/a.md", "The crane stands.")
    assert records.note_file("/a.md", *stamp, retries=False)
    assert records.next_file() == WaitingFile("/a.md", sum_of("a.md"), *stamp)


def test_a_file_that_could_not_be_read_says_why_and_is_tried_again_when_it_is_given_again(records: Records) -> None:
    records.note_file("/a.pdf", 100, 1, retries=True)
    records.fail_file("/a.pdf", BROKEN)
    assert records.outcome("/a.pdf") == ("", DocumentState.FAILED, 0, 0, BROKEN)
    assert [(row.key, row.state, row.reason) for row in records.documents()] == [
        ("/a.pdf", DocumentState.FAILED, BROKEN)
    ]
    assert not records.note_file("/a.pdf", 100, 1, retries=False)
    assert records.note_file("/a.pdf", 100, 1, retries=True)
    assert records.outcome("/a.pdf") is None
    assert records.documents()[0].state is DocumentState.QUEUED


def test_a_document_that_failed_is_read_from_its_first_page_when_it_is_given_again(records: Records) -> None:
    sha256 = fail(records, "/a.pdf")
    assert records.outcome("/a.pdf") == (sha256, DocumentState.FAILED, 0, 0, BROKEN)
    assert not records.note_file("/a.pdf", 100, 1, retries=False)
    assert records.note_file("/a.pdf", 100, 1, retries=True)
    assert records.pages_read(sha256) == 0
    file = records.next_file()
    assert file is not None
    assert records.begin_document(file, sha256, VERSIONS) is DocumentState.QUEUED
    assert records.documents([sha256])[0].state is DocumentState.READING


def test_a_file_that_cannot_be_read_any_more_keeps_what_is_known_of_it(records: Records) -> None:
    ids = add_document(records, "/a.md", "The crane stands.")
    records.note_file("/a.md", 0, 2, retries=True)
    records.fail_file("/a.md", BROKEN)
    assert records.outcome("/a.md") == (sum_of("a.md"), DocumentState.FAILED, 0, 0, BROKEN)
    assert set(records.passages(ids)) == set(ids)
    assert records.note_file("/a.md", 0, 2, retries=True)


def test_an_outcome_waits_for_the_last_vector(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "The crane stands.", "The quay is old.")
    assert records.outcome("/a.md") is None
    assert embed(vectors, ids[:1]) == ()
    assert records.outcome("/a.md") is None
    assert embed(vectors, ids) == (sum_of("a.md"),)
    assert records.outcome("/a.md") == (sum_of("a.md"), DocumentState.READY, 1, 2, None)


def test_an_unknown_path_has_no_outcome(records: Records) -> None:
    assert records.outcome("/nowhere.md") is None


@pytest.mark.parametrize("state", [DocumentState.EMPTY, DocumentState.NEEDS_PASSWORD])
def test_a_document_without_text_is_settled_and_does_not_wait_again(records: Records, state: DocumentState) -> None:
    records.note_file("/a.pdf", 100, 1, retries=True)
    records.begin_document(WaitingFile("/a.pdf", "", 100, 1), sum_of("a.pdf"), VERSIONS)
    records.set_state(sum_of("a.pdf"), state, BROKEN)
    records.settle_file("/a.pdf")
    assert records.outcome("/a.pdf") == (sum_of("a.pdf"), state, 0, 0, BROKEN)
    assert not records.note_file("/a.pdf", 100, 1, retries=True)


def test_paths_within_a_folder_are_those_below_it(records: Records) -> None:
    add_document(records, "/papers/a.md", "a")
    records.note_file("/papers/b/c.md", 1, 1, retries=False)
    records.note_file("/papers.md", 1, 1, retries=False)
    records.note_file("/papers2/d.md", 1, 1, retries=False)
    below = {"/papers/a.md": sum_of("a.md"), "/papers/b/c.md": ""}
    assert records.paths_within("/papers") == records.paths_within("/papers/") == below
    assert records.paths_within("/papers/a.md") == {"/papers/a.md": sum_of("a.md")}
    assert records.paths_within("/paper") == records.paths_within("papers") == {}
    assert len(records.paths_within("/")) == 4


@pytest.mark.skipif(os.name != "posix", reason="a backslash is part of a name on Unix alone")
def test_a_backslash_in_a_name_makes_no_folder(records: Records) -> None:
    records.note_file("/papers\\a.md", 1, 1, retries=False)
    assert records.paths_within("/papers") == {}


def test_a_path_of_bytes_that_are_no_text_comes_back_as_it_went(records: Records) -> None:
    path = os.fsdecode(b"/papers/caf\xe9.md")
    assert records.note_file(path, 100, 1, retries=False)
    assert records.next_file() == WaitingFile(path, "", 100, 1)
    assert records.documents([path])[0].paths == (path,)
    assert records.documents([path])[0].name == "caf\ufffd.md"
    ids = add_document(records, path, "The crane stands.", name="cafe")
    assert records.passages(ids)[ids[0]].path == path
    assert records.documents()[0].paths == (path,)
    assert list(records.paths_within("/papers")) == [path]
    assert records.stamps(sum_of("cafe")) == ((path, 100, 1),)
    assert not records.note_file(path, 100, 1, retries=False)
    records.fail_file(path, BROKEN)
    assert records.outcome(path) == (sum_of("cafe"), DocumentState.FAILED, 0, 0, BROKEN)
    records.forget_path(path)
    assert records.paths_within("/") == {}


def test_a_name_is_shown_as_text() -> None:
    assert display_name("/papers/Été.md") == "Été.md"
    assert display_name(os.fsdecode(b"/papers/caf\xe9.md")) == "caf\ufffd.md"


# --- documents --------------------------------------------------------------------------------------------------------


def test_the_same_content_under_two_paths_is_one_document(records: Records) -> None:
    ids = add_document(records, "/a.md", "The crane stands.", name="same")
    assert add_document(records, "/b/copy.md", "never read", name="same") == ids
    (document,) = records.documents()
    assert document.paths == ("/a.md", "/b/copy.md")
    assert document.name == "a.md"
    assert document.passages == 1
    records.forget_path("/a.md")
    assert records.orphans() == ()
    assert records.documents()[0].paths == ("/b/copy.md",)


def test_a_document_is_named_by_its_sum_and_by_every_path_that_leads_to_it(records: Records) -> None:
    add_document(records, "/a.md", "The crane.", name="same")
    add_document(records, "/caf\udcff.md", "The crane.", name="same")
    add_document(records, "/other.md", "The ferry.")
    records.note_file("/queued.md", 100, 1, retries=True)
    names = {"/a.md", "/caf\udcff.md", sum_of("same")}
    assert all(records.names_of([name]) == names for name in names)
    assert records.names_of(["/queued.md", "/unknown.md"]) == {"/queued.md", "/unknown.md"}
    assert records.names_of([]) == frozenset()


def test_an_edited_file_leaves_its_former_document_an_orphan(records: Records) -> None:
    add_document(records, "/a.md", "The crane stands.", name="before")
    add_document(records, "/a.md", "The crane fell.", name="after", size=200)
    assert records.orphans() == (sum_of("before"),)
    records.remove_documents(records.orphans())
    assert [document.sha256 for document in records.documents()] == [sum_of("after")]
    assert records.orphans() == ()


def test_reading_goes_on_after_the_pages_that_are_kept(records: Records) -> None:
    file = WaitingFile("/a.pdf", "", 100, 1)
    records.note_file("/a.pdf", 100, 1, retries=False)
    assert records.begin_document(file, sum_of("a"), VERSIONS) is DocumentState.READING
    records.describe_document(sum_of("a"), "pdf", 3)
    records.add_pages(sum_of("a"), [page(1), page(2)])
    assert records.begin_document(file, sum_of("a"), VERSIONS) is DocumentState.READING
    assert records.pages_read(sum_of("a")) == 2
    assert [(row.format, row.pages, row.pages_read) for row in records.documents()] == [("pdf", 3, 2)]


def test_a_row_says_how_a_document_stands(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "The crane stands.", "The quay is old.")
    records.note_file("/b.md", 5, 1, retries=False)
    embed(vectors, ids[:1])
    answerable, queued = records.documents()
    assert (answerable.state, answerable.passages, answerable.passages_embedded) == (DocumentState.ANSWERABLE, 2, 1)
    assert (answerable.key, answerable.bytes, answerable.paths) == (sum_of("a.md"), 100, ("/a.md",))
    assert (queued.key, queued.sha256, queued.name, queued.state) == ("/b.md", "", "b.md", DocumentState.QUEUED)
    assert records.documents(["/b.md"]) == (queued,)
    assert records.documents([]) == records.documents(["nothing"]) == ()
    assert records.totals() == (1, 2, 1, 100)


def test_what_waits_on_a_drive_that_is_gone_is_not_waited_for(records: Records, database: Database) -> None:
    add_document(records, "/a.md", "a")
    add_document(records, "/b.md", "b")
    records.add_pages(sum_of("b.md"), [dataclasses.replace(page(2), waits=True)])
    records.note_file("/c.md", 1, 1, retries=False)
    records.note_file("/d.md", 1, 1, retries=False)
    records.fail_file("/d.md", BROKEN)
    paths = [f"/{name}.md" for name in "abcd"]
    before = [records.outcome(path) for path in paths]
    assert [outcome is None for outcome in before] == [True, True, True, False]
    FolderRecords(database).mark_away(paths, is_away=True)
    held_up = [
        (outcome[1], outcome[4].kind) for path in "bc" if (outcome := records.outcome(f"/{path}.md")) and outcome[4]
    ]
    assert held_up == [(DocumentState.ANSWERABLE, "path_missing"), (DocumentState.FAILED, "path_missing")]
    assert [records.outcome(path) for path in ("/a.md", "/d.md")] == [before[0], before[3]], "vectors need no file"


def test_a_document_is_read_again_from_its_first_page_or_from_its_pages(records: Records) -> None:
    add_document(records, "/a.md", "a")
    add_document(records, "/b.md", "b")
    records.note_file("/c.md", 1, 1, retries=False)
    records.fail_file("/c.md", BROKEN)
    records.wait_again([sum_of("a.md"), "/c.md"])
    records.wait_again([sum_of("b.md")], keeps_pages=True)
    assert (records.pages_read(sum_of("a.md")), records.pages_read(sum_of("b.md"))) == (0, 1)
    assert {document.state for document in records.documents()} == {DocumentState.QUEUED}
    assert waiting(records) == ["/a.md", "/b.md", "/c.md"]


def test_only_what_an_older_stage_made_is_outdated(records: Records) -> None:
    for name, versions in {"old": (1, 1), "cut": (2, 1), "new": (2, 2)}.items():
        add_document(records, f"/{name}", name)
        records.replace_passages(sum_of(name), name, [PassageDraft(1, 0, 1, "a", "")], versions)
    assert records.outdated(2, 2) == ((sum_of("old"),), (sum_of("cut"),))
    assert records.outdated(1, 1) == ((), ())
    records.wait_again([sum_of("old")])
    assert records.outdated(2, 2) == ((), (sum_of("cut"),))


# --- forgetting -------------------------------------------------------------------------------------------------------

SENTINELS = ("Zanzibarquartz", "Velvetmongoose", "Yellowstonepiano")


def bytes_on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes().lower() for path in sorted(home.glob(f"{FILE}*")))


def test_nothing_of_a_document_that_was_forgotten_is_left_on_the_disk(
    tmp_path: Path, database: Database, records: Records, vectors: VectorRecords
) -> None:
    text, title, section = SENTINELS
    for number in range(30):
        add_document(records, f"/kept-{number}.md", f"The crane number {number} stands on the quay.")
    ids = add_document(
        records, f"/{title}.md", *[f"{text} {number} by the sea." for number in range(40)], name="secret"
    )
    drafts = [PassageDraft(1, 0, 5, f"{text} again {number}", section) for number in range(40)]
    records.replace_passages(sum_of("secret"), f"{title}.md", drafts, VERSIONS)
    ids = records.passage_ids([sum_of("secret")])
    embed(vectors, ids)
    vector = vectors.to_index(1)[2][0].astype("<f4").tobytes().lower()
    there = bytes_on_disk(tmp_path)
    assert all(sentinel.lower().encode() in there for sentinel in SENTINELS)
    assert vector in there
    records.remove_documents([sum_of("secret")])
    vectors.drop_unused()
    database.erase_traces()
    left = bytes_on_disk(tmp_path)
    assert [sentinel for sentinel in SENTINELS if sentinel.lower().encode() in left] == []
    assert vector not in left
    assert sum_of("secret").encode() not in left
    assert len(records.lexical(LexicalQuery(("crane",)), 50, None)) == 30
    assert set(vectors.to_forget(100)) >= set(ids)


def test_what_was_forgotten_is_found_no_more(records: Records, vectors: VectorRecords) -> None:
    gone = add_document(records, "/gone.md", "The crane stands.")
    kept = add_document(records, "/kept.md", "The crane fell.")
    embed(vectors, gone + kept)
    records.remove_documents([sum_of("gone.md"), "/unknown.md"])
    assert [identity for identity, _ in records.lexical(LexicalQuery(("crane",)), 10, None)] == list(kept)
    assert records.passages(gone) == {}
    assert vectors.embedded(gone + kept) == set(kept)
    assert records.page(sum_of("gone.md"), 1) is None
    assert records.paths_within("/") == {"/kept.md": sum_of("kept.md")}


def test_a_file_that_waits_is_forgotten_by_its_path(records: Records) -> None:
    records.note_file("/a.md", 1, 1, retries=False)
    records.remove_documents(["/a.md"])
    assert records.documents() == ()
    assert records.next_file() is None


# --- pages and passages -----------------------------------------------------------------------------------------------


def test_pages_come_back_as_they_went(records: Records) -> None:
    add_document(records, "/a.md", "a")
    made = [page(number, f"Page {number}") for number in (3, 1, 2)]
    records.add_pages(sum_of("a.md"), made)
    assert list(records.pages(sum_of("a.md"))) == sorted(made, key=lambda each: each.number)
    assert records.page(sum_of("a.md"), 2) == page(2, "Page 2")
    assert records.page(sum_of("a.md"), 4) is None


def test_passages_are_replaced_as_a_whole(records: Records) -> None:
    before = add_document(records, "/a.md", "The crane stands.")
    records.replace_passages(sum_of("a.md"), "a.md", [PassageDraft(1, 0, 9, "A new one", "Top › Sub")], VERSIONS)
    (identity,) = records.passage_ids([sum_of("a.md")])
    assert identity not in before
    held = records.passages([identity, *before])[identity]
    assert (held.text, held.section, held.page, held.start, held.end) == ("A new one", "Top › Sub", 1, 0, 9)
    assert (held.document, held.path, held.label) == ("a.md", "/a.md", "1")
    assert records.lexical(LexicalQuery(("crane",)), 10, None) == []


def test_cutting_anew_keeps_the_passages_that_say_the_same(records: Records, vectors: VectorRecords) -> None:
    first, twin, other, last = add_document(records, "/a.md", "One.", "Same.", "Same.", "Four.")
    embed(vectors, (first, twin, other, last))
    vectors.was_indexed([first, twin, other, last])
    sha256 = sum_of("a.md")
    drafts = [
        PassageDraft(1, 0, 4, "One.", "Cranes"),
        PassageDraft(1, 2, 7, "Same.", "Cranes"),
        PassageDraft(2, 0, 9, "A new one", "Cranes"),
        PassageDraft(3, 5, 10, "Four.", "Cranes"),
    ]
    records.replace_passages(sha256, "a.md", drafts, VERSIONS)
    added = max(records.passage_ids([sha256]))
    assert set(records.passage_ids([sha256])) == {first, other, last, added}
    held = records.passages([first, other, last, added])
    assert [(held[one].page, held[one].start, held[one].end) for one in (first, other, added, last)] == [
        (draft.page, draft.start, draft.end) for draft in drafts
    ]
    assert vectors.to_forget(10) == [twin]
    assert [row[0] for row in vectors.passages_to_embed(10)] == [added]
    assert vectors.count_indexed() == 3
    assert only_state(records) is DocumentState.ANSWERABLE


def test_a_document_is_ready_when_nothing_of_it_waits(records: Records, vectors: VectorRecords) -> None:
    embed(vectors, add_document(records, "/a.md", "One."))
    drafts, sha256 = [PassageDraft(1, 0, 4, "One.", "Cranes")], sum_of("a.md")
    records.add_pages(sha256, [dataclasses.replace(page(2, ""), waits=True)])
    records.replace_passages(sha256, "a.md", drafts, VERSIONS)
    assert only_state(records) is DocumentState.ANSWERABLE
    records.add_pages(sha256, [page(2, "")])
    records.replace_passages(sha256, "a.md", drafts, VERSIONS)
    assert only_state(records) is DocumentState.READY
    records.replace_passages(sha256, "a.md", [], VERSIONS)
    assert records.passage_ids([sha256]) == ()


def only_state(records: Records) -> DocumentState:
    (document,) = records.documents()
    return document.state


def test_words_in_a_title_weigh_more_and_a_scope_narrows(records: Records) -> None:
    in_text = add_document(records, "/notes.md", "A crane stands here.")
    in_title = add_document(records, "/crane.md", "A ship stands here.")
    found = records.lexical(LexicalQuery(("crane",)), 10, None)
    assert [identity for identity, _ in found] == [*in_title, *in_text]
    assert found[0][1] > found[1][1] > 0
    assert [identity for identity, _ in records.lexical(LexicalQuery(("crane",)), 10, [sum_of("notes.md")])] == list(
        in_text
    )
    assert records.lexical(LexicalQuery(("crane",)), 10, []) == []
    assert len(records.lexical(LexicalQuery(("crane",)), 1, None)) == 1


def test_the_opening_of_a_document_is_its_first_passage(records: Records) -> None:
    ids = add_document(records, "/crane.md", "The crane.", "It turns.")
    add_document(records, "/empty.md")
    assert records.openings([sum_of("crane.md"), sum_of("empty.md"), sum_of("none.md")]) == {
        sum_of("crane.md"): (ids[0], "The crane.")
    }


def test_neighbours_stand_right_before_and_right_behind_in_the_same_document(records: Records) -> None:
    add_document(records, "/other.md", "Another document.")
    first, second, third, fourth = add_document(records, "/crane.md", "One.", "Two.", "Three.", "Four.")
    stored = records.passages([first, second, third, fourth])
    assert [one.id for one in records.neighbours(stored[second])] == [first, third]
    assert [one.id for one in records.neighbours(stored[first])] == [second]
    assert [one.id for one in records.neighbours(stored[fourth])] == [third]


def test_the_text_of_a_page(records: Records) -> None:
    add_document(records, "/crane.md", "The crane.", "It turns.")
    assert records.page_text(sum_of("crane.md"), 1) == "The crane.\nIt turns."
    assert records.page_text(sum_of("crane.md"), 2) == ""
