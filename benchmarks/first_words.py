"""How long a person waits for the first word: asked at once, typed first, in a conversation, again after a while.

    python benchmarks/first_words.py [--model FILE]

indexes the sample documents and asks through the façade, as the window does. ``--model`` is a GGUF file,
such as one that benchmarks/shapes.py has written: its answers mean nothing, its times do. Seconds are from the question
to the first word, the lookup included; tokens are those of the prompt, and those that had been read before.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from report import fresh_folder, show, write

from engine.paths import assets
from rag.library import Library
from rag.protocol import Answer, Answered
from rag.settings import ReadsAhead, ReusesPassages

QUESTION = "What core temperature does the loaf have when it is done?"
OTHER = "At which core temperature does the baker take the loaf out?"
FOLLOW_UP = "And how long does it bake?"
Row = tuple[str, str, float, int, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="How long a person waits for the first word.")
    parser.add_argument("--model", type=Path, help="a GGUF file; the one that would answer, where none is named")
    options = parser.parse_args(arguments)
    with Library.open(fresh_folder("first-words")) as library:
        *_, _ = library.index([str(assets() / "samples")])
        library.settings.change("reads_ahead", ReadsAhead.ALWAYS)
        if options.model is not None:
            library.models.add(str(options.model))
        rows = [row for reuse in ReusesPassages for row in measured(library, str(options.model or ""), reuse)]
    title = "Seconds to the first word, and tokens of the prompt"
    show(title, ("reuses passages", "question", "s", "tokens", "read before"), rows)
    write("first_words", {"model": str(options.model or ""), "rows": rows})
    return 0


def measured(library: Library, model: str, reuse: ReusesPassages) -> list[Row]:
    """A row for each way to come to a question, the model being loaded."""
    library.settings.change("reuses_passages", reuse)
    ask(library, "When does the choir rehearse?", model)  # loads the model, and measures it
    library.delete_conversation(0)  # forgets what it has read
    rows: list[Row] = []

    def note(name: str, answer: Answer) -> None:
        timings = answer.timings
        rows.append((reuse.value, name, timings.first_token_s, timings.prompt_tokens, timings.cached_tokens))

    note("the first", ask(library, QUESTION, model))
    library.anticipate(OTHER)
    typed, conversation = asked(library, OTHER, model)
    note("the same passages, typed before", typed)
    note("a follow-up", ask(library, FOLLOW_UP, model, conversation))
    library.anticipate(FOLLOW_UP, conversation=conversation)
    note("a follow-up, typed before", ask(library, FOLLOW_UP, model, conversation))
    return rows


def asked(library: Library, question: str, model: str, conversation: int = 0) -> tuple[Answer, int]:
    """The answer, and the conversation that it stands in."""
    *_, last = library.ask(question, model=model, conversation=conversation)
    if not isinstance(last, Answered):
        raise SystemExit("asking ends with an answer")
    return last.answer, last.conversation


def ask(library: Library, question: str, model: str, conversation: int = 0) -> Answer:
    """The answer."""
    return asked(library, question, model, conversation)[0]


if __name__ == "__main__":
    sys.exit(main())
