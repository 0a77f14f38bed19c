from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def records(database: Database) -> Records:
    return Records(database)


@pytest.fixture
def vectors(database: Database) -> VectorRecords:
    return VectorRecords(database)


@pytest.fixture
def history(database: Database) -> History:
    return History(database)
