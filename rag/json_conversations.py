"""A conversation as ``--json`` prints it: names that other programs rely on."""

from __future__ import annotations

from rag.json_findings import found_object
from rag.json_output import Fields, answer_object
from rag.json_summaries import summary_object
from rag.protocol import Conversation, Turn


def conversation_object(conversation: Conversation, language: str) -> Fields:
    """All of a conversation, its oldest answer first; ``asked`` is a Unix time.

    Where it was summed up or looked for everywhere, ``summary`` or ``found`` is what the answer was made of.
    """
    turns = [_turn(turn, language) for turn in conversation.turns]
    return {"conversation": conversation.conversation, "title": conversation.title, "turns": turns}


def _turn(turn: Turn, language: str) -> Fields:
    return {
        "turn": turn.turn, "asked": turn.asked, **answer_object(turn.answer),
        "summary": None if turn.summary is None else summary_object(turn.summary, language),
        "found": None if turn.found is None else found_object(turn.found, language),
    }  # fmt: skip
