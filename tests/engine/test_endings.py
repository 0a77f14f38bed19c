from __future__ import annotations

import signal

import pytest

from engine.endings import MOST_WORDS, LastWords, crashed, ran_out_of_memory


@pytest.mark.parametrize(
    ("status", "is_crash"),
    [
        (-signal.SIGABRT, True), (-signal.SIGSEGV, True), (-signal.SIGFPE, True), (3, True), (0xC0000005, True),
        (0, False), (1, False), (-signal.SIGTERM, False), (-9, False), (-4, False),
    ],
)  # fmt: skip
def test_what_is_a_crash(status, is_crash):
    # Exit status 1 is Python's: a mistake of ours, which says nothing of a model's file. 4 and 9 have other reasons.
    assert crashed(status) is is_crash


@pytest.mark.parametrize(
    ("status", "said", "is_memory"),
    [
        (-9, b"", True), (0xC0000017, b"", True), (-6, b"terminate called ... what():  std::bad_alloc", True),
        (1, b"libgomp: Thread creation failed: Resource temporarily unavailable", True), (1, b"MemoryError", True),
        (-6, b"ggml_aligned_malloc: insufficient memory\nfailed to allocate 7 MB", True),
        (-6, b"GGML_ASSERT(n > 0) failed", False), (1, b"AttributeError", False), (0, b"", False), (-11, b"", False),
    ],
)  # fmt: skip
def test_what_is_want_of_memory(status, said, is_memory):
    assert ran_out_of_memory(status, said) is is_memory


def test_last_words_are_those_since_then_and_the_last_of_them(tmp_path):
    log = tmp_path / "model.log"
    assert LastWords(log).read() == b""
    log.write_bytes(b"an older process: out of memory\n")
    words = LastWords(log)
    assert words.read() == b""
    with log.open("ab") as file:
        file.write(b"GGML_ASSERT\n")
    assert words.read() == b"GGML_ASSERT\n"
    with log.open("ab") as file:
        file.write(b"x" * MOST_WORDS)
    assert words.read() == b"x" * MOST_WORDS
