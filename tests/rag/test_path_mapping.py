from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.path_mapping import mapped, mapped_within, read_map
from rag.protocol import PathMap

NAMES = st.text(alphabet="abc é文", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("path", "old", "new", "now"),
    [
        ("/home/anna/Documents/a.pdf", "/home/anna", "/Users/anna", "/Users/anna/Documents/a.pdf"),
        ("/home/anna", "/home/anna/", "/x", "/x"),
        ("/home/annabel/a.pdf", "/home/anna", "/x", "/home/annabel/a.pdf"),
        ("C:\\Users\\Anna\\Reports\\a.pdf", "c:/users/anna", "/home/anna", "/home/anna/Reports/a.pdf"),
        ("C:\\Users\\Anna\\a.pdf", "C:\\Users\\", "D:\\People", "D:\\People\\Anna\\a.pdf"),
        ("\\\\server\\share\\a.pdf", "\\\\server\\share", "/mnt/share", "/mnt/share/a.pdf"),
        ("/srv/a/b.pdf", "/srv", "D:\\", "D:\\a\\b.pdf"),
        ("/srv/a\\b.pdf", "/srv", "/x", "/x/a\\b.pdf"),
        ("/a/b.pdf", "/", "/root", "/root/a/b.pdf"),
        ("/srv/a.pdf", "/srv", "/", "/a.pdf"),
    ],
)
def test_what_lies_in_the_old_folder_lies_in_the_new_one(path: str, old: str, new: str, now: str) -> None:
    assert mapped(path, [PathMap(old, new)]) == now


def test_the_longest_folder_decides() -> None:
    maps = [PathMap("/a", "/x"), PathMap("/a/b", "/y")]
    assert mapped("/a/b/c", maps) == "/y/c" == mapped("/a/b/c", maps[::-1])
    assert mapped("/a/c", maps) == "/x/c"


@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(NAMES, max_size=3))
def test_there_and_back_again(parts: list[str], folders: list[str]) -> None:
    old, new = "/old/" + "/".join(folders), "/new"
    path = "/".join([old.rstrip("/"), *parts])
    there = mapped(path, [PathMap(old, new)])
    assert there == "/".join([new, *parts])
    assert mapped(there, [PathMap(new, old.rstrip("/"))]) == path


def test_within_values_only_what_is_named_a_path_is_one() -> None:
    maps = [PathMap("/a", "/b")]
    value = {"text": "/a/x", "path": "/a/x", "also_in": ["/a/y", 3], "citations": [{"path": "/a/z", "quote": "/a/z"}]}
    names = frozenset({"path", "also_in"})
    assert mapped_within(value, maps, names) == {
        "text": "/a/x", "path": "/b/x", "also_in": ["/b/y", 3], "citations": [{"path": "/b/z", "quote": "/a/z"}]
    }  # fmt: skip
    assert mapped_within({"added": ["/a/m.gguf"]}, maps) == {"added": ["/b/m.gguf"]}


@pytest.mark.parametrize("said", ["", "=", "/a", "/a=", "=/b"])
def test_a_map_names_two_folders(said: str) -> None:
    with pytest.raises(ValueError, match=said or "^$"):
        read_map(said)


def test_where_things_lie_now_may_be_said_from_here() -> None:
    assert read_map("C:\\old=relative").old == "C:\\old"
    assert read_map("C:\\old=relative").new.endswith("/relative")
