"""Does search find the document that a question is about? XQuAD in three languages, and real quarterly reports.

A library a language holds its 240 paragraphs, each a document; another all the reports. Every question is asked, so
nothing is drawn: the seed is that of the bootstrap. A rank is that of the first passage of the right document.
"""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from intervals import Estimate, difference, mean, share
from quality_figures import Figure, figure
from quality_sides import Search, Stock, sides, stores_of
from quality_texts import LANGUAGES, folder_of, library_of, paragraphs
from quarterly import single_report_questions

from rag.library import Library

DEEPEST = 10
"""Passages looked at: MRR@10."""
FEW = 5

# The goals of the issue on retrieval; a set without its own has only to be no worse than the better of its sides.
GOALS = {("en", 1): 0.95, ("en", FEW): 0.995, ("es", 1): 0.92, ("de", 1): 0.88}

Question = tuple[str, str]
"""What is asked, and the document (file name) it is about."""


def measure(data: Path, seed: int) -> list[Figure]:
    """The figures of retrieval, and how long a search took."""
    figures: list[Figure] = []
    seconds: list[float] = []
    for language in LANGUAGES:
        held = paragraphs(data, language)
        questions = [(asked.question, asked.document) for asked in held.questions]
        with library_of(f"xquad-{language}", [folder_of(held)]) as library:
            ranked, taken = ranks(_phial(library), questions)
            seconds += taken
        found = {"phial": ranked, **_others(library.home, Stock(language, held.texts), questions)}
        goals = {limit: goal for (name, limit), goal in GOALS.items() if name == language}
        figures += told(f"XQuAD {language}", found, seed, goals)
    reports = sorted((data / "pdfs" / "sec-10-q").glob("*.pdf"))
    with (reports[0].parent / "qna_data.csv").open(encoding="utf-8-sig", newline="") as file:
        asked_of_reports = single_report_questions(csv.DictReader(file), [path.name for path in reports])
    questions = [(asked.question, asked.report) for asked in asked_of_reports]
    with library_of("reports", reports) as library:
        ranked, taken = ranks(_phial(library), questions)
        seconds += taken
    found = {"phial": ranked, **_others(library.home, Stock("reports", texts_of(reports)), questions)}
    figures += told("reports", found, seed, {})
    print(f"a search in these small libraries: median {1000 * statistics.median(seconds):.0f} ms")
    return figures


def texts_of(pdfs: Sequence[Path]) -> dict[str, str]:
    """What pypdf makes of each, as a tutorial would read them."""
    from pypdf import PdfReader

    return {path.name: "\n".join(page.extract_text() for page in PdfReader(path).pages) for path in pdfs}


def ranks(search: Search, questions: Sequence[Question]) -> tuple[list[int], list[float]]:
    """The rank of the right document among the first DEEPEST passages for each question (0: none), and the seconds."""
    found: list[int] = []
    seconds: list[float] = []
    for question, document in questions:
        begun = time.perf_counter()
        documents = search(question, DEEPEST)
        seconds.append(time.perf_counter() - begun)
        found.append(rank(documents, document))
    return found, seconds


def rank(documents: Sequence[str], document: str) -> int:
    """Where ``document`` stands among the first, counted from 1; 0: nowhere."""
    return documents.index(document) + 1 if document in documents else 0


def told(name: str, found: Mapping[str, Sequence[int]], seed: int, goals: Mapping[int, float]) -> list[Figure]:
    """Hits and mean reciprocal ranks of the pipelines, by the ranks that each found."""
    figures: list[Figure] = []
    for limit in (1, FEW):
        hits = {pipeline: [0 < rank <= limit for rank in mine] for pipeline, mine in found.items()}
        estimates = {pipeline: share(mine) for pipeline, mine in hits.items()}
        lead = _lead(hits, seed)
        figures += figure(
            "retrieval", f"{name}, hit@{limit}", seed, estimates, lead=lead, goal=goals.get(limit, _better(estimates))
        )
    reciprocal = {pipeline: [1 / rank if rank else 0.0 for rank in mine] for pipeline, mine in found.items()}
    means = {pipeline: mean(mine, seed) for pipeline, mine in reciprocal.items()}
    figures += figure(
        "retrieval", f"{name}, MRR@{DEEPEST}", seed, means, lead=_lead(reciprocal, seed), unit="", goal=_better(means)
    )
    return figures


def _better(estimates: Mapping[str, Estimate | None]) -> float:
    """What the better of the two sides reaches."""
    return max(estimate.value for side in ("dense", "lexical") if (estimate := estimates.get(side)) is not None)


def _lead(values: Mapping[str, Sequence[float]], seed: int) -> Estimate | None:
    others = [mine for pipeline, mine in values.items() if pipeline != "phial"]
    return difference(values["phial"], max(others, key=sum), seed)


def _phial(library: Library) -> Search:
    return lambda question, limit: [passage.document for passage in library.search(question, limit)]


def _others(home: Path, stock: Stock, questions: Sequence[Question]) -> dict[str, Sequence[int]]:
    found = stock.documents([question for question, _ in questions], DEEPEST)
    with stores_of(home) as stores:
        return {
            **{name: ranks(search, questions)[0] for name, search in sides(stores).items()},
            "stock": [rank(documents, document) for documents, (_, document) in zip(found, questions, strict=True)],
        }
