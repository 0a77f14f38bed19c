"""A conversation of the history, in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from rag.protocol import Conversation, Turn
from rag.terminal_answers import answer_lines
from rag.terminal_findings import show_found
from rag.terminal_places import BETWEEN
from rag.terminal_rows import one_line
from rag.terminal_summaries import summary_lines
from rag.terminal_words import day_and_time


def show_conversation(console: Console, conversation: Conversation, language: str) -> None:
    """Show all of it; what is in it is printable already (see ``rag.view.printable``)."""
    console.print(Text(one_line(conversation.title), style="bold underline"))
    for turn in conversation.turns:
        console.print()
        console.print(Text(turn.answer.question, style="bold"))
        origin = BETWEEN.join(filter(None, (day_and_time(turn.asked), turn.answer.model)))
        console.print(Text(origin, style="dim"))
        _show_turn(console, turn, language)


def _show_turn(console: Console, turn: Turn, language: str) -> None:
    """What came of a question, as it was shown when it was asked."""
    if turn.summary is not None:
        for line in summary_lines(turn.summary, console.width, language):
            console.print(line)
    elif turn.found is not None:
        show_found(console, turn.found, language)
    else:
        for written in answer_lines(turn.answer, language):
            console.print(written)
