"""A library's documents with their collections, without anything that reads them."""

from __future__ import annotations

from pathlib import Path

from rag.collecting import Collecting
from rag.feed import Feed
from rag.scoping import Scoper
from rag.stores.collection_records import CollectionRecords
from rag.stores.database import Database
from rag.stores.records import Records
from rag.stores.scope_records import ScopeRecords
from tests.rag.stores.filling import add_document, sum_of


class Shelf:
    """A library's documents with collections; ``interest`` is what was noted of it."""

    def __init__(self, home: Path) -> None:
        self.database = Database(home)
        self.records = Records(self.database)
        self.feed = Feed()
        scopes = ScopeRecords(self.database)
        self.collections = Collecting(CollectionRecords(self.database), scopes, self.records, self.feed)
        self.interest: list[str] = []
        self.scoper = Scoper(self.records, scopes, self.collections, self.interest.extend)

    def add(self, name: str, stated: str = "") -> None:
        add_document(self.records, f"/{name}", "The crane stands.", name=name)
        self.records.describe_document(sum_of(name), "text", 1, stated)
