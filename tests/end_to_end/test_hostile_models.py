"""Model files that are broken, mislabelled or hostile, through the real worker: a sentence, and everything goes on."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.catalogue import starter_path
from engine.gguf_header import read_header
from rag.client import connect
from rag.errors import LANGUAGES, EngineProblem, PhialError, Problem, describe, problem_of
from rag.protocol import (
    AddModel,
    Answered,
    Ask,
    ChooseModel,
    Documents,
    ListDocuments,
    ListModels,
    Model,
    Models,
    Reply,
    Token,
)  # fmt: skip
from rag.session import Session
from tests.engine import tiny_models
from tests.engine.embedding_models import write_tiny_embedder
from tests.engine.tiny_models import write_model

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes, and files that are deleted while they are open")

QUESTION = "What does the manual of the greenhouse say about frost?"
STARTER = "smollm2-135m"


def cut(path: Path) -> Path:
    write_model(path, "phi3")
    os.truncate(path, path.stat().st_size - 1)
    return path


def claiming(path: Path, tensors: int, values: int) -> Path:
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, tensors, values) + bytes(64))
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return path


def with_architecture(path: Path, architecture: bytes) -> Path:
    write_model(path, "phi3")
    path.write_bytes(path.read_bytes().replace(b"phi3", architecture))
    return path


def first_of_three(path: Path) -> Path:
    return write_model(path.with_name("part-00001-of-00003.gguf"), "phi3").rename(
        path.with_name("m-00002-of-00003.gguf")
    )


REFUSED: dict[str, tuple[Callable[[Path], Path], EngineProblem]] = {
    "a byte too few": (cut, EngineProblem.MODEL_TRUNCATED),
    "2**63 tensors": (lambda path: claiming(path, 2**63, 1), EngineProblem.MODEL_DAMAGED),
    "2**63 values": (lambda path: claiming(path, 1, 2**63), EngineProblem.MODEL_DAMAGED),
    "a picture": (picture, EngineProblem.MODEL_NOT_GGUF),
    "a pipe": (pipe, EngineProblem.MODEL_NOT_GGUF),
    "a folder": (folder, EngineProblem.MODEL_NOT_GGUF),
    "nothing": (lambda path: path, EngineProblem.MODEL_MISSING),
    "what sees for a model": (lambda path: with_architecture(path, b"clip"), EngineProblem.MODEL_WRITES_NOTHING),
    "an embedder": (write_tiny_embedder, EngineProblem.MODEL_WRITES_NOTHING),
    "a model of tomorrow": (lambda path: with_architecture(path, b"phi9"), EngineProblem.MODEL_ARCHITECTURE),
    "a part without the others": (first_of_three, EngineProblem.MODEL_PART_MISSING),
}


def mislabelled(path: Path) -> Path:
    """A header of phi3 over the tensors of phi2."""
    write_model(path, "phi2")
    path.write_bytes(path.read_bytes().replace(b"phi2", b"phi3"))
    return path


def turned_over(path: Path) -> Path:
    """The starter with bits of its weights turned over here and there: it loads, and computes no numbers."""
    starter = starter_path()
    assert starter is not None
    body = np.fromfile(starter, dtype=np.uint8)
    header = body.size - read_header(starter).tensor_bytes
    dice = np.random.default_rng(1)
    at = dice.integers(header, body.size, body.size // 50)
    body[at] ^= (1 << dice.integers(0, 8, at.size)).astype(np.uint8)
    body.tofile(path)
    return path


def beyond_memory(path: Path) -> Path:
    """A tensor of a terabyte, in a file with a hole."""
    write_model(path, "phi3")
    body = bytearray(path.read_bytes())
    last = body.rindex(b"blk.1.ffn_down.weight") + len(b"blk.1.ffn_down.weight")
    dimensions, width, height = struct.unpack_from("<IQQ", body, last)
    assert (dimensions, width, height) == (2, tiny_models.FEED_FORWARD, tiny_models.WIDTH)
    struct.pack_into("<Q", body, last + 12, 2**40 // (4 * width))
    path.write_bytes(body)
    os.truncate(path, len(body) + 2**40)
    return path


def hostile_template(path: Path) -> Path:
    """A template that prints without end."""
    return write_model(
        path, "phi3", template="{% for a in range(999) %}{% for b in range(999) %}x{% endfor %}{% endfor %}"
    )


FAILING: dict[str, tuple[Callable[[Path], Path], EngineProblem]] = {
    "mislabelled": (mislabelled, EngineProblem.MODEL_DAMAGED),
    "weights turned over": (turned_over, EngineProblem.MODEL_DAMAGED),
    "beyond all memory": (beyond_memory, EngineProblem.MEMORY_TOO_SMALL),
}


@pytest.fixture(scope="module")
def worker(samples_home: Path) -> Iterator[Session]:
    """A session whose worker must not die in all these tests."""

    def died() -> None:
        pytest.fail("the worker died")

    with Session(samples_home, died) as opened:
        yield opened


@pytest.fixture
def session(worker: Session) -> Iterator[Session]:
    """The session, after which the library is as it was, and the starter chosen again."""
    before = worker.get(Documents, ListDocuments)
    yield worker
    worker.get(Models, lambda number: ChooseModel(number, STARTER))
    assert worker.get(Documents, ListDocuments).documents == before.documents


def ask(session: Session, on_event: Callable[[Reply], None] = lambda _: None, model: str = "") -> Answered:
    for event in session.run(lambda number: Ask(number, QUESTION, model=model)):
        on_event(event)
    assert isinstance(event, Answered)
    return event


def answers(session: Session) -> None:
    """The starter answers as ever."""
    answered = ask(session, model=STARTER)
    assert answered.answer.text
    assert answered.answer.problem is None


def add(session: Session, path: Path) -> Model:
    models = session.get(Models, lambda number: AddModel(number, str(path))).models
    return next(model for model in models if model.path == str(path))


def is_said(problem: Problem) -> None:
    for language in LANGUAGES:
        sentence = str(describe(problem, language))
        assert sentence
        assert "?" not in sentence.replace(" ?", "")
        assert "{" not in sentence


def failure_of(session: Session, model: str) -> EngineProblem:
    with pytest.raises(PhialError) as failure:
        ask(session, model=model)
    is_said(problem_of(failure.value))
    return EngineProblem(failure.value.kind)


def model_process(home: Path) -> psutil.Process:
    link, welcome = connect(home, "test")
    link.close()
    children = psutil.Process(welcome.pid).children(recursive=True)
    alive = [each for each in children if each.status() != psutil.STATUS_ZOMBIE]
    return max((each for each in alive if "engine.runtime" in each.cmdline()), key=lambda each: each.create_time())


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_model_is_refused_when_it_is_added(what, session, tmp_path):
    make, expected = REFUSED[what]
    path = make(tmp_path / "model.gguf")
    before = [model.path for model in session.get(Models, ListModels).models]
    with pytest.raises(PhialError) as failure:
        session.get(Models, lambda number: AddModel(number, str(path)))
    assert failure.value.kind is expected
    is_said(problem_of(failure.value))
    assert [model.path for model in session.get(Models, ListModels).models] == before


@pytest.mark.parametrize("what", FAILING)
def test_what_can_be_added_but_not_asked_says_why(what, session, tmp_path):
    make, expected = FAILING[what]
    model = add(session, make(tmp_path / f"{what}.gguf"))
    session.get(Models, lambda number: ChooseModel(number, model.model))
    assert failure_of(session, "") is expected
    assert failure_of(session, model.model) is expected, "and says so again"


def test_what_crashes_llama_cpp_is_tried_twice_and_then_left_alone(session, samples_home, tmp_path):
    path = write_model(tmp_path / "twice.gguf", "phi3")
    path.write_bytes(path.read_bytes().replace(b"<0x41>", b"<0x42>"))  # llama.cpp asserts that no word comes twice
    model = add(session, path)
    assert failure_of(session, model.model) is EngineProblem.MODEL_PROCESS_DIED
    assert failure_of(session, model.model) is EngineProblem.MODEL_UNUSABLE
    log = (samples_home / "logs" / "model.log").stat().st_size
    assert failure_of(session, model.model) is EngineProblem.MODEL_UNUSABLE
    assert (samples_home / "logs" / "model.log").stat().st_size == log, "no process was started"
    listed = session.get(Models, ListModels).models
    assert {each.problem and each.problem.kind for each in listed if each.model == model.model} == {"model_unusable"}
    with pytest.raises(PhialError) as failure:
        session.get(Models, lambda number: ChooseModel(number, model.model))
    assert failure.value.kind is EngineProblem.MODEL_UNUSABLE
    answers(session)
    write_model(path, "phi3", name="another")
    assert ask(session, model=model.model).answer.model == "twice"


def test_a_template_that_prints_without_end_is_not_used(session, tmp_path):
    model = add(session, hostile_template(tmp_path / "endless.gguf"))
    assert ask(session, model=model.model).answer.model == "endless"


def test_a_file_that_goes_while_it_is_loaded(session, tmp_path):
    path = write_model(tmp_path / "going.gguf", "phi3")
    model = add(session, path)
    ask(session, model=model.model)
    path.unlink()
    assert failure_of(session, model.model) is EngineProblem.MODEL_MISSING
    assert session.get(Models, ListModels).models[0].model == STARTER


def test_a_file_that_is_replaced_while_it_is_loaded(session, tmp_path):
    path = write_model(tmp_path / "replaced.gguf", "phi3")
    model = add(session, path)
    ask(session, model=model.model)
    path.unlink()
    picture(path)
    assert failure_of(session, model.model) is EngineProblem.MODEL_NOT_GGUF
    write_model(path, "llama")
    assert ask(session, model=model.model).answer.model == "replaced"


def test_a_file_that_is_cut_while_it_is_loaded(session, samples_home, tmp_path):
    """Its weights are mapped: the model's process dies of what is gone, and the next one says that it is."""
    starter = starter_path()
    assert starter is not None
    path = tmp_path / "shrinking.gguf"
    path.write_bytes(starter.read_bytes())
    model = add(session, path)
    ask(session, model=model.model)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(PhialError) as failure:
        ask(session, model=model.model)
    assert failure.value.kind in {EngineProblem.MODEL_PROCESS_DIED, EngineProblem.MODEL_TRUNCATED}
    assert failure_of(session, model.model) is EngineProblem.MODEL_TRUNCATED


def test_memory_that_runs_out_in_the_middle_of_an_answer(session, samples_home):
    """What the system does then is to kill."""
    killed: list[psutil.Process] = []

    def kill(event: Reply) -> None:
        if isinstance(event, Token) and event.text.strip() and not killed:
            killed.append(model_process(samples_home))
            killed[0].kill()

    for _ in range(3):
        killed.clear()
        answered = ask(session, kill)
        if answered.answer.was_stopped:
            break  # else its last word had been written before its first was heard: these answers are short
    assert answered.answer.was_stopped
    assert answered.answer.problem is not None
    assert answered.answer.problem.kind == EngineProblem.MODEL_MEMORY_RAN_OUT
    assert answered.answer.text
    is_said(answered.answer.problem)
    answers(session)
