from __future__ import annotations

import os
import time
from datetime import datetime

import pytest

from rag.stores.database import Database
from rag.stores.records import Records
from rag.stores.scope_records import Member, ScopeRecords
from tests.rag.stores.filling import add_document, sum_of


@pytest.fixture
def scopes(database: Database) -> ScopeRecords:
    return ScopeRecords(database)


def names(members: tuple[Member, ...]) -> list[str]:
    return [bytes.fromhex(member.sha256.rstrip("0")).decode() if member.sha256 else member.key for member in members]


def add_on(records: Records, path: str, day: str, stated: str = "") -> Member:
    """A document whose file was last changed on ``day``."""
    modified = datetime.fromisoformat(f"{day}T12:00:00").timestamp()
    sha256 = sum_of(path.rpartition("/")[2])
    add_document(records, path, "The crane.")
    records.note_file(path, 1, round(modified) * 10**9, retries=True)
    records.settle_file(path)
    records.describe_document(sha256, "text", 1, stated)
    return Member(sha256, sha256)


def test_a_place_is_a_file_a_folder_or_a_sum(records: Records, scopes: ScopeRecords) -> None:
    for path in ("/a/1.md", "/a/deep/2.md", "/ab/3.md", "/a.md"):
        add_document(records, path, "The crane.")
    records.note_file("/a/new.md", 1, 1, retries=True)
    assert names(scopes.at("/a")) == ["1.md", "2.md", "/a/new.md"]
    assert names(scopes.at("/a/")) == ["1.md", "2.md", "/a/new.md"]
    assert names(scopes.at("/a/1.md")) == ["1.md"]
    assert names(scopes.at(sum_of("3.md"))) == ["3.md"]
    assert scopes.at("/nowhere") == ()
    assert names(scopes.everything()) == ["1.md", "2.md", "3.md", "a.md", "/a/new.md"]


def test_a_document_at_two_paths_is_one(records: Records, scopes: ScopeRecords) -> None:
    add_document(records, "/a/1.md", "The crane.", name="same")
    add_document(records, "/b/2.md", "The crane.", name="same")
    assert names(scopes.everything()) == ["same"]
    assert names(scopes.at("/b")) == ["same"]


def test_a_path_that_is_no_text_is_found(records: Records, scopes: ScopeRecords) -> None:
    path = os.fsdecode(b"/a/caf\xe9.md")
    add_document(records, path, "The crane.", name="latin")
    assert names(scopes.at(path)) == names(scopes.at("/a")) == ["latin"]


def test_a_document_that_states_its_day_is_of_that_day(records: Records, scopes: ScopeRecords) -> None:
    stated = add_on(records, "/stated.md", "2020-06-01", "2024-03-05")
    silent = add_on(records, "/silent.md", "2020-06-01")
    both = (stated, silent)
    assert scopes.dated(both, "2024-03-05", "2024-03-05") == (stated,)
    assert scopes.dated(both, "2020-06-01", "2020-06-01") == (silent,)
    assert scopes.dated(both, "2020-06-02", "2024-03-04") == ()
    assert scopes.dated(both, "2020-06-01", "") == both
    assert scopes.dated((stated,), "", "2024-03-05") == (stated,)
    assert scopes.dated((silent,), "2024-01-01", "") == ()
    assert [one.dated for one in records.documents()] == ["2024-03-05", "2020-06-01"]


def test_a_month_or_a_year_is_each_of_its_days(records: Records, scopes: ScopeRecords) -> None:
    year = add_on(records, "/year.md", "2001-01-01", "2024")
    month = add_on(records, "/month.md", "2001-01-01", "2024-05")
    assert scopes.dated((year, month), "2024-05-31", "2024-06-02") == (year, month)
    assert scopes.dated((year, month), "2024-06-01", "2024-06-02") == (year,)
    assert scopes.dated((year, month), "2025-01-01", "") == ()


def test_a_file_that_waits_is_of_the_day_of_its_change(records: Records, scopes: ScopeRecords) -> None:
    records.note_file("/new.md", 1, time.time_ns(), retries=True)
    (member,) = scopes.everything()
    today = datetime.now().astimezone().date().isoformat()
    assert scopes.dated((member,), today, today) == (member,)
    assert scopes.dated((member,), "", "1999-12-31") == ()
