"""The catalogue of sentences: complete, in every language, and never a failure of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import errors as engine_errors
from engine.errors import EngineProblem, PhialError
from engine.paths import assets
from rag import errors as library_errors
from rag.errors import (
    LANGUAGES,
    LibraryProblem,
    Problem,
    WindowProblem,
    describe,
    problem_of,
    system_language,
    text,
)

KINDS = [*EngineProblem, *LibraryProblem, *WindowProblem]
PARTS = ("title", "meaning", "mend")
TRANSLATIONS = tuple(language for language in LANGUAGES if language != "en")


def problems(language: str) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = catalogue(language)["problems"]
    return entries


def terminal(language: str) -> dict[str, str]:
    sentences: dict[str, str] = catalogue(language)["terminal"]
    return sentences


def catalogue(language: str) -> dict[str, Any]:
    path = assets() / "translations" / f"messages.{language}.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert set(loaded) == {"problems", "terminal"}
    return loaded


def fields(*sentences: str) -> set[str]:
    return {name for sentence in sentences for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def documented_parameters() -> dict[str, set[str]]:
    """The parameters that the comment beside each kind names: the sources are where a raiser looks them up."""
    found: dict[str, set[str]] = {}
    for module in (engine_errors, library_errors):
        assert module.__file__
        for line in Path(module.__file__).read_text(encoding="utf-8").splitlines():
            if match := re.match(r'    [A-Z_]+ = "(\w+)"(?:  # (?:noqa: \w+ - )?(?:parameters: )?(.*))?$', line):
                comment = re.sub(r"\([^)]*\)|nothing is installed", "", match[2] or "")
                found[match[1]] = {name.strip() for name in comment.split(",") if name.strip()}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_sentences_and_no_other_kind_has(language: str) -> None:
    entries = problems(language)
    assert set(entries) == {kind.value for kind in KINDS}
    for kind, parts in entries.items():
        assert tuple(parts) == PARTS, kind
        assert all(part.strip() == part and part for part in parts.values()), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_only_parameters_that_are_given(language: str) -> None:
    documented = documented_parameters()
    assert set(documented) == {kind.value for kind in KINDS}
    for kind, parts in problems(language).items():
        assert fields(*parts.values()) <= documented[kind], kind


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translations_have_the_fields_of_the_english_sentences(language: str) -> None:
    for kind, parts in problems("en").items():
        for part in PARTS:
            assert fields(problems(language)[kind][part]) == fields(parts[part]), (kind, part)
    translated = terminal(language)
    assert list(translated) == list(terminal("en"))
    for key, sentence in terminal("en").items():
        assert fields(translated[key]) == fields(sentence), key
        assert translated[key].strip(), key


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    english, translated = problems("en"), problems(language)
    assert [(kind, part) for kind in english for part in PARTS if english[kind][part] == translated[kind][part]] == []


def test_a_problem_is_described_with_its_values() -> None:
    missing = describe(Problem("path_missing", {"path": "/a/b.pdf"}))
    assert missing.title == "/a/b.pdf does not exist."
    assert str(missing).startswith(missing.title)
    assert (
        "2.5 GB" in describe(Problem("memory_too_small", {"model": "Phi", "needed": 2_500_000_000, "free": 1})).meaning
    )


@pytest.mark.parametrize(
    ("size", "language", "written"),
    [(36, "en", "36 B"), (36, "fr", "36 o"), (2_450_000_000, "fr", "2,5 Go"), (10**6, "it", "1 MB")],
)
def test_a_size_has_a_unit_of_the_language(size: int, language: str, written: str) -> None:
    problem = Problem("download_other_length", {"model": "Phi", "host": "a.example", "bytes": size, "needed": 10**9})
    assert written in describe(problem, language).meaning


@given(
    kind=st.one_of(st.text(), st.sampled_from([kind.value for kind in KINDS])),
    parameters=st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.floats())),
    language=st.one_of(st.text(), st.sampled_from(LANGUAGES)),
)
def test_describing_never_raises(kind: str, parameters: dict[str, str | int | float], language: str) -> None:
    sentences = describe(Problem(kind, parameters), language)
    assert sentences.title
    assert sentences.mend


def test_an_unknown_kind_is_described_as_unexpected() -> None:
    assert describe(Problem("of_another_version"), "fr") == describe(Problem("unexpected"), "fr")


def test_only_our_own_errors_say_more_than_their_class() -> None:
    ours = problem_of(PhialError(LibraryProblem.PATH_MISSING, details="why", path="x"))
    assert ours == Problem("path_missing", {"path": "x"}, "why")
    assert problem_of(ValueError("a secret of a document")) == Problem("unexpected", {}, "ValueError")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "fr_CH.UTF-8"}, "fr"),
        ({"LC_ALL": "fr_FR.UTF-8", "PHIAL_LANGUAGE": "en"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_the_systems(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("PHIAL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_a_sentence_of_the_terminal_is_filled_in() -> None:
    assert text("page", "it", page=3) == "pagina 3"
    assert text("page", "it") == "pagina ?"


def test_the_source_names_only_sentences_that_are_there() -> None:
    root = assets().parent
    sources = [*(root / "rag").glob("*.py"), *(root / "desktop").glob("*.py")]
    named = {
        key
        for source in sources
        for key in re.findall(r'\b(?:text|_say)\(\s*"(\w+)"', source.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= terminal("en").keys()
