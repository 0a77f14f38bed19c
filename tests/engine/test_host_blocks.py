"""Blocks of prompts through the host and the process, with the real starter model."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import hardware, running
from engine.errors import EngineProblem, PhialError
from engine.hardware import Memory
from engine.host import ChatMessage, Finished, Generation, ModelHost, Piece, Wishes
from engine.kv_store import KvBudget
from engine.links import start_child
from engine.messages import CODEC, Block, FindHeld, Forget, Forgotten, Held, Load, Loaded
from engine.running_process import NEVER
from tests.engine.test_host import model_pid

LIGHTHOUSE = Block("Guide, page 1:\n The lighthouse was built in 1871. It is 34 metres high.\n\n", "guide")
FERRY = Block("Notes, page 4:\n The ferry leaves at nine. A ticket costs twelve euros.\n\n", "notes")
LONG = Block("Story, page 1:\n " + "The sea was calm that day. " * 15, "story")


def asked(*blocks: Block, question: str = "When was the lighthouse built?") -> tuple[ChatMessage, ...]:
    return (
        ChatMessage("system", "Answer the question in one sentence, from the passages alone."),
        ChatMessage("user", f"Question: {question}", blocks),
    )


def answer(host: ModelHost, messages: tuple[ChatMessage, ...], **options: object) -> tuple[str, Finished]:
    *pieces, end = host.generate(Generation(messages, 30, drafts=False, **options), NEVER)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece)), end


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "kv"


@pytest.fixture
def make_keeping(make_host: Callable[..., ModelHost], store: Path, starter) -> Callable[..., ModelHost]:
    def make(**wishes: float) -> ModelHost:
        host = make_host(wishes=lambda: Wishes(kv=KvBudget(str(store), 2**28, 2**28), **wishes))
        host.load(starter)
        return host

    return make


def test_the_answer_is_the_same_and_only_the_question_is_read_again(make_keeping):
    host = make_keeping()
    first, cold = answer(host, asked(LIGHTHOUSE, FERRY))
    assert "1871" in first
    assert cold.cached_tokens == 0
    turned, warm = answer(host, asked(FERRY, LIGHTHOUSE))
    assert "1871" in turned
    question = host.count_tokens(["Question: When was the lighthouse built?"])[0]
    assert warm.prompt_tokens - warm.cached_tokens < question + 15, "and the template's marks"
    assert answer(host, asked(LIGHTHOUSE, FERRY))[0] == first
    assert host.held(asked(FERRY, LONG, LIGHTHOUSE)) == (True, False, True)


def test_blocks_in_place_are_the_text_that_they_are(make_keeping):
    host = make_keeping()
    in_place, end = answer(host, asked(LIGHTHOUSE, FERRY), moves_blocks=False)
    joined = tuple(message.joined for message in asked(LIGHTHOUSE, FERRY))
    plain, again = answer(host, joined)
    assert (plain, again.prompt_tokens) == (in_place, end.prompt_tokens)
    assert again.cached_tokens == again.prompt_tokens - 1
    assert host.held(asked(LIGHTHOUSE, FERRY)) == (False, False)


def test_what_was_prepared_is_there(make_keeping):
    host = make_keeping()
    assert host.prepare(asked(LIGHTHOUSE, FERRY), NEVER)
    _, end = answer(host, asked(FERRY, LIGHTHOUSE))
    assert end.cached_tokens > 0.7 * end.prompt_tokens
    joined = (asked(LIGHTHOUSE)[1].joined,)
    assert host.prepare(joined, NEVER)
    assert answer(host, joined)[1].cached_tokens == host.count_prompt_tokens(joined) - 1


def test_preparing_gives_way_and_can_be_left(make_keeping):
    host = make_keeping()
    assert not host.prepare(asked(LONG), lambda: True)
    assert host.held(asked(LONG)) == (False,)
    begun, done = threading.Event(), threading.Event()

    def is_cancelled() -> bool:
        begun.set()
        return False

    def prepare() -> None:
        while host.prepare(asked(*(Block(f"{number} {LONG.text}", "story") for number in range(10))), is_cancelled):
            pass
        done.set()

    threading.Thread(target=prepare).start()
    assert begun.wait(30)
    assert "1871" in answer(host, asked(LIGHTHOUSE))[0]
    assert done.wait(30)


def test_while_it_writes_nothing_is_prepared(make_keeping):
    host = make_keeping()
    writing = host.generate(Generation(asked(LIGHTHOUSE), 30), NEVER)
    next(writing)
    assert not host.prepare(asked(FERRY), NEVER)
    writing.close()


def test_a_prompt_that_is_too_long_is_not_prepared(make_keeping):
    with pytest.raises(PhialError) as failure:
        make_keeping().prepare(asked(*[LONG] * 45), NEVER)
    assert failure.value.kind is EngineProblem.PROMPT_TOO_LONG


def test_after_a_restart_nothing_is_read_but_the_question(make_keeping, states, store):
    host = make_keeping(idle_seconds=0.5)
    first, _ = answer(host, asked(LIGHTHOUSE, FERRY))
    states.wait_for("asleep")
    assert {path.suffix for path in store.iterdir()} == {".kv"}
    again, end = answer(host, asked(LIGHTHOUSE, FERRY))
    assert again == first
    assert end.cached_tokens == end.prompt_tokens - 1, "the conversation too"


def test_who_never_uses_blocks_waits_no_longer_after_a_restart(make_keeping, states):
    host = make_keeping(idle_seconds=0.5)
    messages = (*asked()[:1], ChatMessage("user", LIGHTHOUSE.text + "Question: When was the lighthouse built?"))
    first, cold = answer(host, messages)
    assert cold.cached_tokens == 0
    states.wait_for("asleep")
    again, end = answer(host, messages)
    assert (again, end.cached_tokens) == (first, end.prompt_tokens - 1)


def test_closed_it_has_written_down_what_it_read(make_keeping):
    host = make_keeping()
    answer(host, asked(LIGHTHOUSE))
    host.close()
    _, end = answer(make_keeping(), asked(LIGHTHOUSE))
    assert end.cached_tokens == end.prompt_tokens - 1


def test_closed_while_it_reads_ahead_it_writes_that_down_too(make_keeping):
    host = make_keeping()
    answer(host, asked(LIGHTHOUSE))
    blocks = [Block(f"Story, page {page}:\n " + "The sea was calm that day. " * 15, "story") for page in range(9)]
    has_begun = threading.Event()
    reading = threading.Thread(target=host.prepare, args=(asked(*blocks), lambda: has_begun.set() or False))
    reading.start()
    assert has_begun.wait(30)
    host.close()
    reading.join(30)
    _, end = answer(make_keeping(), asked(LIGHTHOUSE))
    assert end.cached_tokens == end.prompt_tokens - 1


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals")
def test_a_process_that_hangs_while_it_prepares_is_said_to_be_gone(make_keeping, states, monkeypatch):
    monkeypatch.setattr(running, "STOP_SECONDS", 0.3)
    host = make_keeping()
    os.kill(model_pid(), signal.SIGSTOP)
    assert not host.prepare(asked(LONG), lambda: True)
    assert (host.memory, states.seen[-1]) == (0, "asleep")


def test_killed_while_states_are_written_it_believes_none_that_is_half(make_keeping, store):
    host = make_keeping()
    assert host.prepare(asked(LONG, LIGHTHOUSE), NEVER)
    os.kill(model_pid(), signal.SIGKILL)
    for file in store.glob("*.kv"):
        file.write_bytes(file.read_bytes()[:-100])  # as a drive that lies would leave it
    again = make_keeping()
    assert "1871" in answer(again, asked(LONG, LIGHTHOUSE))[0]


def test_asked_before_a_model_is_there_it_holds_nothing(starter):
    child = start_child("engine.runtime", CODEC)
    child.link.send(FindHeld(1, asked(LIGHTHOUSE, FERRY)))
    assert child.link.receive() == Held(1, (0, 0))
    child.link.send(Forget(2, ("guide",)))
    assert child.link.receive() == Forgotten(2)
    child.link.send(Load(3, str(starter.path), 512, 1, 128, ""))
    assert isinstance(child.link.receive(), Loaded)
    child.kill()


@pytest.mark.parametrize("sleeps", [False, True])
def test_forgetting_erases_every_byte(sleeps, make_keeping, states, store):
    host = make_keeping(**({"idle_seconds": 0.5} if sleeps else {}))
    answer(host, asked(LIGHTHOUSE, FERRY))
    if sleeps:
        states.wait_for("asleep")
    host.forget(["guide"])
    host.load(host.model)
    assert host.held(asked(LIGHTHOUSE, FERRY)) == (False, True)
    _, end = answer(host, asked(LIGHTHOUSE, FERRY))
    read_anew = host.count_tokens([LIGHTHOUSE.text])[0]
    assert end.prompt_tokens - end.cached_tokens >= read_anew
    host.forget(["guide", "notes"])
    assert len(list(store.iterdir())) == 1, "the stable part, of no document"


def test_in_a_quantized_cache_blocks_are_moved_and_kept_as_ever(make_keeping, starter, monkeypatch):
    monkeypatch.setattr(hardware, "mapped_by_children", lambda apart_from=0: 0)
    monkeypatch.setattr(hardware, "memory", lambda: Memory(2**33, hardware.memory_needed(starter.header, 4096) - 1))
    host = make_keeping()
    first, cold = answer(host, asked(LIGHTHOUSE, FERRY))
    turned, warm = answer(host, asked(FERRY, LIGHTHOUSE))
    assert "1871" in first
    assert "1871" in turned
    assert cold.cached_tokens == 0
    assert warm.cached_tokens > 0.7 * warm.prompt_tokens
    host.close()
    assert make_keeping().held(asked(FERRY, LIGHTHOUSE)) == (True, True), "another process finds them on disk"
