"""Ignore rules: gitignore's form, checked against git itself where it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ignoring import IGNORE_FILE, IgnoreRules

RULES = {
    "*.log": ("a.log", "deep/er/b.log", "log", "a.log.md"),
    "/top.md": ("top.md", "deep/top.md"),
    "drafts/": ("drafts/a.md", "x/drafts/b/c.md", "drafts.md"),
    "a/b.md": ("a/b.md", "x/a/b.md"),
    "**/old/*.md": ("old/a.md", "x/y/old/b.md", "old/x/c.md"),
    "x/**/z.md": ("x/z.md", "x/y/z.md", "x/y/y/z.md", "z.md"),
    "abc/**": ("abc/x.md", "abc/x/y.md", "abc.md"),
    "?.md": ("a.md", "ab.md"),
    "[a-c].md": ("a.md", "d.md"),
    "[!a].md": ("a.md", "b.md"),
    "*.md\n!keep.md": ("a.md", "keep.md", "x/keep.md"),
    "out/\n!out/keep.md": ("out/keep.md", "keep.md"),
    "\\#note.md": ("#note.md",),
    "# a comment\n\n": ("# a comment", "a.md"),
    "name\\ ": ("name ", "name"),
    "trailing   ": ("trailing",),
}
"""Rules, and files to try them on."""


def rules_of(folder: Path, rules: str, apart: tuple[str, ...] = ()) -> IgnoreRules:
    (folder / IGNORE_FILE).write_text(rules)
    return IgnoreRules(str(folder), apart)


def left_out(rules: IgnoreRules, *names: str) -> list[str]:
    paths = {name: str(Path(rules.root) / name) for name in names}
    return [name for name, path in paths.items() if rules.leave_out_within(path, is_folder=False)]


GIT = shutil.which("git") or ""


@pytest.mark.skipif(not GIT, reason="git says what is right")
def test_rules_mean_what_they_mean_to_git(tmp_path: Path) -> None:
    for number, (rules, names) in enumerate(RULES.items()):
        folder = tmp_path / str(number)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("x")
        (folder / ".gitignore").write_text(rules)
        subprocess.run([GIT, "init", "-q", str(folder)], check=True)
        asked = subprocess.run(
            [GIT, "-C", str(folder), "check-ignore", "-z", "--stdin"],
            input="\0".join(names), capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = [name for name in asked.stdout.split("\0") if name]
        assert left_out(rules_of(folder, rules), *names) == told, rules


def test_a_file_deeper_down_overrules_one_above(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / IGNORE_FILE).write_text("!b.md\nonly.md")
    rules = rules_of(tmp_path, "*.md")
    assert left_out(rules, "a.md", "in/a.md", "in/b.md", "only.txt") == ["a.md", "in/a.md"]


def test_what_is_nobodys_document_is_left_alone_without_a_rule(tmp_path: Path) -> None:
    rules = IgnoreRules(str(tmp_path))
    names = (".git/a.md", ".hidden.md", "node_modules/x/readme.md", "a/__pycache__/n.txt", "~$report.docx", "THUMBS.DB",
             "big.pdf.crdownload", "half.part", "report.docx", "notes~more.md")  # fmt: skip
    assert left_out(rules, *names) == list(names[:-2])


def test_a_rule_takes_back_in_what_would_be_left_alone(tmp_path: Path) -> None:
    assert left_out(rules_of(tmp_path, "!.notes/"), ".notes/a.md", ".other/a.md") == [".other/a.md"]


def test_folders_that_stand_apart_are_never_gone_into(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, "!*", (str(tmp_path / "home"),))
    assert left_out(rules, "home/a.md", "a.md") == ["home/a.md"]


def test_names_that_are_no_text_are_matched_by_their_bytes(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, "*.md")
    assert rules.leave_out(str(tmp_path / os.fsdecode(b"\xff.md")), is_folder=False)


@pytest.mark.parametrize("rule", ["*a*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/a/**/b", "[" * 1000, "\\"])
def test_a_rule_that_would_take_for_ever_is_left_out(tmp_path: Path, rule: str) -> None:
    begun = time.monotonic()
    assert left_out(rules_of(tmp_path, rule), "a" * 200, "a/" * 60 + "c", "b.md") == []
    assert time.monotonic() - begun < 5


def test_an_ignore_file_that_cant_be_read_holds_no_rules(tmp_path: Path) -> None:
    (tmp_path / IGNORE_FILE).mkdir()
    assert left_out(IgnoreRules(str(tmp_path)), "a.md") == []


NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)


@given(folders=st.lists(NAMES, max_size=3), name=NAMES, other=NAMES)
def test_a_plain_name_is_left_out_wherever_it_lies_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, folders: list[str], name: str, other: str
) -> None:
    rules = rules_of(tmp_path_factory.getbasetemp(), f"{name}.q")
    place = "/".join((*folders, ""))
    assert left_out(rules, f"{place}{name}.q") == [f"{place}{name}.q"]
    assert left_out(rules, f"{place}{other}.q") == ([f"{place}{other}.q"] if other == name else [])


@given(folders=st.lists(NAMES, max_size=3), name=NAMES)
def test_what_is_taken_back_in_is_in(tmp_path_factory: pytest.TempPathFactory, folders: list[str], name: str) -> None:
    rules = rules_of(tmp_path_factory.getbasetemp(), f"*.q\n!{name}.q")
    assert left_out(rules, "/".join((*folders, f"{name}.q"))) == []
