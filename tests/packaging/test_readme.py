"""The README promises what the samples hold and what the Makefile and the command line offer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import prepare
import pytest

from rag.cli import _RUN, main

README = (prepare.ROOT / "README.md").read_text(encoding="utf-8")


def test_the_questions_are_those_of_the_samples() -> None:
    questions = json.loads((prepare.ROOT / "assets" / "questions.json").read_text(encoding="utf-8"))
    assert {question["language"] for question in questions} == {"en", "fr", "it"}
    for question in questions:
        row = f"| {question['question']} | {question['document']}, page {question['page']} | {question['answer']} |"
        assert row in README


def test_every_link_leads_somewhere() -> None:
    pages = [prepare.ROOT / "README.md", prepare.ROOT / "CONTRIBUTING.md", *(prepare.ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (prepare.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    scripts = set(re.findall(r"((?:packaging|benchmarks)/\w+\.(?:py|spec))", makefile))
    for page in ("README.md", "CONTRIBUTING.md", "docs/protocol.md"):
        named = set(re.findall(r"`make ([a-z-]+)", (prepare.ROOT / page).read_text(encoding="utf-8")))
        assert named <= targets, page
    assert [script for script in sorted(scripts) if not (Path(prepare.ROOT) / script).exists()] == []


def test_every_command_is_named() -> None:
    listed = README.split("## In the terminal")[1].split("## How it works")[0]
    assert [command for command in _RUN if f"phial {command}" not in listed] == []


def test_help_names_the_commands_in_the_order_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    listed = README.split("## In the terminal")[1].split("## How it works")[0]
    main(["--help"])
    helped = re.findall(r"^    ([a-z]+)(?: |$)", capsys.readouterr().out, re.MULTILINE)
    assert set(_RUN) <= set(helped)
    named = [command for command in dict.fromkeys(re.findall(r"phial ([a-z]+)", listed)) if command in helped]
    assert [command for command in helped if command in named] == named
