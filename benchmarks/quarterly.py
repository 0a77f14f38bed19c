"""Does search find the report that a question is about? Real PDFs, and questions that others wrote for some of them.

    python benchmarks/quarterly.py DATA

indexes every PDF in DATA/pdfs and asks every question of DATA/pdfs/sec-10-q/qna_data.csv whose source is one report
that is there. A hit at five: the report is among the documents of the first five passages. Every such question is
asked, so nothing is drawn and there is no seed; the interval says what so few questions can tell.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import fnmatch
import statistics
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from report import RESULTS, fresh_folder, show, wilson_interval, write

from rag.library import Library
from rag.protocol import DocumentState, Indexed

LIMIT = 5
WANTED = 0.8
"""The share of hits below which this exits with 1."""


@dataclasses.dataclass(frozen=True)
class Question:
    """A question and the file name of the one report it is about."""

    question: str
    report: str


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The documents of the first passages, best first, and how long the search took (seconds)."""

    question: Question
    documents: tuple[str, ...]
    seconds: float

    @property
    def is_hit(self) -> bool:
        """Whether the report is among them."""
        return self.question.report in self.documents


def single_report_questions(rows: Iterable[Mapping[str, str]], reports: Sequence[str]) -> list[Question]:
    """The questions of ``rows`` whose source pattern (``*2023 Q3 NVDA*``) names exactly one of ``reports``."""
    questions = []
    for row in rows:
        matching = [report for report in reports if fnmatch.fnmatchcase(report, row["Source Docs"])]
        # "*AAPL*" stands for every report of a company, also where only one of them is there.
        names_a_quarter = " Q" in row["Source Docs"]
        if len(matching) == 1 and names_a_quarter:
            questions.append(Question(row["Question"], matching[0]))
    return questions


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where a document is not ready or too few questions hit."""
    parser = argparse.ArgumentParser(description="Hit rate at five over real quarterly reports.")
    parser.add_argument("data", type=Path, help="the folder that holds pdfs/ with sec-10-q/qna_data.csv in it")
    parser.add_argument("--keep", action="store_true", help="use the library of the last run where there is one")
    options = parser.parse_args(arguments)
    pdfs: Path = options.data / "pdfs"
    folder = pdfs / "sec-10-q"
    with (folder / "qna_data.csv").open(encoding="utf-8-sig", newline="") as file:
        questions = single_report_questions(csv.DictReader(file), sorted(path.name for path in folder.glob("*.pdf")))
    home = RESULTS / "home" if options.keep else fresh_folder("home")
    with Library.open(home) as library:
        indexed = index(library, pdfs)
        outcomes = [ask(library, question) for question in questions]
    return report(indexed, outcomes)


def index(library: Library, pdfs: Path) -> Indexed:
    """Index every PDF in ``pdfs``."""
    for event in library.index([str(path) for path in sorted(pdfs.rglob("*.pdf"))]):
        if isinstance(event, Indexed):
            return event
    raise AssertionError("indexing ends with its report")


def ask(library: Library, question: Question) -> Outcome:
    """One search."""
    begun = time.perf_counter()
    passages = library.search(question.question, limit=LIMIT)
    return Outcome(question, tuple(passage.document for passage in passages), time.perf_counter() - begun)


def report(indexed: Indexed, outcomes: Sequence[Outcome]) -> int:
    """Print and write what was measured; the exit status."""
    hits = sum(outcome.is_hit for outcome in outcomes)
    low, high = wilson_interval(hits, len(outcomes))
    share = hits / len(outcomes) if outcomes else 0.0
    ready = [file for file in indexed.files if file.state is DocumentState.READY]
    # The first search also loads what a search needs; the others are what a person meets.
    median = statistics.median(outcome.seconds for outcome in outcomes[1:]) if len(outcomes) > 1 else 0.0
    companies = sorted({outcome.question.report.removesuffix(".pdf") for outcome in outcomes})
    show(
        f"The right report among the first {LIMIT} passages",
        ("report", "questions", "hits"),
        [(name, *_count(outcomes, f"{name}.pdf")) for name in companies] + [("all", len(outcomes), hits)],
    )
    print(f"hit@{LIMIT} {share:.1%}, 95 % interval {low:.1%} to {high:.1%} (Wilson), n = {len(outcomes)}, no sampling")
    print(f"median search {median * 1000:.0f} ms; {len(ready)} of {len(indexed.files)} documents ready, ", end="")
    pages, passages = sum(file.pages for file in ready), sum(file.passages for file in ready)
    print(f"{pages} pages, {passages} passages, indexed in {indexed.seconds:.0f} s")
    for file in indexed.files:
        if file.state is not DocumentState.READY:
            print(f"  not ready: {file.path}: {file.reason.kind if file.reason else file.state}")
    for outcome in outcomes:
        if not outcome.is_hit:
            print(f"  missed {outcome.question.report}: {outcome.question.question}")
    write(
        "quarterly",
        {
            "limit": LIMIT,
            "questions": len(outcomes),
            "hits": hits,
            "hit_rate": share,
            "wilson_95": [low, high],
            "median_search_seconds": median,
            "documents": len(indexed.files),
            "documents_ready": len(ready),
            "pages": pages,
            "passages": passages,
            "indexing_seconds": indexed.seconds,
            "missed": [dataclasses.asdict(outcome) for outcome in outcomes if not outcome.is_hit],
        },
    )
    return 0 if share >= WANTED and len(ready) == len(indexed.files) else 1


def _count(outcomes: Sequence[Outcome], report: str) -> tuple[int, int]:
    mine = [outcome for outcome in outcomes if outcome.question.report == report]
    return len(mine), sum(outcome.is_hit for outcome in mine)


if __name__ == "__main__":
    sys.exit(main())
