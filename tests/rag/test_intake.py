"""Files that are taken in are followed until each is settled; what the threads say of them is told by the test."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import MagicMock

from rag.feed import Feed
from rag.intake import Intake
from rag.protocol import DocumentChanged, DocumentState, Indexed, Progress
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import add_document, embed

SOME = Progress(0, 0, 0, 0, 0, 0, -1.0)


def test_what_the_index_took_after_the_last_news_of_it_is_settled_while_others_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("The crane stands.", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    (tmp_path / "home").mkdir()
    database = Database(tmp_path / "home")
    records, feed, indexer = Records(database), Feed(), MagicMock(trouble=None, cannot_embed=None, is_behind=True)
    embed(VectorRecords(database), add_document(records, str(path), "The crane stands.", size=path.stat().st_size))

    def begin() -> None:
        for event in (DocumentChanged(0, *records.documents()), SOME, SOME, SOME):
            feed.publish(event)

    intake = Intake(tmp_path / "home", records, FolderRecords(database), MagicMock(), feed, indexer)
    told: list[type] = []
    for event in intake.take([str(path)], begin, lambda: False):
        told.append(type(event))
        indexer.is_behind = told.count(Progress) < 2
        if isinstance(event, Indexed):
            assert [file.state for file in event.files] == [DocumentState.READY]
    assert told == [DocumentChanged, Progress, Progress, Indexed]
    database.close()
