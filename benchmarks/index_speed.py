"""How fast a library is indexed, beside a pipeline built of the same parts as a good tutorial would.

    python benchmarks/index_speed.py PDFS [--first N] [--rounds N] [--questions CSV]

reads the PDFs in a folder twice, each pipeline in a process of its own and at the same low priority, one after the
other: Phial through its façade, and the stock pipeline, which is fixed: pypdf's text of a document, chunks of 512
characters without overlap, SentenceTransformer.encode with its defaults, Chroma's collection.add with its defaults.
Both clocks start before their imports. A hit at five, as in quarterly.py: the report that a question is about is among
the documents of the first five chunks. Speed is told with it, so that it is never bought with quality. Of several
rounds the medians are told: a machine that does something else meanwhile slows one pipeline or the other.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
import logging
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from quarterly import LIMIT, Question, single_report_questions
from report import fresh_folder, show, write

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 512
"""Characters of a stock chunk."""
ADDED = 5_000
"""Chunks a call of collection.add: Chroma takes no more than 5,461."""
NICENESS = 15
"""What Phial's own background work runs at: so whatever else the machine does takes from both pipelines alike."""
TICK = 0.05
ANSWERABLE_TIMES, COMPLETE_TIMES = 20.0, 2.5
"""How many times the stock pipeline's pages a second Phial is to reach."""


