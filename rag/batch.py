"""Many questions in one start of the program: one JSON object a line in, one a line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, describe, problem_of, system_language
from rag.json_output import Fields, answer_object, passage_object, print_object
from rag.protocol import Answered, Ask, Found, Scope, Search
from rag.session import Session


def search(session: Session, path: str, limit: int, scope: Scope) -> bool:
    """Print ``{"id", "passages"}`` for each ``{"id", "question"}`` in the file. Raises PhialError for the file."""

    def look_up(question: str) -> Fields:
        found = session.get(Found, lambda number: Search(number, question, limit, scope))
        return {"passages": [passage_object(passage) for passage in found.passages]}

    return _each(path, look_up)


def ask(session: Session, path: str, scope: Scope, model: str, conversation: int = 0) -> bool:
    """Print ``{"id", …}`` with the fields of ``ask --json`` for each question in the file. Raises PhialError.

    They are asked in ``conversation``, one behind the other; 0: each in one of its own.
    """

    def answer(question: str) -> Fields:
        language = system_language()
        answered = session.get(Answered, lambda number: Ask(number, question, scope, model, conversation, language))
        return answer_object(answered.answer)

    return _each(path, answer)


def _each(path: str, answer: Callable[[str], Fields]) -> bool:
    """Answer every line; say whether any could be answered. A line that can't be says why, and the next goes on."""
    has_answered = False
    for line, identity, question in _questions(path):
        fields: Fields
        try:
            if question is None:
                raise PhialError(LibraryProblem.LINE_NO_QUESTION, line=line)
            fields = answer(question)
            has_answered = True
        except PhialError as error:
            if error.kind in {LibraryProblem.WORKER_DIED, LibraryProblem.LIBRARY_EMPTY}:
                raise
            fields = {"error": str(describe(problem_of(error), system_language())), "kind": error.kind.value}
        print_object({"id": identity, **fields})
    return has_answered


def _questions(path: str) -> Iterator[tuple[int, object, str | None]]:
    """The number of each line that isn't empty, its id and its question; None where it is no object with one."""
    try:
        # At line feeds alone: JSON takes the other ends of lines that Unicode knows inside a string.
        lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise PhialError(LibraryProblem.PATH_MISSING, path=path) from error
    except (OSError, ValueError) as error:
        raise PhialError(LibraryProblem.PATH_UNREADABLE, path=path) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        known = entry if isinstance(entry, dict) else {}
        question = known.get("question")
        yield number, known.get("id"), question if isinstance(question, str) else None
