"""Passwords from a file, from standard input, typed."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.password_entry import ask_password, read_passwords


def test_one_password_a_line_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "passwords"
    path.write_bytes("\ufeffone\r\n two words \n\nöffne\tdich".encode())
    path.chmod(0o600)
    assert read_passwords(str(path)) == (("one", " two words ", "öffne\tdich"), None)


@pytest.mark.skipif(os.name != "posix", reason="rights are posix's")
@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_can_read_is_used_and_said(tmp_path: Path, mode: int, is_open: bool) -> None:
    path = tmp_path / "passwords"
    path.write_text("one\n")
    path.chmod(mode)
    passwords, notice = read_passwords(str(path))
    assert passwords == ("one",)
    assert (notice.kind if notice else None) == (LibraryProblem.PASSWORD_FILE_OPEN if is_open else None)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none", LibraryProblem.PATH_MISSING), (tmp_path, LibraryProblem.PATH_UNREADABLE)):
        with pytest.raises(PhialError) as raised:
            read_passwords(str(path))
        assert raised.value.kind is kind


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n"))
    assert read_passwords("-") == (("one", "two"), None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n"))
    assert ask_password("/a.pdf", "en") == ("one",)
