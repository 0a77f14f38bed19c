from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.frames import FrameError, Message, from_plain, plain
from rag.errors import Problem
from rag.protocol import (
    CODEC,
    EVERYWHERE,
    REPLIES,
    REQUESTS,
    VERSION,
    Answer,
    Ask,
    Cancelled,
    Documents,
    DocumentState,
    Done,
    Failed,
    ListDocuments,
    Reply,
    Request,
    Search,
    Token,
    Watch,
    ends,
)
from tests.rag.making_messages import values_of

KINDS = (*REQUESTS, *REPLIES)
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "protocol.md"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
@settings(max_examples=25)
@given(data=st.data())
def test_every_message_comes_back_as_it_went(kind: type[Message], data: st.DataObject) -> None:
    message = data.draw(values_of(kind))
    assert CODEC.decode(CODEC.encode(message)) == message


@given(values_of(Answer))
def test_an_answer_is_kept_as_it_was(answer: Answer) -> None:
    assert from_plain(Answer, json.loads(json.dumps(plain(answer)))) == answer


@given(st.binary())
def test_no_bytes_raise_anything_else(frame: bytes) -> None:
    with pytest.raises(FrameError):
        CODEC.decode(frame)


@given(st.sampled_from(KINDS), st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_any_object_is_taken_or_refused(kind: type[Message], fields: dict[str, Any]) -> None:
    taken_or_refused({"v": VERSION, "type": kind.type, **fields})


@settings(max_examples=200)
@given(st.sampled_from(KINDS), st.data())
def test_a_message_with_any_other_value_in_it_is_taken_or_refused(kind: type[Message], data: st.DataObject) -> None:
    body = json.loads(CODEC.encode(data.draw(values_of(kind))).decode("utf-8", "surrogatepass"))
    body[data.draw(st.sampled_from(sorted(body)))] = data.draw(json_values)
    taken_or_refused(body)


@given(st.sampled_from(KINDS), st.data())
def test_half_a_message_is_refused(kind: type[Message], data: st.DataObject) -> None:
    frame = CODEC.encode(data.draw(values_of(kind)))
    with pytest.raises(FrameError):
        CODEC.decode(frame[: data.draw(st.integers(0, len(frame) - 1))])


def taken_or_refused(body: dict[str, Any]) -> None:
    try:
        message = CODEC.decode(json.dumps(body).encode())
    except FrameError:
        return
    assert CODEC.decode(CODEC.encode(message)) == message


def test_the_form_on_the_wire_is_that_of_the_documentation() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)\n```", text, re.DOTALL)
    assert CODEC.decode(example.encode()) == Ask(7, "How long is the notice period?")
    assert json.loads(CODEC.encode(Ask(7, "Why?"))) == {
        "v": VERSION, "type": "ask", "id": 7, "question": "Why?",
        "scope": {"documents": [], "collections": [], "since": "", "until": ""}, "model": "", "conversation": 0,
        "language": "", "without": [],
    }  # fmt: skip


def test_every_message_is_documented_and_no_other() -> None:
    headings = re.findall(r"^### (\w+)", DOCUMENTATION.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in headings if name in CODEC.kinds] == [kind.type for kind in KINDS]
    assert len({kind.type for kind in KINDS}) == len(KINDS)


def test_every_message_and_all_that_it_holds_cannot_be_changed() -> None:
    for kind in KINDS:
        assert dataclasses.is_dataclass(kind)
        assert kind.__dataclass_params__.frozen, kind.type  # type: ignore[attr-defined]
        assert dataclasses.fields(kind)[0].name == "id"


def test_what_a_request_leaves_out_is_filled_in() -> None:
    body = {"v": VERSION, "type": "search", "id": 1, "question": "Why?"}
    assert CODEC.decode(json.dumps(body).encode()) == Search(1, "Why?", 8, EVERYWHERE, waits=True)
    del body["question"]
    with pytest.raises(FrameError, match="question is missing"):
        CODEC.decode(json.dumps(body).encode())


class Impostor(Reply):
    """Called like a message of the protocol, and none."""

    type: ClassVar[str] = "token"


def test_a_class_that_only_bears_a_name_of_the_protocol_is_not_sent() -> None:
    with pytest.raises(FrameError):
        CODEC.encode(Impostor(1))


@pytest.mark.parametrize(
    ("request_", "reply", "is_last"),
    [
        (Ask(1, "?"), Token(1, "a"), False),
        (Ask(1, "?"), Cancelled(1), True),
        (Ask(1, "?"), Failed(1, Problem("unexpected")), True),
        (ListDocuments(1), Documents(1, ()), True),
        (Watch(1), Documents(1, ()), False),
        (Watch(1), Done(1), False),
        (Watch(1), Cancelled(1), True),
        (Watch(1), Failed(1, Problem("unexpected")), True),
    ],
)
def test_which_reply_is_the_last(request_: Request, reply: Reply, is_last: bool) -> None:
    assert ends(request_, reply) == is_last


def test_what_is_settled_stays_as_it_is() -> None:
    assert {state for state in DocumentState if not state.is_settled} == {
        DocumentState.QUEUED,
        DocumentState.READING,
        DocumentState.ANSWERABLE,
    }
