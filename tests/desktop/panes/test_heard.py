"""What was said of a turn, told again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.panes.heard import Heard
from rag.protocol import Reply, Stage, Token

replies = st.lists(
    st.one_of(st.builds(Token, st.just(1), st.text(max_size=3)), st.builds(Stage, st.just(1), st.just("prompt")))
)


def said(told: tuple[Reply, ...]) -> list[str | Reply]:
    """What a turn shows of them: the words as one text between what else was said."""
    shown: list[str | Reply] = []
    for reply in told:
        if isinstance(reply, Token) and shown and isinstance(shown[-1], str):
            shown[-1] += reply.text
        else:
            shown.append(reply.text if isinstance(reply, Token) else reply)
    return shown


@given(replies, replies)
def test_all_is_told_again_in_its_order(first: list[Reply], more: list[Reply]) -> None:
    heard = Heard()
    for reply in first:
        heard.add(reply)
    assert said(heard.replies()) == said(tuple(first))
    for reply in more:
        heard.add(reply)
    assert said(heard.replies()) == said((*first, *more))


def test_a_long_answer_is_few_objects() -> None:
    heard = Heard()
    heard.add(Stage(1, "prompt"))
    for number in range(1_000):
        heard.add(Token(1, f"{number} "))
    stage, words = heard.replies()
    assert stage == Stage(1, "prompt")
    assert words == Token(1, "".join(f"{number} " for number in range(1_000)))
