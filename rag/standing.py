"""How a library stands, for whoever asks for its status."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from engine.catalogue import InstalledModel, lost_choice
from rag.client import client_version
from rag.errors import Problem, problem_of
from rag.home import notices_about
from rag.protocol import LibraryStatus
from rag.stores.connection_records import ConnectionRecords
from rag.stores.records import Records


def library_status(
    home: Path,
    records: Records,
    connections: ConnectionRecords,
    chosen: InstalledModel | None,
    *,
    embedder: str,
    model_sleeps_for: str,
    is_paused: bool,
    troubles: Iterable[Problem | None],
    notices: Iterable[Problem],
) -> LibraryStatus:
    """The status of the library in ``home``, whose ``chosen`` model answers; each kind of trouble is told once."""
    pages, passages, embedded, size = records.totals()
    counts: dict[str, int] = {}
    for document in records.documents():
        counts[document.state.value] = counts.get(document.state.value, 0) + 1
    lost = lost_choice(home)
    by_kind = {trouble.kind: trouble for trouble in troubles if trouble is not None}
    return LibraryStatus(
        id=0,
        home=str(home),
        version=client_version(),
        pid=os.getpid(),
        documents=counts,
        pages=pages,
        passages=passages,
        passages_embedded=embedded,
        bytes=size,
        embedder=embedder,
        model="" if chosen is None else chosen.name,
        is_stand_in=chosen is not None and chosen.is_stand_in,
        is_paused=is_paused,
        connections=connections.listed(),
        notices=(*notices_about(home), *by_kind.values(), *([problem_of(lost)] if lost else []), *notices),
        model_sleeps_for=model_sleeps_for,
    )
