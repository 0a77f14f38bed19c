"""An answer in the terminal: its sentences, what supports them, and what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from rag.errors import text
from rag.protocol import Answer
from rag.terminal_places import place_of
from rag.terminal_words import decimal


def answer_lines(answer: Answer, language: str) -> Iterator[Text]:
    """The answer as paragraphs of text; what is in them is printable already (see ``rag.view.printable``)."""
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
        yield Text(text("ask_quoted", language), style="dim")
    if answer.citations:
        yield Text(text("ask_citations", language), style="bold")
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        said = f"{place_of(citation, language)}: “{quote}”"
        yield Text(f"[{citation.number}] ", style="yellow").append(said, "default")
    if answer.was_stopped:
        yield Text(text("ask_stopped", language), style="dim")
    times = answer.timings
    seconds = {name: decimal(getattr(times, name), 2, language) for name in ("evidence_s", "first_token_s", "total_s")}
    tokens = {"prompt_tokens": times.prompt_tokens, "answer_tokens": times.answer_tokens}
    yield Text(text("ask_timings", language, **seconds, **tokens), style="dim")
    if answer.is_stand_in:
        yield Text(text("ask_stand_in", language, model=answer.model), style="dim")
