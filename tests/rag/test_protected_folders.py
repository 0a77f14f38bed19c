"""Folders that macOS keeps from a program until the person lets it in: a kind of its own, with its mend."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rag.comparing import compare
from rag.errors import LANGUAGES, PRIVACY_SETTINGS, LibraryProblem, PhialError, describe, problem_of
from rag.extract import formats, path_problem
from rag.health import mends_for
from rag.library import Library
from rag.presence import UNREADABLE, presence_of
from rag.protocol import DocumentState, IndexedFile
from rag.scan import PassedOver
from rag.stores.file_records import Given
from rag.stores.folder_records import KnownFile
from tests.fakes.plausible import document


@pytest.fixture
def protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a note that the system refuses as macOS does: to be listed, and its files to be opened."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    (folder / "note.md").write_text("Nobody has let us in.", encoding="utf-8")
    monkeypatch.setattr(formats, "sys", SimpleNamespace(platform="darwin"))
    scandir, open_file = os.scandir, os.open

    def refuse(path: object) -> None:
        if isinstance(path, str | os.PathLike) and Path(path).is_relative_to(folder):
            raise PermissionError(errno.EPERM, "Operation not permitted", os.fspath(path))

    def list_unless_protected(path: Any = ".") -> Any:
        refuse(path)
        return scandir(path)

    def open_unless_protected(path: Any, *arguments: Any, **named: Any) -> int:
        refuse(path)
        return open_file(path, *arguments, **named)

    monkeypatch.setattr(os, "scandir", list_unless_protected)
    monkeypatch.setattr(os, "open", open_unless_protected)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        yield opened


def refused(library: Library, path: Path) -> dict[str, str]:
    *_, result = library.index([str(path)])
    files: tuple[IndexedFile, ...] = getattr(result, "files", ())
    return {file.path: file.reason.kind for file in files if file.reason is not None}


def test_indexing_such_a_folder_names_the_settings_that_undo_it(library: Library, protected: Path) -> None:
    assert refused(library, protected) == {str(protected): LibraryProblem.PATH_PROTECTED}
    note = protected / "note.md"
    assert refused(library, note) == {str(note): LibraryProblem.PATH_PROTECTED}


def test_following_such_a_folder_is_refused_for_the_same_reason(library: Library, protected: Path) -> None:
    assert presence_of(str(protected)).state == UNREADABLE
    with pytest.raises(PhialError) as caught:
        library.folders.watch(str(protected))
    assert caught.value.kind is LibraryProblem.PATH_PROTECTED
    assert caught.value.parameters["settings"] == PRIVACY_SETTINGS


def test_what_a_files_own_permissions_forbid_is_no_such_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("note.md")
    kept, forbidden = PermissionError(errno.EPERM, "kept"), PermissionError(errno.EACCES, "forbidden")
    monkeypatch.setattr(formats, "sys", SimpleNamespace(platform="darwin"))
    assert path_problem(path, kept).kind is LibraryProblem.PATH_PROTECTED
    assert path_problem(path, forbidden).kind is LibraryProblem.PATH_UNREADABLE
    monkeypatch.setattr(formats, "sys", SimpleNamespace(platform="linux"))
    assert path_problem(path, kept).kind is LibraryProblem.PATH_UNREADABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_where_it_is_undone(language: str) -> None:
    said = describe(problem_of(formats.protected_problem("/Users/ada/Documents")), language)
    assert PRIVACY_SETTINGS in said.mend
    assert "/Users/ada/Documents" in said.title


def test_the_settings_are_the_first_of_its_mends() -> None:
    reason = problem_of(formats.protected_problem("/Users/ada/Documents/a.pdf"))
    assert mends_for(document("a.pdf", DocumentState.FAILED, reason=reason), ())[0] == "open_settings"


@pytest.mark.parametrize("kind", [LibraryProblem.PATH_PROTECTED, LibraryProblem.PATH_UNREADABLE])
def test_what_is_known_of_a_folder_that_has_closed_is_not_gone(kind: LibraryProblem) -> None:
    note = KnownFile("/d/note.md", "a", 1, 1, False, False, Given.BY_FOLLOWING, None)
    gone = KnownFile("/e/gone.md", "b", 1, 1, False, False, Given.BY_FOLLOWING, None)
    seen = [PassedOver("/d", problem_of(PhialError(kind, path="/d")))]
    known = {file.path: file for file in (note, gone)}
    assert compare(known, seen, lambda _: False, lambda _: False).missing == (gone,)
