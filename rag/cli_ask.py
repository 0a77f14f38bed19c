"""``phial ask``: a question, alone, many in a file, or one more of a conversation."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable

from rag import batch
from rag.cli_keeping import add_conversation, conversation_of, turns_of
from rag.cli_scope import add_scope, scope_of
from rag.errors import EngineProblem, describe, system_language
from rag.protocol import (
    EVERYWHERE,
    Ask,
    LibraryStatus,
    Scope,
    Status,
)
from rag.session import Session
from rag.view import View, complain


def add_ask(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``ask`` its arguments."""
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("question", nargs="?", metavar="QUESTION", help=say("question"))
    which.add_argument("--batch", metavar="FILE.jsonl", help=say("batch"))
    add_scope(command, say)
    command.add_argument("--model", default="", metavar="ID", help=say("model"))
    add_conversation(command, say)


def ask(session: Session, view: View, chosen: argparse.Namespace) -> bool:
    """Ask, and show the answer. Raises PhialError."""
    scope, conversation = _place(session, chosen)
    if chosen.batch:
        return batch.ask(session, chosen.batch, scope, chosen.model, conversation)
    asked = Ask(0, chosen.question, scope, chosen.model, conversation, system_language())
    done = view.ask(session.run(lambda number: dataclasses.replace(asked, id=number)))
    if not chosen.model:
        _tell_lost_choice(session)
    return done


def _tell_lost_choice(session: Session) -> None:
    """Say beside the answer why another model wrote it than the one that was chosen."""
    for notice in session.get(LibraryStatus, Status).notices:
        if notice.kind == EngineProblem.MODEL_AWAY:
            complain(str(describe(notice, system_language())))


def _place(session: Session, chosen: argparse.Namespace) -> tuple[Scope, int]:
    """Where to look, and the conversation to go on in: it stays where it was last asked, unless another is named."""
    scope, conversation = scope_of(chosen), conversation_of(session, chosen)
    if conversation and scope == EVERYWHERE:
        turns = turns_of(session, conversation)
        answered = [turn for turn in turns if turn.summary is None and turn.found is None]
        scope = answered[-1].answer.scope if answered else scope
    return scope, conversation
