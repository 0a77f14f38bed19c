"""An answer in the terminal: its sentences, what supports them, and what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from rag.errors import describe, text
from rag.protocol import EVERYWHERE, Answer, Scope
from rag.terminal_places import place_of
from rag.terminal_words import decimal


def answer_lines(answer: Answer, language: str) -> Iterator[Text]:
    """The answer as paragraphs of text; what is in them is printable already (see ``rag.view.printable``)."""
    if answer.understood:
        yield Text(text("ask_understood", language, question=answer.understood), style="dim")
    if answer.scope != EVERYWHERE:
        yield Text(text("ask_scope", language, scope=_scope_in_words(answer.scope)), style="dim")
    yield Text(text("ask_answer", language), style="bold")
    written = Text()
    for sentence in answer.sentences:
        marks = "".join(f"[{number}]" for number in sentence.citations)
        written.append(sentence.text, style="" if sentence.supported or answer.refused else "dim underline")
        written.append(f" {marks} " if marks else " ", style="yellow")
    yield written
    if any(not sentence.supported for sentence in answer.sentences) and not answer.refused:
        yield Text(text("ask_unsupported", language), style="dim")
    if answer.is_quoted:
        yield Text(text("ask_quoted" if answer.model else "ask_no_model", language), style="dim")
    if answer.citations:
        yield Text(text("ask_citations", language), style="bold")
    elif answer.nearest:
        yield Text(text("ask_nearest", language), style="bold")
    for citation in answer.citations or answer.nearest:
        quote = " ".join(citation.quote.split())
        said = f"{place_of(citation, language)}: “{quote}”"
        yield Text(f"[{citation.number}] ", style="yellow").append(said, "default")
    if answer.problem is not None:
        yield Text(str(describe(answer.problem, language)), style="yellow")
    elif answer.was_stopped:
        yield Text(text("ask_stopped", language), style="dim")
    times = answer.timings
    seconds = {name: decimal(getattr(times, name), 2, language) for name in ("evidence_s", "first_token_s", "total_s")}
    tokens = {"prompt_tokens": times.prompt_tokens, "answer_tokens": times.answer_tokens}
    key = "ask_timings" if times.prompt_tokens else "ask_timings_found"
    yield Text(text(key, language, **seconds, **tokens), style="dim")
    if answer.is_stand_in:
        yield Text(text("ask_stand_in", language, model=answer.model), style="dim")


def _scope_in_words(scope: Scope) -> str:
    range_of_days = f"{scope.since or '…'} – {scope.until or '…'}" if scope.since or scope.until else ""
    return ", ".join(part for part in (*scope.documents, *scope.collections, range_of_days) if part)
