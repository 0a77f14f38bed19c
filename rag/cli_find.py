"""``phial find``: every document is looked at, and the end says what came of it."""

from __future__ import annotations

import argparse
import collections
import dataclasses
from collections.abc import Callable

from rag.cli_keeping import add_conversation, conversation_there, keep, seen_through
from rag.cli_scope import add_scope, scope_of
from rag.errors import system_language, text
from rag.json_findings import found_object
from rag.json_output import print_object
from rag.protocol import FindAll, FoundAll, Scope, Turn, findings_as_answer, shortened
from rag.session import Session
from rag.terminal_findings import outcome, show_findings
from rag.terminal_places import place_within
from rag.terminal_rows import one_line
from rag.view import View


def add_find(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``find`` its arguments."""
    command.add_argument("question", metavar="QUESTION", help=say("question"))
    add_scope(command, say)
    add_conversation(command, say)


def find(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Look at every document in scope, and keep in the history what was found.

    Raises PhialError QUESTION_…, LIBRARY_EMPTY, SCOPE_EMPTY, COLLECTION_…, CONVERSATION_GONE.
    """
    language, scope = system_language(), scope_of(chosen)
    conversation = conversation_there(session, chosen)

    def take(found: FoundAll) -> None:
        kept = keep(session, conversation, _turn(found, chosen.question, scope, language))
        if chosen.json:
            print_object({"question": chosen.question, **found_object(found, language), "conversation": kept})

    replies = session.run(lambda number: FindAll(number, chosen.question, scope, language))
    with seen_through(replies, FoundAll, take) as seen:
        if chosen.json:
            collections.deque(seen, maxlen=0)
        else:
            show_findings(seen, language)
    return True


def _turn(found: FoundAll, question: str, scope: Scope, language: str) -> Turn:
    """What was found, as the history holds it."""
    kept = dataclasses.replace(shortened(found), id=0)
    answer = findings_as_answer(
        kept, outcome(kept, language), lambda citation: place_within(citation, language), one_line, as_heading=str
    )
    asked = text("kept_find", language, what=question)
    return Turn(0, 0.0, dataclasses.replace(answer, question=asked, scope=scope), found=kept, words=question)
