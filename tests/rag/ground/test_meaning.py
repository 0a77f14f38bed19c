"""What a sentence says with a quote's own words: the same, or something else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ground import ground, quote_nearest
from rag.protocol import Passage
from tests.rag.making_passages import passage

TABLE = passage(
    "CONDENSED STATEMENTS OF OPERATIONS\n(In millions)\n"
    "| Three Months Ended June 25, 2022 | June 26, 2021 | Nine Months Ended June 25, 2022 | June 26, 2021\n"
    "Net sales:\nProducts | $ 63,355 | $ 63,948 | $ 245,241 | $ 232,309\nServices | 19,604 | 17,486 | 58,941 | 50,148\n"
    "Total net sales | 82,959 | 81,434 | 304,182 | 282,457\n"
    "Cost of sales:\nProducts | 41,485 | 40,899 | 155,084 | 149,476\n",
    document="2022 Q3 AAPL.pdf",
)
TESLA = passage(
    "Tesla was an engineer from Smiljan. He died in New York on 7 January 1943. Edison, who hired Tesla in 1884, paid "
    "$18 a week. In 1960 the General Conference named the unit of magnetic flux density the tesla. "
    "Revenue was $5 million in 2021 and $4 million in 2022. Sales rose by 3 % while costs did not change.",
    number=2,
    document="Inventors.pdf",
)


def is_supported(answer: str, *passages: Passage) -> bool:
    return all(sentence.supported for sentence in ground(answer, passages).sentences)


@pytest.mark.parametrize(
    "answer",
    [
        "Products were $63,355 million in the three months ended June 25, 2022.",
        "In Q3 2022, products net sales were $63,355 million.",
        "Total net sales were 82,959 in 2022, compared to 81,434 in 2021.",
        "Total net sales were $83.0 billion in the three months ended June 25, 2022.",
        "Services were 58,941 in the nine months ended June 25, 2022.",
        "Cost of sales of products was $41,485 million in the three months ended June 25, 2022.",
    ],
)
def test_a_row_says_its_values_under_their_headers(answer: str) -> None:
    assert is_supported(answer, TABLE)


@pytest.mark.parametrize(
    "answer",
    [
        "Products were $19,604 million in the three months ended June 25, 2022.",
        "Products were $63,948 million in the three months ended June 25, 2022.",
        "Products were $63,355 million in the nine months ended June 25, 2022.",
        "Products were $63,355 billion in the three months ended June 25, 2022.",
        "Total net sales were 81,434 in 2022.",
        "Total net sales were 82,959 in 2021, compared to 81,434 in 2022.",
        "Cost of sales of products was $63,355 million in the three months ended June 25, 2022.",
        "Services were not 19,604 in the three months ended June 25, 2022.",
    ],
)
def test_another_rows_or_columns_number_is_no_support(answer: str) -> None:
    assert not is_supported(answer, TABLE)


@pytest.mark.parametrize(
    "answer",
    [
        "Tesla died in New York on January 7, 1943.",
        "Edison hired Tesla in 1884.",
        "In 1884 Edison hired Tesla.",
        "The General Conference named the unit of magnetic flux density the tesla in 1960.",
        "Revenue was $4 million in 2022.",
        "Costs did not change.",
        "Tesla was an engineer and he died in New York in 1943.",
    ],
)
def test_the_same_in_other_words_is_supported(answer: str) -> None:
    assert is_supported(answer, TESLA)


@pytest.mark.parametrize(
    "answer",
    [
        "Edison died in New York on 7 January 1943.",
        "Tesla hired Edison in 1884.",
        "Edison hired Tesla in 1960.",
        "Tesla was an engineer from New York.",
        "Westinghouse was an engineer from Smiljan.",
        "Revenue was $5 million in 2022.",
        "In 2021, revenue was $4 million.",
        "Revenue was $5 billion in 2021.",
        "Revenue was 5 million euros in 2021.",
        "Sales fell by 3 % while costs did not change.",
        "Sales rose by 3 % while costs did change.",
        "Sales did not rise by 3 % while costs did not change.",
        "Edison, who hired Tesla in 1884, paid $18 a month.",
    ],
)
def test_the_same_words_for_something_else_are_not(answer: str) -> None:
    assert not is_supported(answer, TESLA)


def test_a_heading_supports_and_answers_nothing() -> None:
    held = passage("Refund of the deposit\n\nThe deposit is kept by the owner of the house.", document="lease.md")
    assert not is_supported("The deposit is refunded.", held)
    assert quote_nearest("Refund of the deposit?", [held]).citations[0].quote == (
        "The deposit is kept by the owner of the house."
    )


def test_scripts_without_spaces_and_without_capitals() -> None:
    held = passage("起重机能承受每秒42米的阵风。合同从2025年3月12日开始。", document="港口.pdf")
    assert is_supported("合同从2025年3月12日开始。", held)
    assert is_supported("起重机能承受每秒42米的阵风。", held)
    assert not is_supported("起重机能承受每秒43米的阵风。", held)
    assert not is_supported("桥梁能承受每秒42米的大浪。", held)
    assert not is_supported("合同从2025年5月12日开始。", held)


def test_names_at_the_beginning_and_behind_an_apostrophe() -> None:
    held = passage("L'Italia ha firmato il trattato nel 1957. È entrato in vigore dopo un anno.", document="ue.pdf")
    assert is_supported("L'Italia ha firmato il trattato nel 1957.", held)
    assert not is_supported("L'Austria ha firmato il trattato nel 1957.", held)
    assert not is_supported("Roma ha firmato il trattato nel 1957.", held)


def test_values_in_turn_belong_to_their_years() -> None:
    held = passage("Revenue was $5 million and $4 million in 2021 and 2022, respectively.")
    assert is_supported("Revenue was $4 million in 2022.", held)
    assert not is_supported("Revenue was $5 million in 2022.", held)


def test_parts_from_two_places_cite_both() -> None:
    grounding = ground("Edison hired Tesla in 1884 and revenue was $4 million in 2022.", [TESLA])
    assert [sentence.supported for sentence in grounding.sentences] == [True]
    assert len(grounding.citations) == 2


SENTENCES = (
    "Tesla was an engineer from Smiljan.",
    "Edison, who hired Tesla in 1884, paid $18 a week.",
    "Revenue was $5 million in 2021 and $4 million in 2022.",
    "Products were $63,355 million in the three months ended June 25, 2022.",
    "Tesla hired Edison in 1884.",
)


@given(st.permutations([TABLE, TESLA]), st.sampled_from(SENTENCES))
def test_the_order_of_passages_does_not_matter(passages: list[Passage], sentence: str) -> None:
    assert is_supported(sentence, *passages) == is_supported(sentence, TABLE, TESLA)


@pytest.mark.parametrize("sentence", [one for one in SENTENCES if any(letter.isdigit() for letter in one)][:3])
def test_changing_any_digit_makes_it_unsupported(sentence: str) -> None:
    for place, digit in itertools.product(range(len(sentence)), "0123456789"):
        if sentence[place].isdigit() and digit != sentence[place]:
            wrong = sentence[:place] + digit + sentence[place + 1 :]
            assert not is_supported(wrong, TABLE, TESLA), wrong
