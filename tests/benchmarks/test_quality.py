"""The pure parts of bench-quality: ranks, figures, the table, what counts as an answer, the halves, the regression."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from calibrate import WRONGLY_REFUSED, regression, threshold
from intervals import Estimate
from quality_answers import cited, contains
from quality_figures import Figure, as_json, figure, table
from quality_refusal import Judged
from quality_refusal import told as told_of_refusal
from quality_retrieval import rank, told
from quality_texts import Asked, paragraphs

from tests.fakes.plausible import ANSWER

HALF = Estimate(0.5, 0.4, 0.6, 10)


def xquad(folder: Path, language: str, articles: int) -> None:
    """Articles of two paragraphs, with a question each."""
    (folder / "xquad").mkdir(exist_ok=True)
    data = [
        {
            "title": f"Article {number}",
            "paragraphs": [
                {
                    "context": f"Paragraph {number}.{part} in {language}.",
                    "qas": [{"question": f" Q{number}.{part}? ", "answers": [{"text": f"A{number}"}]}],
                }
                for part in range(2)
            ],
        }
        for number in range(articles)
    ]
    (folder / "xquad" / f"xquad.{language}.json").write_text(json.dumps({"data": data}), encoding="utf-8")


def test_paragraphs_are_documents_and_an_article_is_in_one_half_in_every_language(tmp_path: Path) -> None:
    for language in ("en", "de"):
        xquad(tmp_path, language, 6)
    english, german = paragraphs(tmp_path, "en"), paragraphs(tmp_path, "de")
    assert len(english.texts) == 12
    assert english.texts["003.txt"] == "Paragraph 1.0 in en."
    assert english.questions[2] == Asked("Q1.0?", "A1", "003.txt", english.questions[2].is_held_out)
    halves = [asked.is_held_out for asked in english.questions]
    assert halves == [asked.is_held_out for asked in german.questions]
    assert halves[::2] == halves[1::2]
    assert sum(halves) == 6


def test_a_sample_is_drawn_by_its_seed_and_is_never_larger_than_there_is(tmp_path: Path) -> None:
    xquad(tmp_path, "en", 6)
    held = paragraphs(tmp_path, "en")
    assert held.sample(4, 1) == held.sample(4, 1) != held.sample(4, 2)
    assert sorted(asked.question for asked in held.sample(99, 1)) == sorted(asked.question for asked in held.questions)


def test_a_rank_is_that_of_the_first_passage_of_the_document() -> None:
    assert rank(["b", "a", "a"], "a") == 2
    assert rank(["b"], "a") == 0


def test_figures_of_retrieval_are_told_beside_the_sides() -> None:
    found = {"phial": [1, 1, 2, 0], "dense": [0, 2, 0, 0], "lexical": [1, 0, 6, 0], "stock": [0, 0, 0, 1]}
    first, fifth, reciprocal = told("set", found, 4, {1: 0.9})
    assert {name: estimate.value for name, estimate in first.estimates.items()} == {
        "phial": 0.5, "dense": 0.0, "lexical": 0.25, "stock": 0.25
    }  # fmt: skip
    assert not first.is_reached
    assert fifth.estimates["phial"].value == 0.75
    assert fifth.goal == 0.25  # the better of its sides, where the issue names no other
    assert fifth.is_reached
    assert reciprocal.estimates["phial"].value == pytest.approx((1 + 1 + 1 / 2) / 4)
    assert first.lead is not None
    assert first.lead.value == 0.25


def test_a_goal_that_is_to_be_small_is_reached_from_above() -> None:
    assert Figure("t", "n", 4, {"phial": HALF}, goal=0.5).is_reached
    assert not Figure("t", "n", 4, {"phial": HALF}, goal=0.6).is_reached
    assert Figure("t", "n", 4, {"phial": HALF}, goal=0.6, is_least=True).is_reached
    assert not Figure("t", "n", 4, {"phial": HALF}, goal=0.4, is_least=True).is_reached


def test_what_was_not_measured_is_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert figure("t", "n", 4, {"phial": None, "dense": HALF}) == []
    (one,) = figure("t", "n", 4, {"phial": HALF, "dense": None}, goal=0.4)
    assert one.estimates == {"phial": HALF}
    table([one])
    assert "50.0" in capsys.readouterr().out
    (written,) = as_json([one])
    assert (written["is_reached"], written["estimates"]["phial"]["n"]) == (True, 10)


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        ("It was in 1921, at Warsaw.", "1921", True),
        ("It was in 19210.", "1921", False),
        ("the  WARSAW–Paris line", "Warsaw-Paris", True),
        ("Nothing is said.", "1921", False),
        ("a rent of €1,577.00", "1,577.00", True),
    ],
)
def test_an_answer_contains_the_gold_whatever_its_case_and_punctuation(text: str, gold: str, expected: bool) -> None:
    assert contains(text, gold) is expected


def test_only_citations_of_answers_count() -> None:
    asked = Asked("q", ANSWER.citations[0].quote, "001.txt", is_held_out=True)
    assert any(cited([asked], [ANSWER]))
    assert [*cited([asked], [dataclasses.replace(ANSWER, refused=True)])] == []


def test_refusal_tells_the_area_and_both_errors() -> None:
    judged = [
        Judged({"phial": 0.9, "dense": 0.5, "lexical": 3.0, "stock": -1.0}, is_supported=True, is_there=True),
        Judged({"phial": 0.4, "dense": 0.2, "lexical": 2.0, "stock": -2.0}, is_supported=False, is_there=True),
        Judged({"phial": 0.1, "dense": 0.3, "lexical": 9.0, "stock": -3.0}, is_supported=False, is_there=False),
    ]
    areas, wrongly, rightly = told_of_refusal("set", judged, 4, 0.9)
    assert {name: estimate.value for name, estimate in areas.estimates.items()} == {
        "phial": 1.0, "dense": 0.5, "lexical": 0.0, "stock": 1.0
    }  # fmt: skip
    assert areas.is_reached
    assert wrongly.estimates["phial"].value == 0.5
    assert rightly.estimates["phial"].value == 1.0


def test_the_regression_finds_the_weights_that_made_the_truth() -> None:
    chance = np.random.default_rng(4)
    values = chance.standard_normal((4_000, 3))
    weights = np.array([2.0, -1.0, 0.0])
    truth = (chance.random(4_000) < 1.0 / (1.0 + np.exp(-(values @ weights + 0.5)))).astype(float)
    once = np.ones(len(values))
    assert regression(values, truth, once) == pytest.approx([2.0, -1.0, 0.0, 0.5], abs=0.2)
    # What counts nothing is as if it were not there.
    half = np.concatenate([once[:2_000], 0.0 * once[2_000:]])
    assert regression(values, truth, half) == pytest.approx(regression(values[:2_000], truth[:2_000], once[:2_000]))


def test_the_threshold_refuses_no_more_than_it_may() -> None:
    supported = np.random.default_rng(4).permutation(np.arange(200) / 200)
    enough = threshold(supported, np.ones(200))
    assert float((supported < enough).mean()) == WRONGLY_REFUSED
    # The lower half counts for next to nothing, so that the threshold may lie in the upper.
    assert threshold(supported, np.where(supported < 0.5, 1e-6, 1.0)) > 0.5
