from hypothesis import given
from hypothesis import strategies as st

from rag.pages import Word, document_boxes, pack_words, unpack_words

EDGES = st.floats(0, 2000, width=32)
WORDS = st.lists(
    st.builds(Word, st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.tuples(EDGES, EDGES, EDGES, EDGES))
).map(tuple)


@given(WORDS)
def test_words_come_out_as_they_were_packed(words: tuple[Word, ...]) -> None:
    assert unpack_words(pack_words(words)) == words


def test_boxes_mark_whole_words_one_box_a_line() -> None:
    words = (
        Word(0, 3, (10, 10, 30, 20)),
        Word(4, 7, (35, 12, 50, 22)),  # a little lower, on the same line
        Word(8, 11, (10, 24, 30, 34)),
        Word(12, 15, (300, 10, 330, 20)),  # the top of another column
    )
    assert document_boxes(words, 0, 15) == ((10, 10, 50, 22), (10, 24, 30, 34), (300, 10, 330, 20))
    assert document_boxes(words, 2, 5) == ((10, 10, 50, 22),)
    assert document_boxes(words, 3, 4) == ()
    assert document_boxes(words, 8, 8) == ()
