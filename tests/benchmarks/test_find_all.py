from __future__ import annotations

from pathlib import Path

import find_all
import pytest
from find_all_facts import facts


def test_the_facts_of_a_seed_are_the_same_and_those_of_another_differ() -> None:
    assert facts(1) == facts(1)
    assert facts(1) != facts(2)
    for fact in facts(1):
        assert not set(fact.said) & set(fact.nearly)
        assert "{" not in "".join((fact.question, *fact.said, *fact.nearly))


def test_what_is_planted_stands_in_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "xquad"
    data.mkdir()
    for language in ("en", "de", "es"):
        contexts = ",".join(f'{{"context": "{language} {number}", "qas": []}}' for number in range(4))
        (data / f"xquad.{language}.json").write_text(
            f'{{"data": [{{"title": "t", "paragraphs": [{contexts}]}}]}}', encoding="utf-8"
        )
    folder = tmp_path / "texts"
    monkeypatch.setattr(find_all, "fresh_folder", lambda _name: folder.mkdir() or folder)
    _, planted = find_all.plant(tmp_path, 1)
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(texts) == find_all.DOCUMENTS
    for one in planted:
        assert list(one.said.values()) == list(one.fact.said)
        assert list(one.nearly.values()) == list(one.fact.nearly)
        assert all(text in texts[name] for name, text in (one.said | one.nearly).items())
    outcome = find_all.Outcome(planted[0], frozenset(list(planted[0].said)[1:]) | set(list(planted[0].nearly)[:1]), 0.1)
    assert (outcome.right, len(outcome.missed), len(outcome.false)) == (len(planted[0].said) - 1, 1, 1)
