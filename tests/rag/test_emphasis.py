from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.emphasis import without_emphasis


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (
            "A fed starter doubles in **five hours** at 24 degrees.",
            "A fed starter doubles in five hours at 24 degrees.",
        ),
        ("The *deadline* is `5 May`, _not_ later.", "The deadline is 5 May, not later."),
        ("***Both*** of **them**.", "Both of them."),
        ("See [the guide](https://a.b/c_(d)) first.", "See the guide first."),
        ("**Antwort:** elf Stunden", "Antwort: elf Stunden"),
    ],
)
def test_marks_are_no_part_of_what_is_read(written: str, plain: str) -> None:
    assert without_emphasis(written) == plain


@pytest.mark.parametrize(
    "kept",
    [
        "p < 0.05*",
        "2 * 3 * 4 = 24",
        "a*b*c",
        "my_file_name.txt",
        "__init__",
        "5 ** 2 ** 3",
        "[1] (see below)",
        "* item",
    ],
)
def test_other_signs_stay(kept: str) -> None:
    assert without_emphasis(kept) == kept


@given(st.text(alphabet="ab *_`[]()\n"))
def test_only_marks_go(text: str) -> None:
    plain = without_emphasis(text)
    rest = iter(text)
    assert all(letter in rest for letter in plain)
    assert "\n" not in text or plain.count("\n") == text.count("\n")
