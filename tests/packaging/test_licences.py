"""The gate of a release: what may not be shipped is named, and so is what nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import licences
import pytest
from licences import is_replaceable, is_spdx, licence_problems, main, may_be_shipped, notice_problems, qt_problems
from notice import notice_text, source_line


def part(**changes: Any) -> dict[str, Any]:
    """A part of a folder as its list has it."""
    whole = {"name": "thing", "version": "1.0", "licence": "MIT", "home": "https://thing.example", "package": "thing",
             "source": "https://thing.example/1.0", "files": ["thing/thing.so"], "modules": [], "inside": [],
             "texts": ["thing.txt"], "offer": ""}  # fmt: skip
    return {**whole, **changes}


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-2.0-or-later", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("LGPL-3.0-only OR GPL-3.0-only", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-2.0-or-later WITH GCC-exception-3.1", False),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("SSPL-1.0", False),
        ("Some licence of our own", False),
        ("BSD", False),
        ("", False),
    ],
)
def test_which_licences_may_be_shipped(expression: str, may: bool) -> None:
    assert may_be_shipped(expression) is may


def test_what_the_lgpl_alone_covers_must_be_replaceable() -> None:
    assert is_replaceable("LGPL-2.1-or-later")
    assert is_replaceable("LGPL-3.0-only AND MIT")
    assert not is_replaceable("LGPL-2.1-or-later OR MIT")
    assert not is_replaceable("GPL-3.0-only")


def test_what_is_no_spdx_expression_is_no_licence() -> None:
    assert is_spdx("BSD-3-Clause AND 0BSD")
    assert not is_spdx("BSD License")
    assert not is_spdx("")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"licence": "GPL-3.0-only"}, ["thing: GPL-3.0-only (thing/thing.so)"]),
        ({"licence": ""}, ["thing: no known licence (thing/thing.so)"]),
        ({"texts": []}, ["thing: the text of its licence is missing (MIT)"]),
        ({"licence": "LGPL-3.0-only"}, []),
        ({"licence": "LGPL-3.0-only", "modules": ["thing"]}, ["thing: LGPL-3.0-only, and inside the program (thing)"]),
        ({"inside": [["deep", "2", "AGPL-3.0-only"]]}, ["deep 2, inside of thing: AGPL-3.0-only"]),
        ({"inside": [["deep", "2", "LGPL-2.1-only"]]}, ["deep 2, inside of thing: LGPL-2.1-only"]),
        ({"inside": [["deep", "2", ""]]}, ["deep 2, inside of thing: no known licence"]),
    ],
)
def test_each_part_is_judged(changes: dict[str, Any], said: list[str]) -> None:
    assert list(licence_problems([part(**changes)])) == said


def test_the_notice_names_the_source_of_what_may_be_replaced() -> None:
    library = part(licence="LGPL-2.1-or-later", files=["libs/libthing.so.1", "libthing.so.1"])
    notice = notice_text([library, part(name="other")])
    assert "thing 1.0 (LGPL-2.1-or-later)\n    https://thing.example/1.0\n    here: libs\n" in notice
    assert "other 1.0: MIT" in notice
    assert list(notice_problems([library], notice)) == []
    assert list(notice_problems([library], "Nothing.")) == ["thing: the notice doesn't say where its source is"]
    assert list(notice_problems([{**library, "source": ""}], notice)) != []
    assert source_line(library).splitlines()[0] == "The source of this version: https://thing.example/1.0"
    assert source_line(part()) == ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen folder of one part, as the build would leave it."""
    inner = tmp_path / "phial" / "_internal"
    (inner / "assets" / "licences").mkdir(parents=True)
    (inner / "thing").mkdir()
    (inner / "thing" / "thing.so").write_bytes(b"")
    (inner / "assets" / "licences" / "thing.txt").write_text("You may.", encoding="utf-8")
    (inner / "assets" / "licences.json").write_text(json.dumps({"parts": [part()]}), encoding="utf-8")
    (inner / "NOTICE.txt").write_text(notice_text([part()]), encoding="utf-8")
    monkeypatch.setattr(licences, "qt_problems", lambda inner: iter(()))  # it has no Qt
    return tmp_path / "phial"


def test_a_folder_of_known_files_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out == "1 parts, 0 more inside of them: shipped\n"


@pytest.mark.parametrize("harm", ["a file more", "no text", "no notice", "no list"])
def test_a_folder_with_something_unknown_does_not(folder: Path, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    inner = folder / "_internal"
    if harm == "a file more":
        (inner / "libwho.so.1").write_bytes(b"")
    else:
        gone = {"no text": "assets/licences/thing.txt", "no notice": "NOTICE.txt", "no list": "assets/licences.json"}
        (inner / gone[harm]).unlink()
    assert main([str(folder)]) == 1
    said = {"a file more": "libwho.so.1: of no known origin", "no text": "thing: thing.txt is not in the folder",
            "no notice": "no notice", "no list": "can't be read"}  # fmt: skip
    assert said[harm] in capsys.readouterr().out


def test_qt_of_this_environment_is_a_library_and_not_built_in(tmp_path: Path) -> None:
    import PySide6

    assert list(qt_problems(Path(PySide6.__file__).parent)) == []
    assert list(qt_problems(tmp_path)) == ["Qt's bindings are not there: QtCore"]
