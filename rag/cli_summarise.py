"""``phial summarise``: documents summed up in the terminal, read first where they aren't in the library yet."""

from __future__ import annotations

import argparse
import collections
import dataclasses
from collections.abc import Callable
from pathlib import Path

from rag.cli_keeping import add_conversation, conversation_there, keep, seen_through
from rag.cli_scope import absolute
from rag.errors import system_language, text
from rag.json_output import print_object
from rag.json_summaries import summary_object
from rag.protocol import (
    SUMMARY_LANGUAGES,
    Index,
    Sentence,
    Summarise,
    Summarised,
    Summary,
    SummaryLength,
    SummaryMode,
    Turn,
    summary_as_answer,
)
from rag.session import Session
from rag.terminal_rows import make_console
from rag.terminal_summaries import show_reading, show_summary
from rag.terminal_words import counted
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
    add_conversation(command, say)


def summarise(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Carry it out, and keep the summary in the history.

    Raises PhialError (see Summariser.summarise), CONVERSATION_GONE.
    """
    language, console = system_language(), make_console()
    conversation = conversation_there(session, chosen)
    targets = absolute(chosen.paths)
    # Also what is there already: it may have been edited since. What hasn't is not read twice.
    there = tuple(target for target in targets if Path(target).exists())
    if there:
        reading = session.run(lambda number: Index(number, there))
        if chosen.json:
            collections.deque(reading, maxlen=0)
        else:
            show_reading(console, reading, language)

    def take(ended: Summarised) -> None:
        turn = _turn(ended.summary, chosen.focus, language)
        kept = keep(session, conversation, turn) if turn.answer.text else 0
        if chosen.json:
            print_object({**summary_object(ended.summary, language), "conversation": kept})

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
    with seen_through(replies, Summarised, take) as seen:
        if chosen.json:
            collections.deque(seen, maxlen=0)
        else:
            show_summary(console, seen, language)
    return True


def _turn(summary: Summary, focus: str, language: str) -> Turn:
    """The summary, as the history holds it."""
    documents = summary.documents
    what = documents[0].document if len(documents) == 1 else counted("documents", len(documents), language)
    asked = text("kept_compare" if summary.compares else "kept_summarise", language, what=what)
    answer = summary_as_answer(summary, as_heading=str)
    if summary.compares and not answer.text and not summary.was_stopped:
        nothing = text("summary_not_compared", language)
        answer = dataclasses.replace(answer, text=nothing, sentences=(Sentence(nothing, supported=True),))
    question = ": ".join(filter(None, (asked, focus)))
    return Turn(0, 0.0, dataclasses.replace(answer, question=question), summary, words=focus)
