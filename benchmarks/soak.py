"""Kill worker, parsers, OCR and model at random instants while a library changes; afterwards it must be whole.

A client like the window's adds, changes, moves, renames and removes documents of all formats, some of them in a folder
that is followed, and asks questions, over the real protocol. Each kill is a kill -9 of real processes; now and then the
disk is full, or Chroma's folder is gone. Afterwards the library must agree with itself and with Chroma, vector by
vector, and hold just what a library holds that was built in peace from the same files.
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

from agreement import contents, differences, disagreements, given_up, term_differences, vector_differences
from report import fresh_folder, show, write
from soak_client import SoakClient
from soak_documents import SUFFIXES, WORDS, write_document
from soak_victims import FULL_SECONDS, VICTIMS, disk_full, kill

from rag.library import Library

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
KINDS = ("add", "add", "change", "change", "remove", "move", "rename", "bring back")
FEWEST = 8
"""Documents, below which one is added."""
MOST = 60
"""Documents, above which one is removed: coming to rest is not what is measured here."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak; 1 where the library is not whole after it."""
    parser = argparse.ArgumentParser(description="Kills at random instants, then every vector must find itself.")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args(arguments)
    source = random.Random(options.seed)
    folder = fresh_folder("soak")
    changes = Changes(folder / "documents", source)
    home, peaceful = folder / "home", folder / "peaceful"
    begun = time.monotonic()
    killed: collections.Counter[str] = collections.Counter()
    full = 0
    client = SoakClient(home)
    client.follow(changes.followed)
    for number in range(options.kills):
        victim = source.choice(VICTIMS)
        changes.make(client, number, victim)
        if source.random() < 0.04:
            with disk_full(client) as is_full:
                full += is_full
                time.sleep(FULL_SECONDS if is_full else 0)
        killed[kill(client, victim, source)] += 1
        print(f"\r{killed.total()} of {options.kills} kills: {dict(killed)}", end="", flush=True)
    print()
    read_again = settle(client, changes)
    settle(SoakClient(peaceful), changes)
    for kept in (home, peaceful):
        with Library.open(kept) as library:
            library.mend()
    held, expected = contents(home), contents(peaceful)
    wrong = [*disagreements(home), *differences(held, expected)]
    wrong += [*vector_differences(home, peaceful), *term_differences(home, peaceful)]
    wrong += [f"{key} is not whole" for key in given_up(home)]
    summary = {
        "seed": options.seed,
        "kills": dict(killed),
        "changes": dict(changes.made),
        "disk_full": full,
        "worker_starts": client.starts,
        "indexes_lost": client.indexes_lost,
        "read_again": read_again,
        "documents": len(held),
        "formats": dict(sorted(collections.Counter(document.format for document in held.values()).items())),
        "passages": sum(len(document.passages) for document in held.values()),
        "seconds": round(time.monotonic() - begun),
        "wrong": wrong,
    }
    show("After the soak", ("what", "figure"), summary.items())
    write("soak", summary)
    return 1 if wrong else 0


class Changes:
    """Changes the documents in two folders: one that the client speaks of, one that the worker follows by itself."""

    def __init__(self, folder: Path, source: random.Random) -> None:
        self.given, self.followed = folder / "given", folder / "followed"
        self.made: collections.Counter[str] = collections.Counter()
        self._source = source
        self._removed: dict[str, bytes] = {}
        for place in (self.given, self.followed):
            place.mkdir(parents=True)

    def make(self, client: SoakClient, number: int, victim: str) -> None:
        """One to three changes that give ``victim`` work, asked for but not waited for."""
        for step in range(self._source.randint(1, 3)):
            kind = self._kind(step, victim)
            self.made[kind] += 1
            self._change(client, kind, f"{self._source.choice(WORDS)}-{number}-{step}{self._suffix(victim)}")
        if victim == "model":
            client.ask(f"What was the {self._source.choice(WORDS)} of the {self._source.choice(WORDS)}?")

    def _kind(self, step: int, victim: str) -> str:
        count = len(self._there())
        if step == 0 and victim == "forgetting" and count > FEWEST:
            return "remove"
        if count <= FEWEST or (step == 0 and victim in {"parser", "ocr"}):
            return "add"
        return "remove" if count > MOST else self._source.choice(KINDS)

    def _suffix(self, victim: str) -> str:
        return ".scan.pdf" if victim == "ocr" else self._source.choice(SUFFIXES)

    def _there(self) -> list[Path]:
        return sorted([*self.given.iterdir(), *self.followed.iterdir()])

    def _change(self, client: SoakClient, kind: str, name: str) -> None:
        place = self._source.choice((self.given, self.given, self.followed))
        path = place / name if kind in {"add", "bring back"} else self._source.choice(self._there())
        if kind == "bring back" and self._removed:
            name, content = self._removed.popitem()
            path = place / name
            path.write_bytes(content)
        elif kind in {"add", "change", "bring back"}:
            # A new file in one piece, as programs save: what is half written is another test's.
            beside = self.given.parent / path.name
            write_document(beside, self._source)
            beside.replace(path)
        elif kind == "remove":
            if path.parent == self.given:
                client.remove(path)
            self._removed[path.name] = path.read_bytes()
            path.unlink()
            return
        else:
            target = self.given if path.parent == self.followed else self.followed
            path = path.rename(target / path.name if kind == "move" else path.with_name(f"new-{path.name}"))
        if path.parent == self.given:
            client.index(path)


def settle(client: SoakClient, changes: Changes) -> int:
    """Let the library come to rest with what lies in the folders now; give how many documents were read again.

    A page on which parsers died again and again is given up, as it should be; here it was not the page's fault, so such
    documents are read again, as a person can ask for.
    """
    client.finish_removing()
    client.follow(changes.followed)
    client.finish_indexing(changes.given)
    client.forget_missing(changes.given)
    client.finish_following(changes.followed)
    client.finish_indexing(changes.followed)
    client.end()
    again = given_up(client.home)
    if again:
        last = SoakClient(client.home)
        last.read_again(again)
        for folder in (changes.given, changes.followed):
            last.finish_indexing(folder)
        last.end()
    return len(again)


if __name__ == "__main__":
    os.environ.setdefault("PHIAL_LANGUAGE", "en")
    sys.exit(main())
