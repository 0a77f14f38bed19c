"""The main job on the samples, in the terminal: index them, ask in three languages, check the page that is cited.

It runs the real commands a person would type, on a library of its own (build/demo), offline. It keeps a connection to
the worker meanwhile, as the window does, so that the embedder stays loaded between the commands, and reads from the
history what the worker answered. Exit status 1 where a command fails or a page is not found.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

from engine.links import Link
from engine.paths import HOME_VARIABLE
from rag.client import connect
from rag.errors import PhialError, describe, problem_of, system_language
from rag.protocol import Answer, Conversation, Conversations, ListConversations, OpenConversation, Reply, Request

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "assets" / "samples"
HOME = ROOT / "build" / "demo"

Final = TypeVar("Final", bound=Reply)


def main() -> int:
    """Run the demo; the exit status."""
    os.environ[HOME_VARIABLE] = str(HOME)
    questions = json.loads((SAMPLES.parent / "questions.json").read_text(encoding="utf-8"))
    try:
        link, _ = connect(HOME, "demo")
    except PhialError as error:
        print(describe(problem_of(error), system_language()), file=sys.stderr)
        return 1
    if phial("index", str(SAMPLES)) != 0:
        return 1
    verdicts = []
    for question in questions:
        if phial("ask", question["question"]) != 0:
            return 1
        verdicts.append(verdict(last_answer(link), question["document"], question["page"]))
        print(f"→ {verdicts[-1]}", flush=True)
    link.close()
    well = [said for said in verdicts if said.startswith("cited")]
    print(f"\n{len(well)} of {len(questions)} answers cite the page that holds the answer (library: {HOME}).")
    return 0 if len(well) == len(questions) else 1


def phial(*arguments: str) -> int:
    """Run a command as a person would; its exit status."""
    shown = " ".join(f'"{argument}"' if " " in argument else argument for argument in arguments)
    print(f"\n$ phial {shown}", flush=True)
    return subprocess.run([sys.executable, "-m", "desktop", *arguments], cwd=ROOT, check=False).returncode


def last_answer(link: Link) -> Answer:
    """The newest answer in the library's history."""
    rows = request(link, ListConversations(1), Conversations).conversations
    return request(link, OpenConversation(2, rows[0].conversation), Conversation).turns[-1].answer


def request(link: Link, asked: Request, kind: type[Final]) -> Final:
    """Send a request and wait for its final message, of ``kind``."""
    link.send(asked)
    reply = link.receive()
    if not isinstance(reply, kind):
        raise SystemExit(f"the worker answered {asked.type} with {reply.type}")
    return reply


def verdict(answer: Answer, document: str, page: int) -> str:
    """In a word whether ``page`` of ``document`` is cited, was only found, or is missing, and which page it is."""
    place = f"{document}, page {page}"
    if any((citation.document, citation.page) == (document, page) for citation in answer.citations):
        return f"cited: {place}"
    if any((passage.document, passage.page) == (document, page) for passage in answer.passages):
        return f"found, but not cited: {place}"
    return f"missing: {place}"


if __name__ == "__main__":
    sys.exit(main())
