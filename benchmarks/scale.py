"""Does a library stay fast as it grows? What it costs to add to, what it takes in memory, how long a search takes.

    python benchmarks/scale.py PDFS [--passages N]

fills a library through its stores with documents whose passages are the sentences of the PDFs, mixed: 200 passages on
10 pages each, 20 folders in turns, so that a folder's documents lie all over the library. Vectors are those of some
real passages, each with noise of its own: computing 100,000 of them would take hours and says nothing about the stores.
Then it opens the library as the program does and searches it: everything, two documents, one folder. The questions are
those of qna_data.csv, where one lies with the PDFs, then beginnings of the sentences. Seeded; the seed is printed.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
from report import fresh_folder, show, write

from rag.chunk import CHUNKER_VERSION, PassageDraft
from rag.dense import Dense
from rag.embed import text_to_embed
from rag.extract import EXTRACTOR_VERSION, DocumentInfo, PageText, read_document
from rag.library import Library
from rag.protocol import Scope
from rag.sentences import sentence_spans
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records, WaitingFile
from rag.stores.vector_records import VectorRecords

SEED = 20260101
PAGES, PASSAGES_A_PAGE = 10, 20
"""Of a document."""
FOLDERS = 20
REAL_VECTORS = 256
NOISE = 0.6
"""How far a vector is moved from the real one it is made of: a length, where the real one's is 1."""
STEP = 50
"""Documents between two points of the curve."""
QUESTIONS, LIMIT = 200, 8
MOST_SECONDS, MOST_MEGABYTES = 0.1, 1500.0
"""A search at the 95th percentile; the process's largest resident memory."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where a search takes too long or the process too much memory."""
    parser = argparse.ArgumentParser(description="The cost of a growing library.")
    parser.add_argument("pdfs", type=Path, help="a folder of PDFs, for their words")
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args(arguments)
    chance = random.Random(SEED)
    sentences = sentences_of(sorted(options.pdfs.rglob("*.pdf")))
    home = fresh_folder("scale")
    documents = -(-options.passages // (PAGES * PASSAGES_A_PAGE))
    curve = grow(home, documents, sentences, chance)
    show(
        f"Growing to {documents * PAGES * PASSAGES_A_PAGE} passages (seed {SEED})",
        ("passages", "text, s a 1,000", "vectors, s a 1,000", "index, s a 1,000", "counting, ms", "memory, MB"),
        [(f"{row['passages']:.0f}", *(f"{value:.2f}" for value in [*row.values()][1:4]),
          f"{row['counting_ms']:.1f}", f"{row['memory_mb']:.0f}") for row in curve],
    )  # fmt: skip
    questions = questions_for(options.pdfs, sentences, chance)
    searches = search(home, questions, chance)
    memory = max([psutil.Process().memory_info().rss / 1e6, *(row["memory_mb"] for row in curve)])
    show(
        f"{len(questions)} searches, by words and by meaning, first {LIMIT} passages",
        ("scope", "median, ms", "95th percentile, ms"),
        [(name, f"{1000 * times[0]:.0f}", f"{1000 * times[1]:.0f}") for name, times in searches.items()],
    )
    print(f"memory at most {memory:.0f} MB")
    write(
        "scale",
        {
            "seed": SEED,
            "curve": curve,
            "search_median_s": {name: times[0] for name, times in searches.items()},
            "search_p95_s": {name: times[1] for name, times in searches.items()},
            "memory_mb": memory,
        },
    )
    return 0 if max(p95 for _, p95 in searches.values()) < MOST_SECONDS and memory < MOST_MEGABYTES else 1


def sentences_of(pdfs: Sequence[Path]) -> list[str]:
    """The sentences of the PDFs, but headings and the like."""
    found: list[str] = []
    for path in pdfs:
        for item in read_document(path, lambda: False):
            if not isinstance(item, DocumentInfo):
                spans = sentence_spans(item.text)
                found += [item.text[start:end] for start, end in spans if end - start > 20]
    return found


def grow(home: Path, documents: int, sentences: Sequence[str], chance: random.Random) -> list[dict[str, float]]:
    """Fill the library; what each STEP of documents cost."""
    with Library.open(home):
        pass  # it takes note of its embedder, so that what is written here is what it would have computed
    database = Database(home)
    records, vectors = Records(database), VectorRecords(database)
    dense = Dense(home, vectors, History(database))
    embedder = dense.embedder
    assert embedder is not None
    real = embedder.embed([_text(sentences, chance) for _ in range(REAL_VECTORS)])
    noise = np.random.default_rng(SEED)
    curve: list[dict[str, float]] = []
    spent = [0.0, 0.0, 0.0]
    for number in range(documents):
        begun = time.perf_counter()
        add_document(records, number, sentences, chance)
        read = time.perf_counter()
        while rows := vectors.passages_to_embed(64):
            keys = {row[0]: embedder.key(text_to_embed(*row[2:])) for row in rows}
            moved = real[noise.integers(0, REAL_VECTORS, len(rows))]
            moved = moved + NOISE / np.sqrt(moved.shape[1]) * noise.standard_normal(moved.shape, np.float32)
            moved /= np.linalg.norm(moved, axis=1, keepdims=True)
            vectors.keep(keys, dict(zip(keys.values(), moved, strict=True)))
        embedded = time.perf_counter()
        dense.follow()
        parts = (read - begun, embedded - read, time.perf_counter() - embedded)
        spent = [one + other for one, other in zip(spent, parts, strict=True)]
        if (number + 1) % STEP == 0 or number + 1 == documents:
            begun = time.perf_counter()
            _, passages, _, _ = records.totals()
            counting = time.perf_counter() - begun
            thousands = (number % STEP + 1) * PAGES * PASSAGES_A_PAGE / 1000
            text, kept, indexed = (seconds / thousands for seconds in spent)
            memory = psutil.Process().memory_info().rss / 1e6
            curve.append(
                {"passages": passages, "text_s": text, "vectors_s": kept, "index_s": indexed,
                 "counting_ms": 1000 * counting, "memory_mb": memory}
            )  # fmt: skip
            spent = [0.0, 0.0, 0.0]
    dense.close()
    database.close()
    return curve


def add_document(records: Records, number: int, sentences: Sequence[str], chance: random.Random) -> None:
    """A document with its pages and passages, as reading leaves it."""
    sha256 = f"{number:064x}"
    file = WaitingFile(f"/scale/folder {number % FOLDERS}/report {number}.pdf", "", 1, 1)
    records.note_file(file.path, file.size, file.modified_ns, retries=False)
    records.begin_document(file, sha256, (EXTRACTOR_VERSION, CHUNKER_VERSION))
    records.describe_document(sha256, "pdf", PAGES)
    pages: list[PageText] = []
    drafts: list[PassageDraft] = []
    for page in range(1, PAGES + 1):
        texts = [_text(sentences, chance) for _ in range(PASSAGES_A_PAGE)]
        start = 0
        for text in texts:
            drafts.append(PassageDraft(page, start, start + len(text), text, ""))
            start += len(text) + 2
        pages.append(PageText(page, "", "\n\n".join(texts), (), 595.0, 842.0, (), None, has_pictures=False))
    records.add_pages(sha256, pages)
    records.replace_passages(sha256, f"report {number}.pdf", drafts, (EXTRACTOR_VERSION, CHUNKER_VERSION))
    records.settle_file(file.path)


def _text(sentences: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choices(sentences, k=chance.randint(3, 6)))[:1000]


def questions_for(pdfs: Path, sentences: Sequence[str], chance: random.Random) -> list[str]:
    """QUESTIONS questions: what others asked, as far as there is enough of it."""
    asked: dict[str, None] = {}
    for source in pdfs.rglob("qna_data.csv"):
        with source.open(encoding="utf-8-sig", newline="") as file:
            asked.update(dict.fromkeys(row["Question"] for row in csv.DictReader(file)))
    begun = (" ".join(chance.choice(sentences).split()[:9]) for _ in range(QUESTIONS))
    return [*chance.sample([*asked], min(len(asked), QUESTIONS)), *begun][:QUESTIONS]


def search(home: Path, questions: Sequence[str], chance: random.Random) -> dict[str, tuple[float, float]]:
    """The median and the 95th percentile of the searches' seconds, by their scope."""
    with Library.open(home) as library:
        paths = [document.paths[0] for document in library.documents()]
        scopes: dict[str, Iterator[tuple[str, ...]]] = {
            "everything": iter(lambda: (), None),
            "two documents": iter(lambda: tuple(chance.sample(paths, 2)), None),
            f"a folder, 1/{FOLDERS} of all": iter(lambda: (f"/scale/folder {chance.randrange(FOLDERS)}",), None),
        }
        library.search(questions[0], LIMIT)  # what a first search loads is startup.py's
        found: dict[str, tuple[float, float]] = {}
        for name, scope in scopes.items():
            seconds = []
            for question in questions:
                chosen = next(scope)
                begun = time.perf_counter()
                library.search(question, LIMIT, Scope(chosen))
                seconds.append(time.perf_counter() - begun)
            found[name] = (statistics.median(seconds), sorted(seconds)[round(0.95 * (len(seconds) - 1))])
    return found


if __name__ == "__main__":
    sys.exit(main())
