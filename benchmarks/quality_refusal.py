"""Does Phial know when it does not know? Questions whose answer is there, against those whose document was taken out.

Of the articles that refusal was not calibrated on, one paragraph each is taken out of the library of its language; the
others stay, so the passages that are found speak of the same things. The reports: questions about a company whose
reports are there, against questions about one whose are not; refusal was calibrated on other companies. The area under
the curve says how well a pipeline tells the two apart; each side alone goes by its best score, the stock pipeline by
its least distance.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from intervals import area_estimate, share
from quality_figures import Figure, figure
from quality_retrieval import texts_of
from quality_sides import Stock, Stores, stores_of
from quality_texts import LANGUAGES, folder_of, library_of, paragraphs, report_questions

from rag.lexicon import lexical_query

EACH = 67
"""Questions with an answer, and as many without, in each language: 201 of each in all."""
GOAL = 0.90
_BEST = 6


@dataclasses.dataclass(frozen=True)
class Judged:
    """How far an answer is supported by each pipeline's score, and whether Phial would try one."""

    scores: Mapping[str, float]
    is_supported: bool
    is_there: bool


def measure(data: Path, seed: int, times: int) -> list[Figure]:
    """The figures of refusal, by language, together, and of the reports; of ``times`` as many questions."""
    by_language = {language: paragraphs_judged(data, language, seed, EACH * times) for language in LANGUAGES}
    figures: list[Figure] = []
    for language, judged in by_language.items():
        figures += told(f"XQuAD {language}", judged, seed, None)
    figures += told("XQuAD, all", [one for judged in by_language.values() for one in judged], seed, GOAL)
    return figures + told("reports", reports_judged(data), seed, None)


def paragraphs_judged(data: Path, language: str, seed: int, each: int) -> list[Judged]:
    """``each`` questions of the held-out half whose paragraph is there, and as many whose paragraph was taken out."""
    chance = random.Random(f"refusal {seed} {language}")
    held = paragraphs(data, language)
    held_out = [asked for asked in held.questions if asked.is_held_out]
    articles: dict[int, set[str]] = {}
    for asked in held_out:
        articles.setdefault((int(Path(asked.document).stem) - 1) // 5, set()).add(asked.document)
    gone = {chance.choice(sorted(names)) for names in articles.values()}
    asked_there = [asked.question for asked in held_out if asked.document not in gone]
    asked_without = [asked.question for asked in held_out if asked.document in gone]
    there = chance.sample(asked_there, min(each, len(asked_there)))
    without = chance.sample(asked_without, min(each, len(asked_without)))
    folder = folder_of(held)
    with library_of(f"refusal-{language}", [folder]) as library:
        library.remove([str(folder / name) for name in gone])
        home = library.home
    stock = Stock(f"refusal-{language}", {name: text for name, text in held.texts.items() if name not in gone})
    with stores_of(home) as stores:
        return [*judge(stores, stock, there, is_there=True), *judge(stores, stock, without, is_there=False)]


def reports_judged(data: Path) -> list[Judged]:
    """The questions about a report of the companies that are held out: those that are there, and those that aren't."""
    reports, questions = report_questions(data)
    with library_of("refusal-reports", reports) as library:
        home = library.home
    stock = Stock("refusal-reports", texts_of(reports))
    held_out = [asked for asked in questions if asked.is_held_out]
    with stores_of(home) as stores:
        return [
            one
            for is_there in (True, False)
            for one in judge(
                stores, stock, [asked.question for asked in held_out if asked.is_there is is_there], is_there=is_there
            )
        ]


def judge(stores: Stores, stock: Stock, questions: Sequence[str], *, is_there: bool) -> list[Judged]:
    """What each pipeline makes of the questions."""
    judged = []
    for question, nearness in zip(questions, stock.nearness(questions), strict=True):
        findings = stores.searcher.by_both(question, _BEST, None)
        cosines = stores.dense.nearest(question, 1, None)
        query = lexical_query(question, stores.records.languages())
        bm25 = stores.records.lexical(query, 1, None)
        scores = {
            "phial": findings.support,
            "dense": cosines[0][1] if cosines else 0.0,
            "lexical": bm25[0][1] if bm25 else 0.0,
            "stock": nearness,
        }
        judged.append(Judged(scores, findings.is_supported, is_there))
    return judged


def told(name: str, judged: Sequence[Judged], seed: int, goal: float | None) -> list[Figure]:
    """The area under the curve of each pipeline, and Phial's working point."""
    there = [one for one in judged if one.is_there]
    without = [one for one in judged if not one.is_there]
    areas = {
        pipeline: area_estimate(
            [one.scores[pipeline] for one in there], [one.scores[pipeline] for one in without], seed
        )
        for pipeline in ("phial", "dense", "lexical", "stock")
    }
    refused = {"phial": share([not one.is_supported for one in there])}
    caught = {"phial": share([not one.is_supported for one in without])}
    return [
        *figure("refusal", f"{name}, area under the curve", seed, areas, unit="", goal=goal),
        *figure("refusal", f"{name}, refused though the answer is there", seed, refused),
        *figure("refusal", f"{name}, refused where it is not", seed, caught),
    ]
