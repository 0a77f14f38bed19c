from __future__ import annotations

import json
from pathlib import Path

import prompts

from tests.rag.making_passages import passage


def count(text: str) -> int:
    return len(text.split())


def test_a_gold_answer_counts_whatever_its_case_and_lines() -> None:
    assert prompts.contains("It is the Old\n man.", ("old man",))
    assert not prompts.contains("It is the old woman.", ("old man",))


def test_whole_passages_are_given_best_first_and_at_least_one() -> None:
    found = [passage("One two three four.", 1), passage("Five six.", 2)]
    assert "Five" not in prompts.whole_passages("Which?", found, count, 9)
    assert "Five" in prompts.whole_passages("Which?", found, count, 12)
    assert "One" in prompts.whole_passages("Which?", found, count, 1)


def test_the_seed_decides_which_questions_are_drawn(tmp_path: Path) -> None:
    asked = [{"question": f"Which {number}?", "answers": [{"text": str(number)}]} for number in range(9)]
    paragraphs = [{"context": "Some text.", "qas": asked}]
    (tmp_path / "xquad").mkdir()
    (tmp_path / "xquad" / "xquad.en.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    first, again, other = (prompts.drawn(tmp_path, tmp_path, 4, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 4
    assert (tmp_path / "000.txt").read_text() == "Some text."
