"""Which files are left alone, and which are not: by value, then with processes that crash."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path

import psutil
import pytest

from engine.catalogue import InstalledModel, add_model, find_model, installed_models
from engine.discover import Found
from engine.errors import EngineProblem, PhialError
from engine.fates import Fates
from engine.host import ChatMessage, Generation
from engine.model_notes import MOST_DEATHS, model_notes, note_found
from engine.running import Finished, Piece
from tests.engine.tiny_models import write_model


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def model(home: Path, tiny: Path) -> InstalledModel:
    return add_model(home, tiny)


def end(fates: Fates, model: InstalledModel, status: int) -> EngineProblem:
    """Let a process with the model end with ``status``; what a person hears of it."""
    with pytest.raises(PhialError) as failure, fates.watched(model):
        raise PhialError(EngineProblem.MODEL_PROCESS_DIED, model=model.name, exit_status=status)
    return EngineProblem(failure.value.kind)


def problem(home: Path, model: InstalledModel) -> EngineProblem | None:
    (listed,) = [each for each in installed_models(home) if each.path == model.path]
    return EngineProblem(listed.problem.kind) if listed.problem else None


def test_two_crashes_and_the_file_is_left_alone_until_it_changes(home, model, tiny):
    assert MOST_DEATHS == 2
    assert end(Fates(home), model, -signal.SIGABRT) is EngineProblem.MODEL_PROCESS_DIED
    assert problem(home, model) is None
    assert end(Fates(home), model, -signal.SIGSEGV) is EngineProblem.MODEL_UNUSABLE, "another worker's death counts too"
    assert problem(home, model) is EngineProblem.MODEL_UNUSABLE
    with pytest.raises(PhialError) as failure:
        add_model(home, tiny)
    assert failure.value.kind is EngineProblem.MODEL_UNUSABLE
    write_model(tiny, name="another")
    assert problem(home, model) is None
    assert end(Fates(home), model, -signal.SIGABRT) is EngineProblem.MODEL_PROCESS_DIED, "counted from the beginning"


def test_a_found_model_that_became_unusable_is_still_listed(home, tiny):
    note_found(home, [Found(tiny, "LM Studio")])
    (found,) = [each for each in installed_models(home) if each.path == tiny]
    for _ in range(MOST_DEATHS):
        end(Fates(home), found, -signal.SIGABRT)
    assert problem(home, found) is EngineProblem.MODEL_UNUSABLE


@pytest.mark.parametrize("status", [1, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGILL])
def test_other_ends_say_nothing_of_the_file(status, home, model):
    for _ in range(3):
        assert end(Fates(home), model, status) is EngineProblem.MODEL_PROCESS_DIED
    assert problem(home, model) is None


def test_a_word_speaks_for_the_file(home, model):
    fates = Fates(home)
    end(fates, model, -signal.SIGABRT)
    assert list(fates.heard(model, iter([Piece("word"), Finished("end")]))) == [Piece("word"), Finished("end")]
    assert model_notes(home).deaths == ()
    for _ in range(3):
        assert end(fates, model, -signal.SIGABRT) is EngineProblem.MODEL_PROCESS_DIED
    assert problem(home, model) is None


def test_other_problems_pass(home, model):
    with pytest.raises(PhialError) as failure, Fates(home).watched(model):
        raise PhialError(EngineProblem.PROMPT_TOO_LONG, tokens=2, context=1)
    assert failure.value.kind is EngineProblem.PROMPT_TOO_LONG


def test_without_a_data_folder_nothing_is_remembered(home, model):
    for _ in range(3):
        assert end(Fates(None), model, -signal.SIGABRT) is EngineProblem.MODEL_PROCESS_DIED
    assert problem(home, model) is None


def test_whoever_lets_go_of_an_answer_ends_it(home, model):
    ended = []

    def answer():
        with contextlib.ExitStack() as stack:
            stack.callback(lambda: ended.append(True))
            yield Piece("word")
            yield Piece("more")

    heard = Fates(home).heard(model, answer())
    next(heard)
    heard.close()
    assert ended == [True]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals")
def test_a_process_that_crashes_over_its_first_prompt(home, model, make_host):
    host = make_host(home=home)
    kinds = []
    for _ in range(MOST_DEATHS):
        host.load(model)
        crash = threading.Timer(0.2, crash_now, [model_pid()])
        os.kill(model_pid(), signal.SIGSTOP)
        crash.start()
        with pytest.raises(PhialError) as failure:
            list(host.generate(Generation((ChatMessage("user", "one"),), max_tokens=3), lambda: False))
        kinds.append(failure.value.kind)
    assert kinds == [EngineProblem.MODEL_PROCESS_DIED, EngineProblem.MODEL_UNUSABLE]
    with pytest.raises(PhialError) as failure:
        host.load(find_model(home, model.id))
    assert failure.value.kind is EngineProblem.MODEL_UNUSABLE


@pytest.mark.skipif(sys.platform != "linux", reason="limits on another process")
def test_memory_that_is_refused_is_said_and_not_held_against_the_file(home, model, make_host):
    host = make_host(home=home)
    long = Generation((ChatMessage("user", "The sea was calm. " * 20),), max_tokens=3)
    for _ in range(MOST_DEATHS + 1):
        host.load(model)
        process = psutil.Process(model_pid())
        process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms,) * 2)
        with pytest.raises(PhialError) as failure:
            list(host.generate(long, lambda: False))
        assert failure.value.kind is EngineProblem.MODEL_MEMORY_RAN_OUT
        assert failure.value.parameters == {"model": model.name}
        with contextlib.suppress(psutil.NoSuchProcess):  # it may be alive, and starved
            process.kill()
    assert problem(home, model) is None


def crash_now(pid: int) -> None:
    os.kill(pid, signal.SIGSEGV)  # it is told once the process goes on
    os.kill(pid, signal.SIGCONT)


def model_pid() -> int:
    models = [child for child in psutil.Process().children() if "engine.runtime" in child.cmdline()]
    return max(models, key=lambda child: child.create_time()).pid
