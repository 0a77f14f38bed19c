"""A Phi-3 graph is proved by a model that makes sense: the starter's weights, laid out as phi3, speak as they did.

Rows are moved whole, so no weight changes; but the numbers of a head stand in another order, and sums in another order
round differently. The logits of the two layouts differ by about as much as those of one file that is computed token by
token instead of 128 tokens at once. Two words whose logits are nearer than that are a tie: there the layouts may part,
and nowhere else.
"""

from __future__ import annotations

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import add_model
from engine.gguf_header import read_header
from engine.host import ChatMessage, Generation, ModelHost, Piece
from engine.templates import choose_template
from tests.engine import phi3_layout
from tests.engine.phi3_layout import neox_rows, write_phi3_layout
from tests.engine.plain_llama import plain_answers, plain_logits
from tests.engine.tiny_models import write_model

TIE = 1.2  # in logits
ANSWER = 24  # tokens
TEXT = (
    "The ferry leaves the harbour at nine in the morning and returns at six. On Sundays it does not run. Tickets are "
    "sold on board, and children under twelve travel free of charge. In winter the crossing takes forty minutes, in "
    "summer half an hour, because the current is weaker then. The captain may cancel a crossing when the wind is "
    "stronger than eight on the Beaufort scale; passengers are then taken by bus over the northern bridge, which adds "
    "an hour to the journey."
)
QUESTIONS = (
    "What are the seven days of the week?",
    "Repeat this sentence: The ferry leaves the harbour at nine, and the crane on the north quay is parked.",
    "List three things to take on a hike.",
    "Explain photosynthesis in one sentence.",
)


def conversation(question):
    return ChatMessage("system", "You answer briefly."), ChatMessage("user", question)


@pytest.fixture(scope="module")
def as_phi3(starter, tmp_path_factory):
    return write_phi3_layout(starter.path, tmp_path_factory.mktemp("phi3") / "starter.gguf")


@pytest.fixture(scope="module")
def as_it_was(starter, tmp_path_factory):
    """The logits at every position of TEXT in the starter's own layout."""
    return plain_logits(starter.path, TEXT, tmp_path_factory.mktemp("llama"))


@given(heads=st.integers(1, 4), half=st.integers(1, 8), width=st.integers(1, 3))
def test_the_order_of_the_rows_is_that_before_a_llama_file_was_made(heads, half, width):
    original = np.arange(heads * 2 * half * width, dtype=np.uint8).reshape(-1, width)
    # What convert_hf_to_gguf does to queries and keys of a llama: row i and row i + half of a head become neighbours.
    pairs = original.reshape(heads, 2, half, width)
    interleaved = np.stack([pairs[:, 0], pairs[:, 1]], axis=2).reshape(original.shape)
    assert np.array_equal(neox_rows(interleaved, heads), original)


def test_no_weight_is_lost_or_changed(starter, as_phi3, tmp_path):
    assert read_header(as_phi3).tensor_bytes == starter.header.tensor_bytes
    llama = write_model(tmp_path / "llama.gguf")
    phi3 = write_phi3_layout(llama, tmp_path / "phi3.gguf")
    assert rows_of(phi3) == rows_of(llama)


def rows_of(path):
    return sorted(row.tobytes() for tensor in gguf.GGUFReader(path).tensors for row in np.atleast_2d(tensor.data))


def test_the_likeliest_next_word_is_the_same_at_every_position(as_it_was, as_phi3, tmp_path):
    llama, phi3 = as_it_was, plain_logits(as_phi3, TEXT, tmp_path)
    positions, chosen = np.arange(len(llama)), phi3.argmax(axis=1)
    assert len(positions) > 90
    # By how much the word that phi3 takes is less likely in the llama layout than the likeliest there.
    assert (llama.max(axis=1) - llama[positions, chosen]).max() < TIE
    assert (chosen == llama.argmax(axis=1)).mean() > 0.9
    assert np.abs(llama - phi3).mean() < 0.5


def test_rows_left_in_the_order_of_llama_are_found_out(starter, as_it_was, tmp_path, monkeypatch):
    monkeypatch.setattr(phi3_layout, "neox_rows", lambda rows, _heads: rows)
    wrong = write_phi3_layout(starter.path, tmp_path / "wrong.gguf")
    llama, phi3 = as_it_was, plain_logits(wrong, TEXT, tmp_path)
    gaps = llama.max(axis=1) - llama[np.arange(len(llama)), phi3.argmax(axis=1)]
    assert gaps.max() > 4 * TIE
    assert (gaps == 0).mean() < 0.8


def test_the_model_process_writes_the_same_answers(starter, as_phi3, tmp_path):
    model = add_model(tmp_path, as_phi3)
    assert (model.problem, model.header.architecture) == (None, "phi3")
    template = choose_template(starter.header)
    plain = plain_answers(
        starter.path, [template.pieces(conversation(question)) for question in QUESTIONS], ANSWER, tmp_path
    )
    agreed = 0
    for each in (starter, model):
        for judge, answer in zip(plain, answers(each, tmp_path), strict=True):
            parted = parting(answer, judge.texts)
            assert parted is None or judge.margins[parted] < TIE, (each.name, answer, judge)
            agreed += len(judge.texts) if parted is None else parted
    assert agreed > ANSWER * len(QUESTIONS), "of both together, more than half"


def answers(model, folder):
    host = ModelHost(log_folder=folder / "logs")
    try:
        host.load(model)
        for question in QUESTIONS:
            events = list(host.generate(Generation(conversation(question), max_tokens=ANSWER), lambda: False))
            yield "".join(event.text for event in events if isinstance(event, Piece))
    finally:
        host.close()


def parting(answer, pieces):
    """The first of ``pieces`` that ``answer`` doesn't go on with; None where it is all of them and nothing more."""
    text = ""
    for at, piece in enumerate(pieces):
        text += piece
        if not answer.startswith(text) or (not piece and answer != text):
            return at
    return None
