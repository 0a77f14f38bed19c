from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engine.text_stream import TextStream


def streamed(tokens: list[bytes], stop: tuple[str, ...] = ()) -> tuple[list[str], TextStream]:
    stream = TextStream(stop)
    return [*(stream.feed(token) for token in tokens), stream.finish()], stream


@given(text=st.text(), cuts=st.lists(st.integers(0, 400)))
def test_any_cut_gives_the_whole_text(text, cuts):
    body = text.encode("utf-8", "replace")
    places = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    pieces, _ = streamed([body[start:end] for start, end in itertools.pairwise(places)])
    assert "".join(pieces) == body.decode().lstrip()
    assert all("\ufffd" not in piece for piece in pieces) or "\ufffd" in text


@given(
    text=st.text(alphabet="abAB ", max_size=40),
    stop=st.lists(st.text(alphabet="abAB", min_size=1, max_size=4), max_size=3),
    size=st.integers(1, 5),
)
def test_ends_before_the_first_stop_text_however_it_is_cut(text, stop, size):
    tokens = [text[at : at + size].encode() for at in range(0, len(text), size)]
    pieces, stream = streamed(tokens, tuple(stop))
    begun = text.lstrip()
    found = "".join(pieces)
    assert stream.is_stopped == any(end in begun for end in stop)
    assert begun.startswith(found)
    assert not any(end in found for end in stop)
    if stream.is_stopped:
        assert any(begun[len(found) :].startswith(end) for end in stop)
    else:
        assert found == begun


def test_a_character_over_several_tokens():
    fox = "🦊".encode()
    assert streamed([fox[:1], fox[1:3], fox[3:], b"!"])[0] == ["", "", "🦊", "!", ""]


def test_a_character_that_never_ends():
    assert streamed([b"a", b"\xf0\x9f"])[0] == ["a", "", "\ufffd"]


def test_what_might_be_a_stop_text_waits():
    pieces, stream = streamed([b"one <", b"|", b"user", b" <|end|> two"], ("<|end|>",))
    assert pieces == ["one ", "", "<|user", " ", ""]
    assert stream.is_stopped
