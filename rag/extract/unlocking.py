"""Which of some passwords opens a document: tried in one parser process, like all that opens a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rag.extract.formats import detect_format
from rag.extract.messages import Failed, PasswordTried, TryPasswords
from rag.extract.parser_process import ParserFailure, ParserProcess
from rag.extract.parsers import error_of
from rag.extract.process_limits import USUAL_LIMITS, Limits


def find_password(
    path: Path, passwords: Sequence[str], is_cancelled: Callable[[], bool], limits: Limits = USUAL_LIMITS
) -> str | None:
    """The first of ``passwords`` that opens the document at ``path``; None where none does, or it was cancelled.

    Raises PhialError: what ``detect_format`` raises, and what reading raises where a document can't be opened at all.
    """
    if not passwords:
        return None
    path = path.absolute()
    try:
        with ParserProcess(limits) as parser:
            parser.send(TryPasswords(str(path), detect_format(path), tuple(passwords)))
            answer = parser.receive(limits.opening_seconds, is_cancelled)
    except ParserFailure as failure:
        raise error_of(failure.problem(str(path), 1)) from failure
    if isinstance(answer, Failed):
        raise error_of(answer.problem)
    if isinstance(answer, PasswordTried) and 0 <= answer.number < len(passwords):
        return passwords[answer.number]
    return None
