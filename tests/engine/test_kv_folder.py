"""States on disk: budgets, what is believed, what is forgotten."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kv_folder import KvFolder, StateKey, forget_on_disk, size_on_disk

ALWAYS = lambda: True  # noqa: E731
KEYS = [StateKey(owner, content) for owner in ("one", "two") for content in ("a", "b", "c")]
BUDGET = 1_000


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kv"


def test_what_is_written_is_read_by_another(folder):
    KvFolder(folder, BUDGET).write(KEYS[0], b"state", ALWAYS)
    assert KvFolder(folder, BUDGET).read(KEYS[0]) == b"state"
    assert KvFolder(folder, BUDGET).read(KEYS[1]) is None


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_only_its_owner_can_read_it(folder):
    KvFolder(folder, BUDGET).write(KEYS[0], b"state", ALWAYS)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *files(folder))]
    assert modes == [0o700, 0o600]


def test_a_file_s_name_says_nothing_of_what_it_is_of(folder):
    KvFolder(folder, BUDGET).write(StateKey("../../owner", "/etc/passwd"), b"state", ALWAYS)
    (file,) = files(folder)
    assert set(file.stem) <= set("0123456789abcdef-")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: data + b"more",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"PhialKV0" + data[8:],
        lambda data: b"something else entirely, and longer than the header is" * 3,
    ],
)
def test_a_file_that_is_not_whole_is_dropped(damage, folder):
    KvFolder(folder, BUDGET).write(KEYS[0], b"a state of some bytes", ALWAYS)
    (file,) = files(folder)
    file.write_bytes(damage(file.read_bytes()))
    states = KvFolder(folder, BUDGET)
    assert states.read(KEYS[0]) is None
    assert KEYS[0] not in states
    assert files(folder) == []


def test_a_file_under_another_s_name_is_no_state_of_it_s(folder):
    states = KvFolder(folder, BUDGET)
    states.write(KEYS[0], b"state", ALWAYS)
    (file,) = files(folder)
    file.rename(folder / KEYS[1].file_name)
    assert KvFolder(folder, BUDGET).read(KEYS[1]) is None


def test_what_was_never_finished_is_neither_believed_nor_kept(folder):
    states = KvFolder(folder, BUDGET)
    states.write(KEYS[0], b"state", ALWAYS)
    (file,) = files(folder)
    file.rename(folder / "tmpabc.part")
    states = KvFolder(folder, BUDGET)
    assert KEYS[0] not in states
    assert files(folder) == []


def test_what_is_not_wanted_any_more_is_not_put_in_place(folder):
    states = KvFolder(folder, BUDGET)
    states.write(KEYS[0], b"state", lambda: False)
    assert KEYS[0] not in states
    assert files(folder) == []


def test_forgetting_an_owner_leaves_no_file_of_it(folder):
    states = KvFolder(folder, BUDGET)
    for key in KEYS:
        states.write(key, key.owner.encode(), ALWAYS)
    states.forget(["one"])
    assert [key.owner for key in KEYS if key in states] == ["two"] * 3
    assert [file for file in files(folder) if b"one" in file.read_bytes()] == []
    forget_on_disk(folder, ["two"])
    assert files(folder) == []


def test_a_folder_that_is_not_there_has_nothing_to_forget(folder):
    forget_on_disk(folder, ["one"])
    assert not folder.exists()


def test_a_folder_that_can_t_be_used_is_done_without(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    states = KvFolder(tmp_path / "file" / "kv", BUDGET)
    states.write(KEYS[0], b"state", ALWAYS)
    assert states.read(KEYS[0]) is None


def test_a_state_that_the_system_lost_is_dropped(folder):
    states = KvFolder(folder, BUDGET)
    states.write(KEYS[0], b"state", ALWAYS)
    files(folder)[0].unlink()
    assert states.read(KEYS[0]) is None
    assert states.size == 0


def test_what_was_used_longest_ago_goes_first_also_after_a_restart(folder):
    states = KvFolder(folder, 1_000)
    for key in KEYS[:3]:
        states.write(key, bytes(200), ALWAYS)
    assert states.read(KEYS[0])
    states = KvFolder(folder, 1_000)
    states.write(KEYS[3], bytes(400), ALWAYS)
    assert [key in states for key in KEYS[:4]] == [True, False, True, True]


@given(
    st.lists(
        st.tuples(st.sampled_from(["write", "read", "forget", "open"]), st.sampled_from(KEYS), st.integers(0, 1_200)),
        max_size=30,
    )
)
def test_it_never_holds_more_than_its_budget_nor_another_state(steps):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "kv"
        states, written = KvFolder(folder, BUDGET), {}
        for action, key, size in steps:
            if action == "write":
                state = repr((key, size)).encode().ljust(size, b".")
                states.write(key, state, ALWAYS)
                if key in states:
                    written[key] = state if len(state) < BUDGET else written.get(key)
            elif action == "read":
                assert states.read(key) in {None, written.get(key)}
            elif action == "forget":
                states.forget([key.owner])
                assert not any(other in states for other in KEYS if other.owner == key.owner)
            else:
                states = KvFolder(folder, BUDGET)
            on_disk = sum(path.stat().st_size for path in files(folder))
            assert on_disk == states.size <= BUDGET


def test_what_it_takes_of_the_disk(folder):
    assert size_on_disk(folder) == 0
    KvFolder(folder, BUDGET).write(KEYS[0], b"state", ALWAYS)
    assert size_on_disk(folder) == files(folder)[0].stat().st_size > len(b"state")
