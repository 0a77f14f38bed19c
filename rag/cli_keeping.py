"""Summaries, and what Find all found, in the history of the terminal: the conversation that they are kept in."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from rag.cli_conversations import conversation_number
from rag.errors import PhialError, describe, problem_of, system_language, text
from rag.protocol import Conversation, Conversations, KeepTurn, Kept, ListConversations, OpenConversation, Reply, Turn
from rag.session import Session
from rag.view import complain

LAST = "last"

Outcome = TypeVar("Outcome", bound=Reply)


def add_conversation(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``command`` the conversation to go on in."""
    command.add_argument("--conversation", type=_which, default=0, metavar="ID", help=say("ask_conversation"))


def conversation_of(session: Session, chosen: argparse.Namespace) -> int:
    """The conversation that is meant; 0: a new one."""
    if chosen.conversation != LAST:
        return int(chosen.conversation)
    rows = session.get(Conversations, ListConversations).conversations
    return rows[0].conversation if rows else 0


def turns_of(session: Session, conversation: int) -> tuple[Turn, ...]:
    """What was asked in ``conversation`` so far. Raises PhialError CONVERSATION_GONE."""
    return session.get(Conversation, lambda number: OpenConversation(number, conversation)).turns


def conversation_there(session: Session, chosen: argparse.Namespace) -> int:
    """As ``conversation_of``, before long work begins for it. Raises PhialError CONVERSATION_GONE."""
    conversation = conversation_of(session, chosen)
    if conversation:
        turns_of(session, conversation)
    return conversation


@contextlib.contextmanager
def seen_through(
    replies: Iterator[Reply], kind: type[Outcome], take: Callable[[Outcome], None]
) -> Iterator[Iterator[Reply]]:
    """Inside, ``replies`` to go through; at the end ``take`` is given the one of ``kind``, if it came.

    Also where an interrupt, or a reader of our output who left, has ended the going through.
    """
    came: list[Outcome] = []

    def noted() -> Iterator[Reply]:
        for reply in replies:
            if isinstance(reply, kind):
                came.append(reply)
            yield reply

    try:
        yield noted()
    finally:
        if came:
            take(came[-1])


def keep(session: Session, conversation: int, turn: Turn) -> int:
    """Keep ``turn`` in ``conversation`` (0: a new one); which it is. Where it can't be, 0, and a sentence says why."""
    try:
        return session.get(
            Kept, lambda number: KeepTurn(number, conversation, turn.answer, turn.summary, turn.found, turn.words)
        ).conversation
    except PhialError as error:
        language = system_language()
        complain(text("not_kept", language, why=describe(problem_of(error), language).title))
        return 0


def _which(value: str) -> int | str:
    return LAST if value == LAST else conversation_number(value)
