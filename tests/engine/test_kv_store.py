"""States in memory, then on disk."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.kv_folder import StateKey
from engine.kv_store import NO_STATES, KvBudget, KvStore

ONE, TWO, THREE = (StateKey(owner, "content") for owner in ("one", "two", "three"))


def disk(folder: Path, memory: int = 100) -> KvBudget:
    return KvBudget(str(folder), memory, 10_000)


def test_without_a_budget_nothing_is_kept():
    store = KvStore(NO_STATES)
    store.put(ONE, b"state", store.epoch)
    assert ONE not in store
    assert store.get(ONE) is None


def test_what_was_used_longest_ago_leaves_memory_first():
    store = KvStore(KvBudget(memory=10))
    store.put(ONE, b"1234", store.epoch)
    store.put(TWO, b"1234", store.epoch)
    assert store.get(ONE) == b"1234"
    store.put(THREE, b"1234", store.epoch)
    assert [key in store for key in (ONE, TWO, THREE)] == [True, False, True]


def test_what_left_memory_is_on_disk(tmp_path):
    store = KvStore(disk(tmp_path / "kv", memory=5))
    store.put(ONE, b"1234", store.epoch)
    store.put(TWO, b"5678", store.epoch)
    store.flush()
    assert store.memory_bytes == 4
    assert (store.get(ONE), store.get(TWO)) == (b"1234", b"5678")


def test_another_process_finds_what_was_flushed(tmp_path):
    store = KvStore(disk(tmp_path / "kv"))
    store.put(ONE, b"state", store.epoch)
    store.flush()
    assert KvStore(disk(tmp_path / "kv")).get(ONE) == b"state"


def test_forgetting_reaches_memory_and_disk(tmp_path):
    store = KvStore(disk(tmp_path / "kv"))
    for key in (ONE, TWO):
        store.put(key, b"state", store.epoch)
    store.flush()
    store.forget(["one", "nobody"])
    assert [key in store for key in (ONE, TWO)] == [False, True]
    assert KvStore(disk(tmp_path / "kv")).get(ONE) is None


def test_what_was_begun_before_something_was_forgotten_is_not_kept(tmp_path):
    store = KvStore(disk(tmp_path / "kv"))
    begun = store.epoch
    store.forget(["one"])
    store.put(ONE, b"state", begun)
    store.flush()
    assert ONE not in store
    assert list((tmp_path / "kv").iterdir()) == []
    store.put(ONE, b"state", store.epoch)
    assert store.get(ONE) == b"state", "a document that is taken in again"


def test_a_state_that_a_file_lost_is_none(tmp_path):
    store = KvStore(disk(tmp_path / "kv", memory=0))
    store.put(ONE, b"state", store.epoch)
    store.flush()
    (file,) = (tmp_path / "kv").iterdir()
    file.write_bytes(b"x")
    assert ONE in store
    assert store.get(ONE) is None
    assert ONE not in store


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.binary(max_size=40)), max_size=40))
def test_memory_holds_no_more_than_its_budget_and_nothing_else(puts):
    store = KvStore(KvBudget(memory=100))
    last: dict[StateKey, bytes] = {}
    for owner, state in puts:
        key = StateKey(owner, "content")
        store.put(key, state, store.epoch)
        last[key] = state
        held = [last[each] for each in last if each in store]
        assert store.memory_bytes == sum(map(len, held)) <= 100
        assert store.get(key) == state
