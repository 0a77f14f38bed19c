"""Kill worker, model and parsers at random instants while a library changes; afterwards it must be whole.

A client like the window's adds, changes and removes documents and asks questions over the real protocol. Each kill is a
kill -9 of one real process. Afterwards the library must agree with itself and with Chroma, vector by vector, and hold
just what a library holds that was built in peace from the same files.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from agreement import contents, differences, disagreements, given_up
from report import fresh_folder, show, write
from soak_client import SoakClient
from soak_documents import WORDS, write_document

from rag.library import Library

PROCESSES = {"parser": "rag.extract.child", "model": "engine.runtime"}
LONGEST_CALM = {"worker": 12.0, "parser": 0.4, "model": 3.0}
"""Seconds at most that a victim is left alone: a worker from the change on (its embedder has loaded by then, so kills
meet every stage), the others from the moment that they run."""
PATIENCE = 30.0
"""Seconds that a parser or the model's process is waited for; then the worker is killed in its stead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak; 1 where the library is not whole after it."""
    parser = argparse.ArgumentParser(description="Kills at random instants, then every vector must find itself.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args(arguments)
    source = random.Random(options.seed)
    folder = fresh_folder("soak")
    documents, home, peaceful = folder / "documents", folder / "home", folder / "peaceful"
    documents.mkdir()
    begun = time.monotonic()
    killed: collections.Counter[str] = collections.Counter()
    client = SoakClient(home)
    for number in range(options.kills):
        victim = source.choice(("worker", "worker", "parser", "model"))
        change(client, documents, number, source, victim)
        killed[kill(client, victim, source.uniform(0, LONGEST_CALM[victim]))] += 1
        print(f"\r{killed.total()} of {options.kills} kills: {dict(killed)}", end="", flush=True)
    print()
    read_again = settle(client, documents)
    settle(SoakClient(peaceful), documents)
    for kept in (home, peaceful):
        with Library.open(kept) as library:
            library.mend()
    wrong = disagreements(home) + differences(contents(home), contents(peaceful))
    wrong += [f"{key} is not whole" for key in given_up(home)]
    held = contents(home)
    summary = {
        "seed": options.seed,
        "kills": dict(killed),
        "worker_starts": client.starts,
        "read_again": read_again,
        "documents": len(held),
        "vectors": sum(len(entry[-1]) for entry in held.values() if isinstance(entry[-1], tuple)),
        "seconds": round(time.monotonic() - begun),
        "wrong": wrong,
    }
    show("After the soak", ("what", "figure"), summary.items())
    write("soak", summary)
    return 1 if wrong else 0


def change(client: SoakClient, documents: Path, number: int, source: random.Random, victim: str) -> None:
    """One to three changes of the library that give ``victim`` work, asked for but not waited for."""
    for step in range(source.randint(1, 3)):
        there = sorted(documents.iterdir())
        kind = source.choice(("add", "add", "change", "remove")) if len(there) > 5 else "add"
        if step == 0 and victim == "parser":
            kind = "add"
        if kind == "add":
            path = documents / f"{source.choice(WORDS)}-{number}-{step}{source.choice(('.md', '.pdf'))}"
        else:
            path = source.choice(there)
        if kind == "remove":
            client.remove(path)
            path.unlink()
        else:
            beside = path.with_name(f".{path.name}")
            write_document(beside, source)
            beside.replace(path)
            client.index(path)
    if victim == "model":
        client.ask(f"What was the {source.choice(WORDS)} of the {source.choice(WORDS)}?")


def kill(client: SoakClient, victim: str, calm: float) -> str:
    """Kill a process of the kind wanted, or the worker where none comes to run; give what was killed."""
    deadline = time.monotonic() + PATIENCE
    while victim != "worker" and time.monotonic() < deadline:
        process = next((child for child in _children(client.worker_pid) if _runs(child, PROCESSES[victim])), None)
        if process is not None:
            time.sleep(calm)
            if process.is_running():
                process.kill()
                return victim
        time.sleep(0.005)
    if victim == "worker":
        time.sleep(calm)
    client.kill_worker()
    return "worker"


def settle(client: SoakClient, documents: Path) -> int:
    """Let the library come to rest with what lies in ``documents`` now; give how many documents were read again.

    A page on which two parsers died is given up, as it should be; here it was not the page's fault, so such documents
    are read again, as a person can ask for.
    """
    client.finish_removing()
    client.finish_indexing(documents)
    client.end()
    again = given_up(client.home)
    if again:
        last = SoakClient(client.home)
        last.read_again(again)
        last.finish_indexing(documents)
        last.end()
    return len(again)


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _runs(process: psutil.Process, module: str) -> bool:
    try:
        return module in process.cmdline()
    except psutil.Error:
        return False


if __name__ == "__main__":
    os.environ.setdefault("PHIAL_LANGUAGE", "en")
    sys.exit(main())
