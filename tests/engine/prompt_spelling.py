"""The tokens of prompts, spelled out by our model process's own code, in a process of its own as llama.cpp wants.

Run as ``python -m tests.engine.prompt_spelling TASKS RESULT``, both JSON files; ``spelled_prompts`` runs it.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.gguf_header import read_header
from engine.messages import ChatMessage
from engine.templates import choose_template


@dataclasses.dataclass(frozen=True)
class Spelled:
    """A prompt's tokens as text, each byte a character, tags included; ``form`` is what its template is taken for."""

    tokens: list[str]
    form: str
    is_from_header: bool


def spelled_prompts(
    tasks: Sequence[tuple[Path, str | None, Sequence[ChatMessage]]], folder: Path
) -> tuple[Spelled, ...]:
    """The prompt of each task: a model's file, its form where the table knows it, and the messages."""
    asked, result = folder / "tasks.json", folder / "spelled.json"
    asked.write_text(
        json.dumps([(str(path), form, [(each.role, each.text) for each in said]) for path, form, said in tasks])
    )
    command = [sys.executable, "-m", "tests.engine.prompt_spelling", str(asked), str(result)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return tuple(Spelled(**each) for each in json.loads(result.read_text()))


def main(asked: str, result: str) -> None:
    """Spell the prompts of the tasks."""
    from engine.prompt_tokens import PromptTokens
    from engine.weights import Log, Weights

    log = Log()
    spelled = []
    for path, form, said in json.loads(Path(asked).read_text()):
        template = choose_template(read_header(Path(path)), form)
        prompt = PromptTokens(Weights(path, 512, log), template)
        segments = prompt.of_messages([ChatMessage(role, text) for role, text in said])
        tokens = [
            prompt.bytes_of(token, shows_special=True).decode("latin-1")
            for segment in segments
            for token in segment.tokens
        ]
        spelled.append(dataclasses.asdict(Spelled(tokens, template.form.name, template.is_from_header)))
    Path(result).write_text(json.dumps(spelled))


if __name__ == "__main__":
    main(*sys.argv[1:])
