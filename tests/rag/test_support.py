from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.support import support

any_text = st.text(st.characters(exclude_categories=()), max_size=120)


@given(any_text, st.lists(any_text, max_size=3), st.dictionaries(st.integers(0, 4), st.floats(-1.0, 1.0)))
def test_support_is_a_share(question: str, texts: list[str], cosines: dict[int, float]) -> None:
    assert 0.0 <= support(question, texts, cosines, [0, 1, 2]) <= 1.0


def test_support_grows_with_words_and_with_meaning() -> None:
    question, held, half = "What is the rent of the lease?", "The lease says: a rent of 5.", "The lease says."
    assert support(question, [held], {1: 0.9}, [1]) == 1.0
    assert support(question, [held], {}, [1]) == 0.5
    assert support(question, [held], {}, [1]) > support(question, [half], {}, [1]) > 0.0
    assert support(question, [half], {1: 0.5}, [1]) > support(question, [half], {1: 0.2}, [1])
    assert support(question, ["nothing of it"], {1: 0.0}, [1]) == 0.0
    # Only the best passages' meaning counts.
    assert support(question, ["nothing of it"], {2: 0.9}, [1]) == 0.0


def test_without_passages_or_content_there_is_no_support() -> None:
    assert support("What is the rent?", [], {1: 0.9}, [1]) == 0.0
    assert support("What is it?", ["What it is."], {1: 0.9}, [1]) == 0.0
