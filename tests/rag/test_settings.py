from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import settings as settings_module
from rag.errors import LANGUAGES, LibraryProblem, PhialError, size_words
from rag.protocol import SettingUnit
from rag.settings import FIRST_WORD_S, FIRST_WORD_VARIABLE, MIRRORS_VARIABLE, ReadsAhead, Settings
from rag.stores.database import Database
from rag.stores.history import History

FREE_DISK, FREE_MEMORY = 5_000_000_001, 3_000_000_001
"""Bytes, and fewer than give the largest share: two of the budgets are a part of what is free."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    # What is free changes from one moment to the next, and with it what holds where nothing was said.
    monkeypatch.setattr(settings_module.shutil, "disk_usage", lambda _: SimpleNamespace(free=FREE_DISK))
    monkeypatch.setattr(settings_module, "memory", lambda: SimpleNamespace(available=FREE_MEMORY))
    database = Database(tmp_path)
    yield Settings(tmp_path, History(database))
    database.close()


def row(settings: Settings, name: str, language: str = "en") -> tuple[str, str, bool, str]:
    found = next(setting for setting in settings.listed(language) if setting.setting == name)
    return found.value, found.default, found.is_changed, found.caution


def test_nobody_has_said_anything_yet(settings: Settings) -> None:
    now = settings.current()
    assert (now.reads_ahead, now.context, now.model_mirrors) == (ReadsAhead.ON_MAINS, None, ())
    assert (now.first_word_s, now.model_idle_s) == (FIRST_WORD_S, 300.0)
    assert (now.kv_memory_bytes, now.kv_disk_bytes) == (FREE_MEMORY // 8, FREE_DISK // 10)
    assert not any(setting.is_changed for setting in settings.listed("en"))


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("kv_disk_bytes", "500 MB", 500_000_000),
        ("kv_disk_bytes", "1,5GB", 1_500_000_000),
        ("kv_disk_bytes", "2 gib", 2 * 2**30),
        ("kv_memory_bytes", "0", 0),
        ("reads_ahead", " Never ", ReadsAhead.NEVER),
        ("first_word_s", "2.5", 2.5),
        ("first_word_s", "2,5", 2.5),
        ("first_word_s", "3 s", 3.0),
        ("kv_disk_bytes", "1,5 Go", 1_500_000_000),
        ("model_idle_s", "60", 60.0),
        ("context", "8192", 8192),
        ("context", "safe", None),
        (
            "model_mirrors",
            "https://a.example, http://b.example:8080/x",
            ("https://a.example", "http://b.example:8080/x"),
        ),
    ],
)
def test_what_was_said_holds_until_it_is_taken_back(settings: Settings, name: str, said: str, kept: object) -> None:
    before = getattr(settings.current(), name)
    settings.change(name, said)
    assert getattr(settings.current(), name) == kept
    assert row(settings, name)[2]
    settings.change(name, "")
    assert getattr(settings.current(), name) == before
    assert not row(settings, name)[2]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kv_disk_bytes", "2 parsecs"),
        ("kv_disk_bytes", "-1"),
        ("kv_memory_bytes", "1 TB"),
        ("reads_ahead", "often"),
        ("first_word_s", "0"),
        ("first_word_s", "nan"),
        ("context", "9000 s"),
        ("first_word_s", "1e9"),
        ("model_idle_s", "soon"),
        ("context", "12"),
        ("context", "4096.5"),
        ("model_mirrors", "ftp://a.example"),
        ("model_mirrors", "https://[a.example"),
        ("model_mirrors", "https://a.example:99999"),
        ("model_mirrors", "https://a.example, nowhere"),
    ],
)
def test_a_wrong_value_is_told_what_would_be_right_and_changes_nothing(
    settings: Settings, name: str, said: str
) -> None:
    before = settings.current()
    with pytest.raises(PhialError) as raised:
        settings.change(name, said)
    assert raised.value.kind is LibraryProblem.SETTING_WRONG
    assert raised.value.parameters["expected"]
    assert settings.current() == before


def test_a_setting_that_is_none_is_told_which_there_are(settings: Settings) -> None:
    with pytest.raises(PhialError) as raised:
        settings.change("nothing", "1")
    assert raised.value.kind is LibraryProblem.SETTING_UNKNOWN
    assert "reads_ahead" in str(raised.value.parameters["settings"])


def test_the_environment_holds_where_the_person_has_not_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FIRST_WORD_VARIABLE, "18")
    monkeypatch.setenv(MIRRORS_VARIABLE, "https://a.example")
    assert (settings.current().first_word_s, settings.current().model_mirrors) == (18.0, ("https://a.example",))
    settings.change("first_word_s", "4")
    assert row(settings, "first_word_s")[:3] == ("4", "18", True)
    settings.change("first_word_s", "")
    for nonsense in ("soon", "-3", "nan", "inf", ""):
        monkeypatch.setenv(FIRST_WORD_VARIABLE, nonsense)
        assert settings.current().first_word_s == FIRST_WORD_S


def test_a_longer_context_is_told_its_cost(settings: Settings) -> None:
    settings.change("context", "4096")
    assert not row(settings, "context")[3]
    settings.change("context", "4097")
    assert len({row(settings, "context", language)[3] for language in LANGUAGES} - {""}) == len(LANGUAGES)


def test_every_value_that_is_shown_can_be_said(settings: Settings) -> None:
    for setting in settings.listed("en"):
        if setting.value:
            settings.change(setting.setting, setting.value)
    shown = {setting.setting: setting for setting in settings.listed("en")}
    assert all(setting.value == setting.default or setting.unit is SettingUnit.BYTES for setting in shown.values())


@given(st.integers(0, 10**12))
def test_a_size_in_units_is_near_what_it_says(size: int) -> None:
    for language, letter in (("en", "B"), ("fr", "o"), ("it", "B")):
        number, unit = size_words(size, language).split()
        factor = {"": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}[unit.removesuffix(letter)]
        assert abs(float(number.replace(",", ".")) * factor - size) <= 0.05 * factor + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_are_reused_where_the_person_wants_it_and_is_told_what_it_costs(
    settings: Settings, language: str
) -> None:
    assert not settings.current().reuses_passages
    assert row(settings, "reuses_passages", language)[3] == ""
    settings.change("reuses_passages", "always")
    assert settings.current().reuses_passages
    assert row(settings, "reuses_passages", language)[3]
