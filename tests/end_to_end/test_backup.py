"""A library goes to another data folder by way of the real worker, while it is used."""

from __future__ import annotations

from pathlib import Path

from rag.protocol import BackedUp, BackUp, Documents, ListDocuments, Restore, Restored
from rag.session import Session
from rag.stores.database import Database
from rag.stores.records import Records
from tests.rag.stores.filling import add_document


def filled(home: Path, *names: str) -> Path:
    home.mkdir()
    database = Database(home)
    for name in names:
        add_document(Records(database), f"/docs/{name}", f"The crane stands in {name}.")
    database.close()
    return home


def names_in(session: Session) -> list[str]:
    return [document.name for document in session.get(Documents, ListDocuments).documents]


def test_whoever_hears_that_it_was_restored_asks_the_restored_library(tmp_path: Path) -> None:
    archive = str(tmp_path / "one.phial")
    with Session(filled(tmp_path / "there", "a.md", "b.md")) as there, Session(tmp_path / "there") as meanwhile:
        assert there.get(BackedUp, lambda number: BackUp(number, archive)).documents == 2
        assert names_in(meanwhile) == ["a.md", "b.md"]
    here = filled(tmp_path / "here", "mine.md")
    with Session(here) as session:
        assert names_in(session) == ["mine.md"]
        assert session.get(Restored, lambda number: Restore(number, archive, replaces=True)).documents == 2
        assert names_in(session) == ["a.md", "b.md"]
