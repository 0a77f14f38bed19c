"""``phial summarise``: documents summed up in the terminal, read first where they aren't in the library yet."""

from __future__ import annotations

import argparse
import collections
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.cli_scope import absolute
from rag.errors import system_language
from rag.json_output import print_object
from rag.json_summaries import summary_object
from rag.protocol import (
    SUMMARY_LANGUAGES,
    Index,
    Reply,
    Summarise,
    Summarised,
    SummaryLength,
    SummaryMode,
)
from rag.session import Session
from rag.terminal_rows import make_console
from rag.terminal_summaries import show_reading, show_summary
from rag.view import View


def add_summarise(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``summarise`` what can be said of a summary."""
    command.add_argument("paths", nargs="+", metavar="PATH", help=say("paths"))
    command.add_argument("--quick", action="store_true", help=say("quick"))
    lengths = [length.value for length in SummaryLength]
    command.add_argument("--length", choices=lengths, default=SummaryLength.PARAGRAPH.value, help=say("length"))
    command.add_argument("--language", choices=SUMMARY_LANGUAGES, default="", help=say("output_language"))
    command.add_argument("--focus", default="", metavar="WORDS", help=say("focus"))
    command.add_argument("--compare", action="store_true", help=say("compare"))
    command.add_argument("--model", default="", metavar="ID", help=say("model"))


def summarise(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Carry it out. Raises PhialError (see Summariser.summarise)."""
    language, console = system_language(), make_console()
    targets = absolute(chosen.paths)
    # Also what is there already: it may have been edited since. What hasn't is not read twice.
    there = tuple(target for target in targets if Path(target).exists())
    if there:
        reading = session.run(lambda number: Index(number, there))
        if chosen.json:
            collections.deque(reading, maxlen=0)
        else:
            show_reading(console, reading, language)
    replies = session.run(
        lambda number: Summarise(
            number,
            targets,
            SummaryMode.QUICK if chosen.quick else SummaryMode.THOROUGH,
            SummaryLength(chosen.length),
            chosen.language,
            chosen.focus,
            chosen.compare,
            chosen.model,
        )
    )
    return _print(replies, language) if chosen.json else show_summary(console, replies, language)


def _print(replies: Iterator[Reply], language: str) -> bool:
    for reply in replies:
        if isinstance(reply, Summarised):
            print_object(summary_object(reply.summary, language))
    return True
