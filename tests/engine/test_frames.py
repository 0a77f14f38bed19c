from __future__ import annotations

import dataclasses
import json
import math
from enum import StrEnum
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.frames import Codec, FrameError, Message
from engine.messages import CODEC


class Colour(StrEnum):
    TEAL = "teal"
    AMBER = "amber"


@dataclasses.dataclass(frozen=True)
class Inner:
    name: str
    pair: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        if self.name == "forbidden":
            raise ValueError("a forbidden name")


@dataclasses.dataclass(frozen=True)
class Everything(Message):
    type: ClassVar[str] = "everything"
    whole: int
    number: float
    flag: bool
    text: str
    body: bytes
    colour: Colour
    items: tuple[Inner, ...]
    mapping: dict[str, str | int | float]
    perhaps: Inner | None = None


@dataclasses.dataclass(frozen=True)
class Other(Message):
    type: ClassVar[str] = "other"


TRIAL = Codec(3, [Everything])
any_text = st.text(st.characters(exclude_categories=()))  # lone surrogates too: file names hold them
inners = st.builds(Inner, any_text.filter(lambda name: name != "forbidden"), st.tuples(st.integers(), st.integers()))
finite = st.floats(allow_nan=False, allow_infinity=False)
everything = st.builds(
    Everything,
    st.integers(),
    finite,
    st.booleans(),
    any_text,
    st.binary(),
    st.sampled_from(Colour),
    st.lists(inners).map(tuple),
    st.dictionaries(any_text, any_text | st.integers() | finite),
    st.none() | inners,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SAMPLE = Everything(1, 2.5, True, "é", b"\x00\xff", Colour.TEAL, (Inner("a", (1, 2)),), {"k": 1}, Inner("b"))


@given(everything)
def test_a_message_comes_back_as_it_went(message):
    assert TRIAL.decode(TRIAL.encode(message)) == message


def test_the_form_on_the_wire():
    assert json.loads(TRIAL.encode(SAMPLE)) == {
        "v": 3,
        "type": "everything",
        "whole": 1,
        "number": 2.5,
        "flag": True,
        "text": "é",
        "body": "AP8=",
        "colour": "teal",
        "items": [{"name": "a", "pair": [1, 2]}],
        "mapping": {"k": 1},
        "perhaps": {"name": "b", "pair": [0, 0]},
    }


@given(st.binary())
def test_no_bytes_raise_anything_else(frame):
    with pytest.raises(FrameError):
        TRIAL.decode(frame)


@given(st.sampled_from([field.name for field in dataclasses.fields(Everything)]), json_values)
def test_any_value_in_any_field_is_taken_or_refused(field, value):
    body = json.loads(TRIAL.encode(SAMPLE)) | {field: value}
    try:
        message = TRIAL.decode(json.dumps(body).encode())
    except FrameError:
        return
    assert TRIAL.decode(TRIAL.encode(message)) == message


@given(st.sampled_from(sorted(CODEC.kinds)), st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_any_object_is_taken_or_refused_by_the_model_process(kind, fields):
    frame = json.dumps(fields | {"v": 1, "type": kind}).encode()
    try:
        message = CODEC.decode(frame)
    except FrameError:
        return
    assert CODEC.decode(CODEC.encode(message)) == message


REFUSED = {
    "another version": {"v": 2},
    "a true version": {"v": True},
    "no such type": {"type": "nothing"},
    "a type that is a list": {"type": []},
    "a field too many": {"more": 1},
    "true for a number": {"whole": True},
    "a fraction for a whole number": {"whole": 1.5},
    "text for bytes": {"body": "not base64!"},
    "a colour that is none": {"colour": "pink"},
    "a pair of three": {"items": [{"name": "a", "pair": [1, 2, 3]}]},
    "a value that the class refuses": {"items": [{"name": "forbidden"}]},
    "a number beyond every float": {"number": 10**400},
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    body = json.loads(TRIAL.encode(SAMPLE)) | REFUSED[what]
    with pytest.raises(FrameError):
        TRIAL.decode(json.dumps(body).encode())


@pytest.mark.parametrize("frame", [b"", b"[]", b"null", b"{", b'{"v":3}', b"[" * 100_000, b"\xff", b'{"v":NaN}'])
def test_no_message_at_all(frame):
    with pytest.raises(FrameError):
        TRIAL.decode(frame)


def test_a_missing_field_is_named_and_content_is_not_quoted():
    body = json.loads(TRIAL.encode(SAMPLE))
    del body["text"]
    with pytest.raises(FrameError, match="text is missing"):
        TRIAL.decode(json.dumps(body).encode())
    with pytest.raises(FrameError) as failure:
        TRIAL.decode(json.dumps(body | {"text": ["secret"]}).encode())
    assert "secret" not in str(failure.value)


def test_what_does_not_belong_is_not_sent():
    with pytest.raises(FrameError):
        TRIAL.encode(Other())
    with pytest.raises(ValueError, match="float"):
        TRIAL.encode(dataclasses.replace(SAMPLE, number=math.nan))
    with pytest.raises(ValueError, match="two messages"):
        Codec(1, [Other, Other])
