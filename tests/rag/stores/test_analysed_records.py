"""The lexical index keeps up: with what is added and removed, with a document's language, with former versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.chunk import PassageDraft
from rag.lexicon import LEXICON_VERSION, lexical_query
from rag.stores import analysed_records
from rag.stores.database import FILE, Database
from rag.stores.records import Records
from tests.rag.stores.filling import VERSIONS, add_document, sum_of

ENGLISH = "The leases of these three buildings end in December, and the rents are to be paid by then."
FRENCH = "Les baux de ces trois immeubles prennent fin en décembre, et les loyers sont à payer avant cette date."
GERMAN = "Die Mietverträge der drei Gebäude enden im Dezember, und die Mieten sind bis dahin zu zahlen."


def found(records: Records, question: str) -> list[int]:
    return [identity for identity, _ in records.lexical(lexical_query(question, records.languages()), 10)]


def rows(database: Database) -> list[tuple[object, ...]]:
    return database.reader.execute("SELECT rowid, title, section, text, compounds FROM words ORDER BY rowid").fetchall()


def test_each_document_is_found_in_its_language(records: Records) -> None:
    (english,) = add_document(records, "/a.md", ENGLISH)
    (french,) = add_document(records, "/b.md", FRENCH)
    (german,) = add_document(records, "/c.md", GERMAN)
    assert set(records.languages()) == {"en", "fr", "de"}
    assert found(records, "Quel bail d'un immeuble ?")[0] == french
    assert found(records, "Wann endet der Mietvertrag des Gebäudes?")[0] == german
    assert found(records, "When does the lease of the building end?")[0] == english


def test_a_passage_in_another_language_than_its_document_is_found_in_its_own(
    records: Records, database: Database
) -> None:
    ids = add_document(records, "/a.md", ENGLISH, ENGLISH + " Twice.", FRENCH)
    assert records.languages() == ("en",)
    assert found(records, "Quel est le loyer de l'immeuble ?")[0] == ids[2]
    assert "immeubl" in str(rows(database)[2])


def test_a_document_that_turns_out_to_be_in_another_language_is_analysed_anew(records: Records) -> None:
    (identity,) = add_document(records, "/a.md", "Immeubles: loyers.")
    assert (records.languages(), found(records, "loyer")) == (("",), [identity])
    texts = ["Immeubles: loyers.", FRENCH]
    drafts = [PassageDraft(1, place, place + len(text), text, "Cranes") for place, text in enumerate(texts)]
    records.replace_passages(sum_of("a.md"), "a.md", drafts, VERSIONS)
    assert records.languages() == ("fr",)
    assert identity in found(records, "l'immeuble, quel est-il ?"), "stemmed as French now"
    assert records.is_analysed()


def test_what_a_document_held_leaves_the_index_with_it(records: Records, database: Database) -> None:
    kept = add_document(records, "/a.md", ENGLISH)
    add_document(records, "/b.md", FRENCH, GERMAN)
    records.remove_documents([sum_of("b.md")])
    assert [row[0] for row in rows(database)] == [*kept]
    drafts = [PassageDraft(1, 0, 5, "Other words.", "Cranes")]
    records.replace_passages(sum_of("a.md"), "a.md", drafts, VERSIONS)
    assert found(records, "lease") == []
    assert [row[3] for row in rows(database)] == ["other word"]


def test_a_new_version_of_the_lexicon_analyses_everything_once(
    records: Records, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_document(records, "/a.md", ENGLISH, ENGLISH + " Twice.")
    add_document(records, "/b.md", GERMAN)
    before = rows(database)
    monkeypatch.setattr(analysed_records, "LEXICON_VERSION", LEXICON_VERSION + 1)
    with database.transaction() as connection:
        connection.execute("DELETE FROM words WHERE rowid = 1")  # as if the former version had not known it
    assert not records.is_analysed()
    assert [records.analyse_some(1) for _ in range(4)] == [True, True, True, False]
    assert records.is_analysed()
    assert rows(database) == before


# --- a library of before the lexicon ----------------------------------------------------------------------------------


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """The folder of a library of version 2, with a document in English and one in French, embedded."""
    connection = sqlite3.connect(tmp_path / FILE)
    connection.executescript((Path(__file__).parent / "schema_2.sql").read_text(encoding="utf-8"))
    for name, texts in (("a.md", [ENGLISH, ENGLISH + " Twice."]), ("b.md", [FRENCH])):
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, 'text', 'ready', 1, NULL, 9, 1.0, 1, 1)", (sum_of(name), name)
        )
        connection.executemany(
            "INSERT INTO passages (sha256, page, start, end, title, section, text, vector_key, is_indexed)"
            " VALUES (?, 1, 0, 10, ?, '', ?, 'key', 1)",
            [(sum_of(name), name, text) for text in texts],
        )
    connection.commit()
    connection.close()
    return tmp_path


@pytest.fixture
def upgraded(former: Path) -> Iterator[Database]:
    database = Database(former)
    yield database
    database.close()


def test_the_former_index_answers_until_the_last_passage_is_analysed(upgraded: Database) -> None:
    records = Records(upgraded)
    batches = 0
    while records.analyse_some(1):
        batches += 1
        assert found(records, "What about the lease?") == [1, 2]
        assert found(records, "payé") == [], "the former index knows no French"
    assert (batches, records.is_analysed()) == (3, True)
    assert records.languages() == ("en", "fr")
    assert (found(records, "What about the lease?"), found(records, "payé")) == ([1, 2], [3])


@pytest.mark.parametrize("batches", range(5))
def test_what_comes_and_goes_meanwhile_is_as_it_should_be(former: Path, batches: int) -> None:
    database = Database(former)
    records = Records(database)
    for _ in range(batches):
        records.analyse_some(1)
    (added,) = add_document(records, "/c.md", "A new lease.")
    records.remove_documents([sum_of("a.md")])
    assert found(records, "lease") == [added]
    database.erase_traces()
    database.close()
    # As after a kill: whoever opens it next goes on where it was.
    database = Database(former)
    records = Records(database)
    assert found(records, "lease") == [added]
    while records.analyse_some(1):
        pass
    assert found(records, "lease") == [added]
    assert [row[0] for row in rows(database)] == [3, added]
    database.erase_traces()
    assert not any(b"build" in path.read_bytes() for path in former.glob(f"{FILE}*"))
    database.close()


def test_an_upgraded_library_holds_what_a_new_one_does(upgraded: Database, tmp_path: Path) -> None:
    while Records(upgraded).analyse_some(2):
        pass
    (tmp_path / "new").mkdir()
    new = Database(tmp_path / "new")
    for name, texts in (("a.md", [ENGLISH, ENGLISH + " Twice."]), ("b.md", [FRENCH])):
        drafts = [PassageDraft(1, 0, 10, text, "") for text in texts]
        add_document(Records(new), f"/{name}", "")
        Records(new).replace_passages(sum_of(name), name, drafts, VERSIONS)
    assert [row[1:] for row in rows(new)] == [row[1:] for row in rows(upgraded)]
    new.close()
