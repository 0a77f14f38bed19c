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


def test_a_line_that_is_askew_is_marked_step_by_step_and_never_with_its_neighbours() -> None:
    # Five words a line, falling by ten points from left to right: as far as the next line is away.
    words = tuple(
        Word(number, number + 1, (40.0 * column, 10 * line + 2 * column, 40 * column + 36, 10 * line + 2 * column + 9))
        for number, (line, column) in enumerate((line, column) for line in range(3) for column in range(6))
    )
    boxes = document_boxes(words, 0, 6)
    assert (boxes[0][:2], boxes[-1][2:]) == (words[0].box[:2], words[5].box[2:])
    assert all(bottom - top < 1.7 * 9 for _, top, _, bottom in boxes)
    both = document_boxes(words, 0, 12)
    assert boxes == both[: len(boxes)]
    assert both[len(boxes)][:2] == words[6].box[:2]
