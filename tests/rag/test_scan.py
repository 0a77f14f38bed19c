from __future__ import annotations

import functools
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import scan as scanning
from rag.errors import LibraryProblem
from rag.extract import SUFFIXES, patiently
from rag.scan import FoundFile, PassedOver, lies_in_cloud, scan, scan_patiently


def write(path: Path, content: bytes = b"text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(*paths: Path | str) -> list[str]:
    return [item.path for item in scan([str(path) for path in paths]) if isinstance(item, FoundFile)]


def passed_over(*paths: Path | str) -> dict[str, str]:
    items = [item for item in scan([str(path) for path in paths]) if isinstance(item, PassedOver)]
    assert all(item.reason.parameters == {"path": item.path} for item in items)
    return {item.path: item.reason.kind for item in items}


def test_a_folder_stands_for_the_documents_in_it_in_order(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("b.PDF", "a/z.md", "a/b/c.txt", "a/b.markdown", "c.pdf")]
    write(tmp_path / "a" / "drawing.xyz")
    assert sorted(found(tmp_path)) == sorted(str(path) for path in files)
    assert found(tmp_path) == [
        str(tmp_path / name) for name in ("b.PDF", "c.pdf", "a/b.markdown", "a/z.md", "a/b/c.txt")
    ]
    assert passed_over(tmp_path) == {str(tmp_path / "a" / "drawing.xyz"): LibraryProblem.FORMAT_UNKNOWN}


def test_sizes_and_times_are_the_files(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", b"12345")
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    assert list(scan([str(path)])) == [FoundFile(str(path), 5, 1_700_000_000_123_456_789, is_named=True)]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    named = [write(tmp_path / ".hidden.md"), write(tmp_path / "report"), write(tmp_path / "scan.xyz")]
    assert found(*named) == [str(path) for path in named]


def test_what_is_hidden_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / ".git" / "a.md")
    write(tmp_path / ".notes.md")
    assert passed_over(tmp_path) == {str(tmp_path): LibraryProblem.NO_DOCUMENTS}


def test_a_folder_that_is_itself_hidden_is_read_where_it_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / ".papers" / "a.md")
    assert found(path.parent) == [str(path)]


def test_each_file_is_given_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md")
    assert found(path, tmp_path, path, f"{tmp_path}/../{tmp_path.name}/a.md") == [str(path)]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert [item.path for item in scan([str(empty), str(empty)])] == [str(empty)]


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "a.md")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "linked").symlink_to(outside.parent)
    (folder / "file.md").symlink_to(outside)
    assert found(folder) == [str(folder / "file.md")]
    assert found(folder / "linked") == [str(folder / "linked" / "a.md")]


def test_a_broken_link_and_a_missing_path_are_missing(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    missing = LibraryProblem.PATH_MISSING
    assert passed_over(tmp_path) == {str(tmp_path / "gone.md"): missing, str(tmp_path / "loop.md"): missing}
    assert passed_over(tmp_path / "a.md") == {str(tmp_path / "a.md"): missing}
    path = write(tmp_path / "file.md")
    assert passed_over(path / "below.md") == {str(path / "below.md"): missing}


@pytest.mark.skipif(os.name != "posix", reason="named pipes in folders are Unix's")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert passed_over(tmp_path) == {str(tmp_path / "pipe.md"): LibraryProblem.PATH_NOT_A_FILE}


def test_a_folder_that_cannot_be_listed_says_so_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Permissions would not do: tests may run as root.
    locked, after = tmp_path / "locked", write(tmp_path / "open" / "a.md")
    write(locked / "a.md")
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == [str(after)]
    assert passed_over(tmp_path) == {str(locked): LibraryProblem.PATH_UNREADABLE}
    assert passed_over(locked) == {str(locked): LibraryProblem.PATH_UNREADABLE}


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are Unix's")
def test_a_name_that_is_no_text_is_found(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(path, "wb"):  # noqa: PTH123 - a Path takes no bytes
        pass
    assert found(tmp_path) == [os.fsdecode(path)]


@pytest.mark.parametrize("name", ["a" * 5_000, "nul\0inside", "\ud800"])
def test_a_path_that_no_system_takes_is_unreadable(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / "folder") + "/" + name
    assert passed_over(path) == {path: LibraryProblem.PATH_UNREADABLE}


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.md")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert found("~/a.md") == found("a.md") == found("./a.md") == [str(path)]


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=10), max_size=4))
def test_every_path_is_answered(names: list[str]) -> None:
    paths = [f"/nowhere/{name}" for name in names]
    items = list(scan(paths))
    assert {item.path for item in items} == {os.path.abspath(path) for path in paths}  # noqa: PTH100
    assert len(items) == len({item.path for item in items})


def test_suffixes_are_lower_case_as_names_are_compared() -> None:
    assert {suffix.lower() for suffix in SUFFIXES} == set(SUFFIXES)


def test_rules_hold_in_a_folder_but_not_for_a_file_that_is_named(tmp_path: Path) -> None:
    draft, kept = write(tmp_path / "drafts" / "a.md"), write(tmp_path / "b.md")
    write(tmp_path / ".phialignore", b"drafts/\n")
    assert found(tmp_path) == [str(kept)]
    assert found(tmp_path, draft) == [str(kept), str(draft)]
    assert [item.is_named for item in scan([str(tmp_path), str(draft)]) if isinstance(item, FoundFile)] == [False, True]


def test_a_file_that_lies_in_a_cloud_is_not_opened(tmp_path: Path) -> None:
    write(tmp_path / ".report.pdf.icloud")
    away = tmp_path / "report.pdf"
    assert passed_over(tmp_path) == {str(away): LibraryProblem.FILE_IN_CLOUD}


@pytest.mark.parametrize(
    ("status", "lies"),
    [
        (SimpleNamespace(st_file_attributes=0x20), False),
        (SimpleNamespace(st_file_attributes=0x400020), True),  # OneDrive: recall on data access
        (SimpleNamespace(st_file_attributes=0x1020), True),
        (SimpleNamespace(st_flags=0x40000000), True),  # macOS: dataless
        (SimpleNamespace(st_flags=0x20), False),
        (SimpleNamespace(), False),
    ],
)
def test_placeholders_are_known_by_what_their_system_says_of_them(status: Any, lies: bool) -> None:
    assert lies_in_cloud(status) is lies


def test_a_drive_that_gives_no_answer_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("a")
    is_over = threading.Event()
    isdir = os.path.isdir

    def hang(path: str) -> bool:
        return is_over.wait(10) if str(path) == "/hung" else isdir(path)

    monkeypatch.setattr(scanning.os.path, "isdir", hang)
    monkeypatch.setattr(scanning, "patiently", functools.partial(patiently, seconds=0.2))
    found = list(scan_patiently(["/hung", str(tmp_path)], lambda: False))
    assert [item.reason.kind for item in found if isinstance(item, PassedOver)] == [LibraryProblem.PATH_NOT_ANSWERING]
    assert [item.path for item in found if isinstance(item, FoundFile)] == [str(tmp_path / "a.md")]
    assert list(scan_patiently(["/hung"], lambda: True)) == []
    is_over.set()
