"""What quality is measured on: XQuAD, each paragraph a document of its own, and libraries of such documents.

A paragraph's file is named by its number alone, so that no title helps. Articles are parted in two halves as for
grounding: what is calibrated is calibrated on one, and reported on the other.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from quarterly import single_report_questions
from report import fresh_folder

from rag.library import Library
from rag.protocol import DocumentState, Indexed

LANGUAGES = ("en", "es", "de")
HALVES_SEED = 4


@dataclasses.dataclass(frozen=True)
class Asked:
    """A question about the document ``document`` (a file name), the text of its answer, and whether it is held out."""

    question: str
    answer: str
    document: str
    is_held_out: bool


@dataclasses.dataclass(frozen=True)
class Paragraphs:
    """XQuAD in one language: file names with their texts, five an article, and what is asked."""

    language: str
    texts: dict[str, str]
    questions: tuple[Asked, ...]

    def sample(self, size: int, seed: int) -> list[Asked]:
        """So many of the questions, drawn; all of them where there are no more."""
        return random.Random(f"{seed} {self.language}").sample(self.questions, min(size, len(self.questions)))


def paragraphs(data: Path, language: str) -> Paragraphs:
    """XQuAD in ``language``, from ``data``/xquad. The halves are of articles, the same in every language."""
    articles = json.loads((data / "xquad" / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    titles = sorted(article["title"] for article in articles)
    random.Random(HALVES_SEED).shuffle(titles)
    developed = set(titles[: len(titles) // 2])
    texts: dict[str, str] = {}
    questions: list[Asked] = []
    for article in articles:
        for paragraph in article["paragraphs"]:
            name = f"{len(texts) + 1:03d}.txt"
            texts[name] = paragraph["context"]
            questions += [
                Asked(
                    one["question"].strip(), one["answers"][0]["text"].strip(), name, article["title"] not in developed
                )
                for one in paragraph["qas"]
            ]
    return Paragraphs(language, texts, tuple(questions))


@dataclasses.dataclass(frozen=True)
class ReportQuestion:
    """A question about one quarterly report; whether that is there, and whether its company is held out."""

    question: str
    is_there: bool
    is_held_out: bool


def report_questions(data: Path) -> tuple[list[Path], list[ReportQuestion]]:
    """The reports in ``data``, and the questions about one of them or about one of a company that has none there.

    The halves are of companies: the first half of those with reports, by name, and of those without, is developed on.
    """
    reports = sorted((data / "pdfs" / "sec-10-q").glob("*.pdf"))
    present = sorted({path.stem.split()[-1] for path in reports})
    with (data / "pdfs" / "sec-10-q" / "qna_data.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if " Q" in row["Source Docs"]]
    by_company = [(row["Source Docs"].strip("*").split()[-1], row) for row in rows]
    absent = sorted({company for company, _ in by_company} - {*present})
    developed = {*present[: (len(present) + 1) // 2], *absent[: (len(absent) + 1) // 2]}
    questions = []
    for company, row in by_company:
        is_there = bool(single_report_questions([row], [path.name for path in reports]))
        if is_there or company in absent:
            questions.append(ReportQuestion(row["Question"], is_there, company not in developed))
    return reports, questions


def folder_of(held: Paragraphs) -> Path:
    """A folder with the paragraphs as files."""
    folder = fresh_folder(f"quality/texts-{held.language}")
    for name, text in held.texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextlib.contextmanager
def library_of(name: str, paths: Sequence[Path]) -> Iterator[Library]:
    """A library of its own that holds these files and folders, every document ready."""
    with Library.open(fresh_folder(f"quality/{name}")) as library:
        take_in(library, paths)
        yield library


def take_in(library: Library, paths: Sequence[Path]) -> Indexed:
    """Index these; every document has to become ready."""
    for event in library.index([str(path) for path in paths]):
        if isinstance(event, Indexed):
            not_ready = [file.path for file in event.files if file.state is not DocumentState.READY]
            if not_ready:
                raise SystemExit(f"not ready: {', '.join(not_ready)}")
            return event
    raise AssertionError("indexing ends with its report")
