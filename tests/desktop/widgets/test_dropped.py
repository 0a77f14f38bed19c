"""What is dropped or pasted: files in all the ways in which programs name them, addresses, words."""

from __future__ import annotations

import string
from pathlib import Path, PureWindowsPath
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl

from desktop.widgets.dropped import COPIED_FILES, Dropped, dropped, read_text

NAMES = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="/*"), min_size=1)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("file:///papers/a.pdf", ("/papers/a.pdf",)),
        ("file://localhost/papers/a.pdf", ("/papers/a.pdf",)),
        ("file:/papers/a.pdf", ("/papers/a.pdf",)),
        ("FILE:///papers/My%20study.pdf", ("/papers/My study.pdf",)),
        ("file:///papers/My study.pdf", ("/papers/My study.pdf",)),
        ("file:///papers/50%25%20#3?.pdf", ("/papers/50% #3?.pdf",)),
        ("/papers/a.pdf", ("/papers/a.pdf",)),
        ('"/papers/My study.pdf"', ("/papers/My study.pdf",)),
        ("'/papers/My study.pdf'\n\n  “/papers/b”\r\n", ("/papers/My study.pdf", "/papers/b")),
        ("/papers/a.pdf\n/papers/a.pdf", ("/papers/a.pdf",)),
        ("<file:///papers/a.pdf>", ("/papers/a.pdf",)),
    ],
)
def test_text_that_names_files_is_files(text: str, paths: tuple[str, ...]) -> None:
    assert read_text(text, is_windows=False) == Dropped(paths=paths)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (r"C:\Users\Ada\a b.pdf", r"C:\Users\Ada\a b.pdf"),
        (r'"D:\a.pdf"', r"D:\a.pdf"),
        ("C:/Users/a.pdf", "C:/Users/a.pdf"),
        (r"\\nas\share\a.pdf", r"\\nas\share\a.pdf"),
        ("file:///C:/Users/a%20b.pdf", "C:/Users/a b.pdf"),
        ("file:///C|/a.pdf", "C:/a.pdf"),
        ("file://nas/share/a.pdf", "//nas/share/a.pdf"),
    ],
)
def test_windows_names_files_in_its_own_ways(text: str, path: str) -> None:
    assert read_text(text, is_windows=True).paths == (path,)
    assert read_text(text, is_windows=False).paths != (path,)


@pytest.mark.parametrize(
    "text",
    [
        "Which gust speed must the crane withstand?",
        "/papers/a.pdf says so\nand so do I",
        "Re: file",
        "ISO:9001",
        "and/or",
        "/",
        "//",
        "/* a comment */",
        "C:",
        "file:a.pdf",
        "/a\0b",
    ],
)
@pytest.mark.parametrize("is_windows", [False, True])
def test_text_that_names_no_file_is_words(text: str, is_windows: bool) -> None:
    assert read_text(f"  {text}\n", is_windows=is_windows) == Dropped(words=text)


@pytest.mark.parametrize(
    "text", ["https://example.org/a.pdf", "www.example.org", "sftp://nas/a.pdf", "file://nas/share/a.pdf", "file://[/a"]
)
def test_what_lies_elsewhere_is_an_address(text: str) -> None:
    assert read_text(text, is_windows=False) == Dropped(addresses=(text,))


def test_files_among_addresses_are_still_files() -> None:
    found = read_text("https://example.org\n/papers/a.pdf", is_windows=False)
    assert found == Dropped(paths=("/papers/a.pdf",), addresses=("https://example.org",))


@given(paths=st.lists(PATHS, min_size=1, max_size=4, unique=True))
def test_a_path_comes_back_however_it_is_written(paths: list[str]) -> None:
    for write in (
        lambda path: Path(path).as_uri() if not path.startswith("//") else f"file://{quote(path)}",
        lambda path: f"file://localhost{quote(path)}",
        lambda path: f'"{path}"',
    ):
        assert read_text("\r\n".join(map(write, paths)), is_windows=False).paths == tuple(paths)


@given(names=st.lists(st.text(string.ascii_letters + " éß%&'()", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_windows_path_comes_back_too(names: list[str]) -> None:
    path = PureWindowsPath("C:/", *names)
    assert read_text(str(path), is_windows=True).paths == (str(path),)
    assert PureWindowsPath(read_text(path.as_uri(), is_windows=True).paths[0]) == path


@given(text=st.text())
def test_nothing_that_is_dropped_is_lost_or_an_error(text: str) -> None:
    for is_windows in (False, True):
        found = read_text(text, is_windows=is_windows)
        assert bool(found) == bool(text.strip())
        assert not any("\0" in path or "\n" in path for path in found.paths)


def test_what_file_managers_give_is_read_in_each_of_their_forms() -> None:
    listed = QMimeData()
    listed.setUrls([QUrl.fromLocalFile("/papers/a b.pdf"), QUrl("https://example.org/b.pdf")])
    assert dropped(listed) == Dropped(paths=("/papers/a b.pdf",), addresses=("https://example.org/b.pdf",))
    copied = QMimeData()
    copied.setData(COPIED_FILES, b"cut\nfile:///papers/a%20b.pdf\nfile:///papers/c")
    assert dropped(copied, is_windows=False).paths == ("/papers/a b.pdf", "/papers/c")
    assert not dropped(QMimeData())


def test_a_name_that_is_no_text_keeps_its_bytes() -> None:
    data = QMimeData()
    data.setData("text/uri-list", b"file:///papers/caf%E9.pdf\r\n")
    assert dropped(data, is_windows=False).paths == ("/papers/caf\udce9.pdf",)
