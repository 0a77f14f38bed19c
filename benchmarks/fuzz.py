"""Fuzz the readers: files of each format, changed at random, through real parser processes with their limits.

A finding is a file on which a reader raises what is no reason for a person, the process crashes, hangs or takes too
much memory, or pages come that break a promise (headings or boxes outside the text, text that can't be stored). The
corpus is what the tests' makers write and what once was a finding (tests/rag/extract/corpus).
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import hashlib
import itertools
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz_mutations import mutated
from report import fresh_folder, show, write
from soak_documents import SUFFIXES, write_document

from rag.errors import LibraryProblem
from rag.extract.messages import Failed, Finished, Opened, PageRead, ReadDocument
from rag.extract.parser_process import ParserFailure, ParserProcess
from rag.extract.parsers import accepted_format
from rag.extract.process_limits import Limits
from rag.pages import PageText
from rag.protocol import PAGE_UNITS, Box
from tests.rag.extract import making_formats

SECONDS = float(os.environ.get("FUZZ_SECONDS", "600"))
CORPUS = Path(__file__).resolve().parent.parent / "tests" / "rag" / "extract" / "corpus"
LIMITS = Limits(opening_seconds=15.0, page_seconds=15.0, memory=2**30)
FILES_A_PROCESS = 200
ROUNDED = 1.000001


@dataclasses.dataclass(frozen=True)
class Finding:
    """What is wrong, as far as it can be told from another by words alone, and the file that shows it."""

    format: str
    kind: str
    details: str
    file: str = dataclasses.field(compare=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzer; 1 where there is a finding."""
    parser = argparse.ArgumentParser(description="Files changed at random through every reader.")
    parser.add_argument("formats", nargs="*", help="formats to fuzz (all)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for all formats together")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    formats = options.formats or sorted(PAGE_UNITS)
    folder = fresh_folder("fuzz")
    corpus = seeds(folder)
    findings: set[Finding] = set()
    rows = []
    for format_name in formats:
        target = Target(format_name, corpus[format_name], folder, random.Random(f"{options.seed} {format_name}"))
        target.run(options.seconds / len(formats))
        findings |= target.findings
        rows.append((format_name, len(corpus[format_name]), target.tried, target.read, len(target.findings)))
    show("Fuzzing", ("format", "corpus", "files", "of them read", "findings"), rows)
    for finding in sorted(findings, key=dataclasses.astuple):
        print(f"{finding.format}: {finding.kind} ({finding.details}): {finding.file}")
    summary = [dict(zip(("format", "corpus", "files", "read", "findings"), row, strict=True)) for row in rows]
    write("fuzz", {"seed": options.seed, "formats": summary, "findings": [dataclasses.asdict(one) for one in findings]})
    return 1 if findings else 0


def seeds(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """The files to change, with their endings, by format: good ones, since a bomb that is changed is still a bomb."""
    made = folder / "corpus"
    made.mkdir()
    for one in making_formats.ALL:
        one.make(made / f"known{one.suffix}")
    source = random.Random(0)
    for suffix in SUFFIXES:
        write_document(made / f"prose{suffix}", source)
    for kind in ("PNG", "JPEG", "TIFF", "WEBP"):
        Image.effect_noise((60, 40), 50).save(made / f"picture.{kind.lower()}", kind)
    corpus = collections.defaultdict[str, list[tuple[str, bytes]]](list)
    for path in sorted([*made.iterdir(), *CORPUS.glob("*.*")]):
        corpus[accepted_format(path, lambda: False)].append((path.suffix, path.read_bytes()))
    return corpus


class Target:
    """The reader of one format, fed for a while."""

    def __init__(self, name: str, corpus: list[tuple[str, bytes]], folder: Path, source: random.Random) -> None:
        self.findings: set[Finding] = set()
        self.tried = self.read = 0
        self._name = name
        self._corpus = corpus
        self._folder = folder
        self._source = source

    def run(self, seconds: float) -> None:
        """Change and read files for so many ``seconds``."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with ParserProcess(LIMITS) as parser:
                for _ in range(FILES_A_PROCESS):
                    if time.monotonic() >= deadline or not self._try_one(parser):
                        break
            print(f"\r{self._name}: {self.tried} files, {len(self.findings)} findings   ", end="", flush=True)
        print()

    def _try_one(self, parser: ParserProcess) -> bool:
        """Read one changed file; say whether the process is fit for another."""
        suffix, content = self._source.choice(self._corpus)
        content = mutated(content, [other for _, other in self._corpus], self._name, self._source)
        path = self._folder / f"fuzzed{suffix}"
        path.write_bytes(content)
        self.tried += 1
        try:
            wrong = list(self._broken_promises(parser, path))
        except ParserFailure as failure:
            kinds = {
                LibraryProblem.PARSER_TIMED_OUT: "hang",
                LibraryProblem.PARSER_OUT_OF_MEMORY: "too much memory",
                LibraryProblem.PARSER_DIED: "no reason given",
            }
            self._note(kinds[failure.kind], failure.problem("", 0).details, content, suffix)
            return False
        for details in wrong:
            self._note("broken promise", details, content, suffix)
        return True

    def _note(self, kind: str, details: str, content: bytes, suffix: str) -> None:
        name = f"{self._name}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
        finding = Finding(self._name, kind, details, name)
        if finding not in self.findings:
            self.findings.add(finding)
            (self._folder / name).write_bytes(content)

    def _broken_promises(self, parser: ParserProcess, path: Path) -> Iterator[str]:
        """What is wrong with the pages of ``path``. Raises ParserFailure."""
        parser.send(ReadDocument(str(path), self._name, 1))
        pages = 0
        for number in itertools.count(1):
            message = parser.receive(LIMITS.opening_seconds if number == 1 else LIMITS.page_seconds, lambda: False)
            if isinstance(message, Opened):
                pages = message.pages
                if pages < 1 or not _is_storable(message.title):
                    yield "what the document is"
            elif isinstance(message, PageRead):
                if message.number != number - 1 or message.number > pages:
                    yield "the number of a page"
                yield from wrong_with(message.page())
            elif isinstance(message, Finished):
                self.read += 1
                if number != pages + 2:
                    yield "the number of pages"
                return
            elif isinstance(message, Failed):
                return


def wrong_with(page: PageText) -> Iterator[str]:
    """The promises of PageText that ``page`` breaks."""
    starts = [heading.start for heading in page.headings]
    if starts != sorted(starts) or any(not 0 <= start <= len(page.text) for start in starts):
        yield "headings outside the text"
    spans = [(word.start, word.end) for word in page.words]
    edges = list(itertools.chain.from_iterable(spans))
    if edges != sorted(edges) or any(not 0 <= edge <= len(page.text) for edge in edges):
        yield "words outside the text"
    if not all(_is_storable(text) for text in (page.text, page.label, *(heading.text for heading in page.headings))):
        yield "text that can't be stored"
    if not all(_lies_on(word.box, page) for word in page.words):
        yield "boxes outside the page"


def _lies_on(box: Box, page: PageText) -> bool:
    left, top, right, bottom = box
    # Boxes travel as 32-bit floats, the size of a page in whole.
    width, height = page.width * ROUNDED, page.height * ROUNDED
    return 0.0 <= left <= right <= width and 0.0 <= top <= bottom <= height


def _is_storable(text: str) -> bool:
    """Whether ``text`` is Unicode without zeros, which SQLite would end it at."""
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    sys.exit(main())
