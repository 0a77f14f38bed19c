"""Summaries by the whole program: the real worker, the real starter model, a kill in the middle."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.links import Link, LinkClosed
from rag.client import connect
from rag.protocol import (
    Failed,
    Index,
    Indexed,
    Remove,
    Removed,
    Reply,
    Summarise,
    Summarised,
    SummaryMode,
    SummaryProgress,
)
from tests.end_to_end.conftest import SAMPLES, Ran

Phial = Callable[..., Ran]

GREENHOUSE = SAMPLES / "halden-greenhouse.pdf"


def test_quick_is_a_cited_summary_of_every_page(samples: Phial) -> None:
    ran = samples("summarise", str(GREENHOUSE), "--quick", "--json")
    assert ran.status == 0, ran.complaint
    (summary,) = ran.objects
    (document,) = summary["documents"]
    assert document["covered"] == [{"first": 1, "last": 4}]
    assert all(section["is_cited"] for section in document["outline"])
    sentences = [sentence for section in summary["sections"] for sentence in section["sentences"]]
    assert 3 <= len(sentences) <= 6
    assert all(sentence["supported"] and sentence["citations"] for sentence in sentences)
    assert {citation["document"] for citation in summary["citations"]} == {GREENHOUSE.name}
    assert 0 < summary["compression"] < 0.3
    assert summary["is_stand_in"]
    assert summary["timings"]["answer_tokens"] > 0


def test_a_comparison_in_the_terminal_names_both_documents(samples: Phial) -> None:
    paths = [str(SAMPLES / name) for name in ("choir-meeting.md", "sourdough-notebook.md")]
    ran = samples("summarise", *paths, "--quick", "--compare", "--focus", "salt, piano")
    assert ran.status == 0, ran.complaint
    assert "choir-meeting.md: nothing found" in ran.output
    assert "sourdough-notebook.md: nothing found" in ran.output
    assert ran.output.index("salt") < ran.output.index("piano")


@contextlib.contextmanager
def connected(home: Path) -> Iterator[tuple[Link, int]]:
    link, welcome = connect(home, "test")
    try:
        yield link, welcome.pid
    finally:
        link.close()


def replies(link: Link) -> Iterator[Reply]:
    while True:
        reply = link.receive()
        assert isinstance(reply, Reply)
        assert not isinstance(reply, Failed), reply
        yield reply
        if reply.is_final:
            return


NOTE = """# The pump

## Delivery

The Varro pump delivers 12 litres a minute. It lifts water from the cistern in the cellar to the tank on the roof, which
holds enough of it for three days. On the way the water passes a meter that Ines reads on the first day of each month.

## Power

The pump runs on solar power alone. In winter the battery of the pump lasts for two days without any sun. When it is
empty, a lamp beside the door turns red, and the house draws its water from the town until the sun is back.

## Care

The filter of the pump is washed every month under the tap in the yard. A new filter costs 40 euro at the harbour shop,
where it has to be ordered a week before. Whoever changes it writes the date and the name into the green book.
"""


def test_a_worker_that_is_killed_in_the_middle_goes_on_where_it_was_and_forgets_on_request(tmp_path: Path) -> None:
    home, note = tmp_path / "home", tmp_path / "pump.md"
    note.write_text(NOTE, encoding="utf-8")
    request = Summarise(2, (str(note),), SummaryMode.THOROUGH)
    with connected(home) as (link, pid):
        link.send(Index(1, (str(note),)))
        assert isinstance([*replies(link)][-1], Indexed)
        link.send(request)
        with contextlib.suppress(LinkClosed):
            for reply in replies(link):
                assert not isinstance(reply, Summarised)
                if isinstance(reply, SummaryProgress) and reply.stage == "reading" and reply.done == 1:
                    os.kill(pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with connected(home) as (link, _):
        link.send(request)
        every = [*replies(link)]
        assert isinstance(every[-1], Summarised)
        assert kept(home)
        link.send(Remove(3, (str(note),)))
        assert isinstance([*replies(link)][-1], Removed)
        assert not kept(home)
    (document,) = every[-1].summary.documents
    assert (document.parts, document.covered) == (3, ((1, 1),))
    assert document.parts_cached >= 1
    told = [reply for reply in every if isinstance(reply, SummaryProgress) and reply.stage == "reading"]
    assert told[0].is_cached


def kept(home: Path) -> list[str]:
    """What library.db holds of summaries."""
    with contextlib.closing(sqlite3.connect(home / "library.db")) as database:
        return [text for (text,) in database.execute("SELECT text FROM summary_parts")]
