from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import InstalledModel
from engine.host import Finished
from rag.first_word import FEWEST, MOST, FirstWord
from rag.settings import FIRST_WORD_S, Settings
from rag.speeds import FEWEST_READ
from rag.stores.database import Database
from rag.stores.history import History

PHI, OTHER = (InstalledModel(name, name, Path(name), None, False, None) for name in ("phi", "other"))


class Kept:
    """What History does with settings."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def setting(self, key: str, default: str = "") -> str:
        return self.kept.get(key, default)

    def set_setting(self, key: str, value: str) -> None:
        self.kept[key] = value


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    database = Database(tmp_path)
    yield History(database)
    database.close()


def first_word(history: History) -> FirstWord:
    return FirstWord(history, Settings(Path(), history))


def read(tokens: int, seconds: float, cached: int = 0, reason: str = "end") -> Finished:
    return Finished(reason, prompt_tokens=tokens + cached, cached_tokens=cached, prefill_s=seconds)


def test_nothing_is_known_at_first_and_the_prompt_is_short(history: History) -> None:
    first = first_word(history)
    assert not first.is_known(PHI)
    assert first.passages(PHI, 60) == FEWEST


def test_what_was_measured_is_kept_for_each_model_and_outlives_the_program(history: History) -> None:
    first_word(history).note(PHI, read(100, 4.0))
    again = first_word(history)
    assert again.is_known(PHI)
    assert not again.is_known(OTHER)
    assert again.passages(PHI, 40) == round(25 * FIRST_WORD_S) - 40


def test_only_tokens_that_were_computed_count(history: History) -> None:
    first = first_word(history)
    first.note(PHI, read(FEWEST_READ - 1, 0.1, cached=500))
    first.note(PHI, read(100, 4.0, reason="stopped"))
    first.note(PHI, read(100, 0.0))
    assert not first.is_known(PHI)
    first.note(PHI, read(100, 4.0, cached=500))
    assert first.passages(PHI, 0) == round(25 * FIRST_WORD_S)


def test_one_slow_prompt_does_not_make_the_machine_slow_for_good(history: History) -> None:
    first = first_word(history)
    first.note(PHI, read(100, 4.0))
    first.note(PHI, read(100, 20.0))
    slow = first.passages(PHI, 0)
    for _ in range(6):
        first.note(PHI, read(100, 4.0))
    assert FEWEST <= slow < first.passages(PHI, 0) <= MOST


def test_the_person_may_wait_longer_or_less(history: History) -> None:
    first = first_word(history)
    first.note(PHI, read(100, 10.0))
    assert first.passages(PHI, 0) == FEWEST
    Settings(Path(), history).change("first_word_s", "18")
    assert first.passages(PHI, 0) == 180


@given(st.integers(0, 4000), st.floats(0.01, 600), st.integers(0, 4000))
def test_the_budget_stays_within_its_bounds(tokens: int, seconds: float, other: int) -> None:
    first = first_word(Kept())  # type: ignore[arg-type]
    first.note(PHI, read(tokens, seconds))
    assert FEWEST <= first.passages(PHI, other) <= MOST
