"""The fuzzer: what it changes, and that it tells what is wrong from what is well."""

from __future__ import annotations

import dataclasses
import io
import random
import zipfile
import zlib
from pathlib import Path

import fuzz
import pytest
from fuzz_mutations import LARGEST, mutated
from hypothesis import given
from hypothesis import strategies as st

from rag.pages import Heading, PageText, Word
from tests.rag.extract.making_formats import make_docx

PAGE = PageText(
    1, "", "two words", (Word(0, 3, (0.0, 0.0, 9.0, 9.0)), Word(4, 9, (10.0, 0.0, 40.0, 9.0))), 100.0, 100.0,
    (Heading(0, 1, "two"),), None, has_pictures=False,
)  # fmt: skip


@given(st.binary(max_size=500), st.sampled_from(["pdf", "html", "csv", "text"]), st.integers())
def test_a_mutation_is_drawn_from_its_seed_alone(content: bytes, format_name: str, seed: int) -> None:
    once, twice = (mutated(content, [content], format_name, random.Random(seed)) for _ in range(2))
    assert once == twice
    assert len(once) <= LARGEST


def test_a_container_stays_one_that_opens(tmp_path: Path) -> None:
    make_docx(tmp_path / "a.docx")
    content = (tmp_path / "a.docx").read_bytes()
    changed = [mutated(content, [], "docx", random.Random(seed)) for seed in range(60)]
    assert sum(zipfile.is_zipfile(io.BytesIO(one)) for one in changed) > 40
    # What is inside was changed, and packed again with a right sum: a reader gets past the container.
    sums = [sums_of(one) for one in changed]
    assert sum(found is not None and found != sums_of(content) for found in sums) > 40


def sums_of(content: bytes) -> dict[str, int] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {entry.filename: entry.CRC for entry in archive.infolist() if archive.read(entry) is not None}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, ValueError):
        return None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"headings": (Heading(10, 1, "x"),)}, ["headings outside the text"]),
        ({"headings": (Heading(4, 1, "x"), Heading(0, 1, "x"))}, ["headings outside the text"]),
        ({"words": (Word(4, 10, (0.0, 0.0, 1.0, 1.0)),)}, ["words outside the text"]),
        ({"words": PAGE.words[::-1]}, ["words outside the text"]),
        ({"words": (Word(0, 3, (0.0, 0.0, float("inf"), 1.0)),)}, ["boxes outside the page"]),
        ({"words": (Word(0, 3, (0.0, 0.0, float("nan"), 1.0)),)}, ["boxes outside the page"]),
        ({"text": "two\x00words"}, ["text that can't be stored"]),
        ({"label": "\ud800"}, ["text that can't be stored"]),
    ],
)
def test_broken_promises_are_seen(change: dict[str, object], expected: list[str]) -> None:
    assert list(fuzz.wrong_with(dataclasses.replace(PAGE, **change))) == expected  # type: ignore[arg-type]


def test_a_reader_is_fed_and_a_hole_in_it_is_found(tmp_path: Path) -> None:
    target = fuzz.Target("text", [(".txt", b"some words\n" * 20)], tmp_path, random.Random(1))
    while not target.read:  # on a busy machine a parser takes longer to begin than it is given here
        target.run(0.5)
    assert target.findings == set()
    # What reads one format falls over a name that is none: as a reader would that has a hole.
    hole = fuzz.Target("no such format", [(".txt", b"some words")], tmp_path, random.Random(1))
    while not hole.findings:
        hole.run(0.1)
    (finding,) = hole.findings
    assert (finding.kind, finding.details.split(",")[0]) == ("no reason given", "KeyError")
    assert (tmp_path / finding.file).exists()