@dataclasses.dataclass(frozen=True)
class Run:
    """What one pipeline did. Seconds from its start; ``answerable_s``: until the last document's text is found."""

    pages: int
    passages: int
    answerable_s: float
    complete_s: float
    hits: int
    peak_mb: float = 0.0
    """Of the process and its children together; 10^6 bytes resident."""
    alone_mb: float = 0.0
    """Of the process without its children."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where Phial is not as fast as it is to be, or finds less."""
    parser = argparse.ArgumentParser(description="Indexing speed, memory and hit rate, beside a stock pipeline.")
    parser.add_argument("pdfs", type=Path, help="a folder of PDFs")
    parser.add_argument("--first", type=int, default=0, help="only so many PDFs")
    parser.add_argument("--rounds", type=int, default=1, help="how often each pipeline runs")
    parser.add_argument("--questions", type=Path, help="a CSV with Question and Source Docs; else qna_data.csv inside")
    parser.add_argument("--run", choices=PIPELINES, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    pdfs = sorted(options.pdfs.rglob("*.pdf"))[: options.first or None]
    questions = questions_about(pdfs, options.questions or next(options.pdfs.rglob("qna_data.csv"), None))
    if options.run:
        print(json.dumps(dataclasses.asdict(PIPELINES[options.run](pdfs, questions))))
        return 0
    again = [str(options.pdfs), f"--first={options.first}"]
    again += [f"--questions={options.questions}"] if options.questions else []
    runs: dict[str, list[Run]] = {name: [] for name in PIPELINES}
    for _ in range(options.rounds):
        for name, done in runs.items():
            done.append(watched([sys.executable, __file__, *again, "--run", name]))
    return report(median_run(runs["stock"]), median_run(runs["phial"]), len(pdfs), questions)


def questions_about(pdfs: Sequence[Path], source: Path | None) -> list[Question]:
    """The questions whose answers stand in one of the PDFs."""
    if source is None:
        return []
    with source.open(encoding="utf-8-sig", newline="") as file:
        return single_report_questions(csv.DictReader(file), [path.name for path in pdfs])


# --- the two pipelines, each in a process of its own ----------------------------------------------------------------


def phial(pdfs: Sequence[Path], questions: Sequence[Question]) -> Run:
    """Phial's own pipeline, through the façade."""
    begun = time.perf_counter()
    from rag.library import Library
    from rag.protocol import DocumentChanged, DocumentState, Indexed

    waiting = {str(path) for path in pdfs}
    unfound = {DocumentState.QUEUED, DocumentState.READING}
    answerable = 0.0
    with Library.open(fresh_folder("index-phial")) as library:
        for event in library.index([str(path) for path in pdfs]):
            if isinstance(event, DocumentChanged) and event.document.state not in unfound and waiting:
                waiting.difference_update(event.document.paths)
                answerable = answerable if waiting else time.perf_counter() - begun
            if isinstance(event, Indexed):
                indexed = event
        complete = time.perf_counter() - begun
        hits = sum(
            asked.report in {passage.document for passage in library.search(asked.question, LIMIT)}
            for asked in questions
        )
    pages, passages = (sum(getattr(file, name) for file in indexed.files) for name in ("pages", "passages"))
    return Run(pages, passages, answerable, complete, hits)


def stock(pdfs: Sequence[Path], questions: Sequence[Question]) -> Run:
    """The stock pipeline. Not to be improved: it is what the figures of one version are held against by the next."""
    begun = time.perf_counter()
    import chromadb
    from pypdf import PdfReader
    from sentence_transformers import SentenceTransformer

    from rag.embed import find_weights

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    chunks: list[str] = []
    sources: list[dict[str, str]] = []
    pages = 0
    for path in pdfs:
        texts = [page.extract_text() for page in PdfReader(path).pages]
        pages += len(texts)
        text = "\n".join(texts)
        mine = [text[begin : begin + CHUNK] for begin in range(0, len(text), CHUNK)]
        chunks += mine
        sources += [{"source": path.name}] * len(mine)
    model = SentenceTransformer(str(find_weights()), device="cpu")
    vectors = model.encode(chunks)
    collection = chromadb.PersistentClient(str(fresh_folder("index-stock"))).create_collection("documents")
    for first in range(0, len(chunks), ADDED):
        part = slice(first, first + ADDED)
        collection.add(
            ids=[str(number) for number in range(len(chunks))[part]],
            embeddings=vectors[part],
            documents=chunks[part],
            metadatas=[*sources[part]],
        )
    complete = time.perf_counter() - begun
    hits = 0
    for asked in questions:
        found = collection.query(query_embeddings=model.encode([asked.question]), n_results=LIMIT)["metadatas"]
        hits += any(source["source"] == asked.report for source in (found or [[]])[0])
    return Run(pages, len(chunks), complete, complete, hits)


PIPELINES: dict[str, Callable[[Sequence[Path], Sequence[Question]], Run]] = {"stock": stock, "phial": phial}


# --- from outside ---------------------------------------------------------------------------------------------------


def watched(command: Sequence[str]) -> Run:
    """Run a pipeline; its result, with the most memory it had."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=(lambda: os.nice(NICENESS)) if os.name == "posix" else None,  # noqa: PLW1509 - no threads yet
    )  # fmt: skip
    peaks = [0.0, 0.0]
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, is_over))
    watcher.start()
    said, _ = process.communicate()
    is_over.set()
    watcher.join()
    if process.returncode != 0:
        raise SystemExit(f"a pipeline failed: {' '.join(command)}")
    return dataclasses.replace(Run(**json.loads(said.splitlines()[-1])), peak_mb=peaks[0], alone_mb=peaks[1])


def _watch(pid: int, peaks: list[float], is_over: threading.Event) -> None:
    process = psutil.Process(pid)
    while not is_over.wait(TICK):
        try:
            alone = process.memory_info().rss
            together = alone
            for child in process.children(recursive=True):
                together += child.memory_info().rss
        except psutil.Error:
            continue  # something ended between two looks
        peaks[:] = [max(peaks[0], together / 1e6), max(peaks[1], alone / 1e6)]


def median_run(runs: Sequence[Run]) -> Run:
    """The medians of some runs of one pipeline."""
    middle = {
        field.name: statistics.median(getattr(run, field.name) for run in runs) for field in dataclasses.fields(Run)
    }
    whole = {name: int(middle[name]) for name in ("pages", "passages", "hits")}
    return Run(**{**middle, **whole})


def report(stock_run: Run, phial_run: Run, documents: int, questions: Sequence[Question]) -> int:
    """Print and write what was measured; the exit status."""
    asked = len(questions)
    stock_pace = stock_run.pages / stock_run.complete_s
    answerable = phial_run.pages / phial_run.answerable_s
    complete = phial_run.pages / phial_run.complete_s
    hit5, stock_hit5 = (run.hits / asked if asked else None for run in (phial_run, stock_run))
    show(
        f"Indexing {documents} PDFs, {stock_run.pages} pages; the stock pipeline: pypdf's text, {CHUNK}-character "
        "chunks without overlap, SentenceTransformer.encode and collection.add with their defaults",
        ("what", "stock", "Phial", "Phial / stock", "goal"),
        [
            ("pages/s until answerable", f"{stock_pace:.1f}", f"{answerable:.1f}", _times(answerable / stock_pace),
             _times(ANSWERABLE_TIMES)),
            ("pages/s until complete", f"{stock_pace:.1f}", f"{complete:.1f}", _times(complete / stock_pace),
             _times(COMPLETE_TIMES)),
            ("passages", stock_run.passages, phial_run.passages, "", ""),
            ("passages/s", *(f"{run.passages / run.complete_s:.1f}" for run in (stock_run, phial_run)), "", ""),
            ("peak memory, all processes, MB", f"{stock_run.peak_mb:.0f}", f"{phial_run.peak_mb:.0f}", "", ""),
            ("peak memory, worker alone, MB", f"{stock_run.alone_mb:.0f}", f"{phial_run.alone_mb:.0f}", "", ""),
            (f"hit@{LIMIT}, {asked} questions", _share(stock_hit5), _share(hit5), "", "no less"),
        ],
    )  # fmt: skip
    write(
        "index",
        {
            "documents": documents,
            "pages": phial_run.pages,
            "stock_pages_per_s": stock_pace,
            "answerable_pages_per_s": answerable,
            "complete_pages_per_s": complete,
            "hit5": hit5,
            "stock_hit5": stock_hit5,
            "questions": asked,
            "peak_mb": phial_run.peak_mb,
            "worker_peak_mb": phial_run.alone_mb,
            "stock_peak_mb": stock_run.peak_mb,
            "stock": dataclasses.asdict(stock_run),
            "phial": dataclasses.asdict(phial_run),
        },
    )
    is_fast = answerable >= ANSWERABLE_TIMES * stock_pace and complete >= COMPLETE_TIMES * stock_pace
    return 0 if is_fast and (hit5 or 0.0) >= (stock_hit5 or 0.0) else 1


def _times(factor: float) -> str:
    return f"{factor:.1f} ×"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


if __name__ == "__main__":
    sys.exit(main())
