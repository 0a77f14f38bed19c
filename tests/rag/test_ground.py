from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ground import Grounding, answers, ground, normal_number, quote_nearest
from rag.protocol import Passage
from rag.sentences import sentence_spans
from tests.rag.making_passages import passage

WIND = passage(
    "In operation, work stops at a mean of 20 m/s. The crane on the north quay shall withstand a gust of 42 m/s. "
    "The port authority approved the study on 12 March 2025.",
    document="Harbour wind study.pdf",
    section="4.2 Design values",
)
LEASE = passage(
    "The lease runs for ten years. The rent is 1,577.00 euros a month. The deposit is not refundable after the key "
    "was handed over. Pets are welcome in the garden.",
    number=2,
    document="lease.md",
)
FRENCH = passage(
    "Le bail commence le 3 mai 2025. Le loyer s'élève à 1 577 euros par mois. L'animal n'est pas admis dans le jardin.",
    number=3,
    document="bail.md",
)
ITALIAN = passage(
    "Il contratto dura dieci anni. L'affitto non comprende il riscaldamento.", number=4, document="affitto.md"
)
GERMAN = passage("Der Vertrag läuft zehn Jahre. Die Miete enthält keine Heizkosten.", number=5, document="miete.md")
EVERY = (WIND, LEASE, FRENCH, ITALIAN, GERMAN)


def quotes(answer: str, *passages: Passage) -> list[str | None]:
    """The quote that supports each sentence, None where there is none."""
    grounding = ground(answer, passages or EVERY)
    cited = {citation.number: citation.quote for citation in grounding.citations}
    return [cited[sentence.citations[0]] if sentence.supported else None for sentence in grounding.sentences]


def is_supported(answer: str, *passages: Passage) -> bool:
    return None not in quotes(answer, *passages)


# --- what is supported ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "quote"),
    [
        ("The crane on the north quay must withstand gusts of 42 m/s.",
         "The crane on the north quay shall withstand a gust of 42 m/s."),
        ("The study was approved by the port authority.", "The port authority approved the study on 12 March 2025."),
        ("The rent is 1577 euros a month.", "The rent is 1,577.00 euros a month."),
        ("The deposit isn’t refundable after the key is handed over.",
         "The deposit is not refundable after the key was handed over."),
        ("Le loyer s’élève à 1577 euros par mois.", "Le loyer s'élève à 1 577 euros par mois."),
        ("Le bail commence en 2025.", "Le bail commence le 3 mai 2025."),
        ("Les animaux ne sont pas admis dans le jardin.", "L'animal n'est pas admis dans le jardin."),
        ("L'affitto non comprende riscaldamento.", "L'affitto non comprende il riscaldamento."),
        ("Die Miete enthält keine Heizkosten.", "Die Miete enthält keine Heizkosten."),
        ("42 m/s", "The crane on the north quay shall withstand a gust of 42 m/s."),
        ("The rent is 1,577 euros a month [2].", "The rent is 1,577.00 euros a month."),
    ],
)  # fmt: skip
def test_a_sentence_is_matched_to_the_one_that_says_it(answer: str, quote: str) -> None:
    assert quotes(answer) == [quote]


def test_two_neighbours_support_together_what_neither_says_alone() -> None:
    answer = "The lease runs for ten years at a rent of 1,577 euros a month."
    assert quotes(answer) == ["The lease runs for ten years. The rent is 1,577.00 euros a month."]


def test_a_name_may_stand_in_the_document_or_the_heading_alone() -> None:
    held = passage("The gust is 42 m/s.", document="Harbour.pdf", section="Design values")
    assert is_supported("In the Harbour the gust is 42 m/s.", held)
    assert is_supported("In the Design the gust is 42 m/s.", held)
    assert not is_supported("In the Airport the gust is 42 m/s.", held)


@pytest.mark.parametrize(
    "answer",
    [
        "The crane on the north quay must withstand gusts of 43 m/s.",
        "The study was approved by the port authority on 12 March 2024.",
        "The study was approved by the port authority of Rotterdam.",
        "The rent is 15,770 euros a month.",
        "The rent is 1.577 euros a month and 12 a day.",
        "Bananas are yellow.",
        "The crane sings.",
        "Yes.",
        "It is.",
        "Le loyer s'élève à 1578 euros par mois.",
        "Il contratto dura dieci anni a Torino.",
    ],
)
def test_what_stands_nowhere_is_unsupported(answer: str) -> None:
    assert quotes(answer) == [None]


@pytest.mark.parametrize(
    "answer",
    [
        "The deposit is refundable after the key was handed over.",
        "Pets are not welcome in the garden.",
        "Pets aren't welcome in the garden.",
        "L'animal est admis dans le jardin.",
        "L'affitto comprende il riscaldamento.",
        "Il contratto non dura dieci anni.",
        "Die Miete enthält Heizkosten.",
    ],
)
def test_a_denial_supports_no_claim_and_a_claim_no_denial(answer: str) -> None:
    assert quotes(answer) == [None]


def test_a_question_states_nothing_that_a_statement_could_support() -> None:
    held = passage("The pump is certified for sea water. Who certified it?")
    assert quotes("Is the pump certified for sea water?", held) == [None]
    assert quotes("Who certified it?", held) == ["Who certified it?"]


def test_a_denial_beside_the_claim_is_not_held_against_it() -> None:
    held = passage("The crane is not certified. The pump is certified for sea water.")
    assert quotes("The pump is certified for sea water.", held) == ["The pump is certified for sea water."]
    assert quotes("The pump is not certified for sea water.", held) == [None]
    assert quotes("The crane is certified.", held) == [None]


def test_another_owners_word_is_no_support() -> None:
    held = passage("Last year Apple's revenue grew by 5% in Europe.")
    assert is_supported("Last year Apple’s revenue grew by 5%.", held)
    assert not is_supported("Last year Microsoft's revenue grew by 5%.", held)


def test_each_sentence_stands_for_itself() -> None:
    grounding = ground(
        "The lease runs for ten years [1, 2]. It was signed in Paris. The lease runs for ten years.", EVERY
    )
    assert [sentence.text for sentence in grounding.sentences] == [
        "The lease runs for ten years.",
        "It was signed in Paris.",
        "The lease runs for ten years.",
    ]
    assert [(sentence.supported, sentence.citations) for sentence in grounding.sentences] == [
        (True, (1,)),
        (False, ()),
        (True, (1,)),
    ]
    assert [citation.passage for citation in grounding.citations] == [2]


def test_overlapping_passages_are_cited_once() -> None:
    page = "The lease runs for ten years. The rent is fixed."
    whole = passage(page, start=10)
    tail = Passage(**{**vars(passage("The rent is fixed.", number=2, start=40)), "sha256": whole.sha256, "page": 1})
    grounding = ground("The rent is fixed. Rent: fixed.", (tail, whole))
    assert [(citation.start, citation.end) for citation in grounding.citations] == [(40, 58)]


@pytest.mark.parametrize("answer", ["", " \n ", "[1]"])
def test_nothing_said_is_nothing_grounded(answer: str) -> None:
    assert ground(answer, EVERY) == Grounding((), ())


def test_without_passages_nothing_is_supported() -> None:
    assert quotes("The lease runs for ten years.") != [None]
    grounding = ground("The lease runs for ten years.", ())
    assert [sentence.supported for sentence in grounding.sentences] == [False]


pieces = st.lists(
    st.sampled_from(
        ["The crane", "lifts", "42", "1,577.00", "tons", "not", ".", "\n", "\n\n", " ", "- ", "Élan", "l'an", "!"]
    )
    | st.text(max_size=6),
    max_size=25,
).map(" ".join)


@given(pieces, st.lists(pieces, max_size=3))
def test_what_grounding_always_gives(answer: str, texts: list[str]) -> None:
    passages = [passage(text, number) for number, text in enumerate(texts, start=1)]
    check(ground(answer, passages), passages)


@given(pieces, st.lists(pieces, max_size=3))
def test_the_nearest_quote_is_a_sentence_of_a_passage(question: str, texts: list[str]) -> None:
    passages = [passage(text, number) for number, text in enumerate(texts, start=1)]
    grounding = quote_nearest(question, passages)
    check(grounding, passages)
    assert bool(grounding.sentences) == any(text.strip() for text in texts)
    for sentence, citation in zip(grounding.sentences, grounding.citations, strict=True):
        assert sentence.text == " ".join(citation.quote.split())


def check(grounding: Grounding, passages: list[Passage]) -> None:
    by_number = {each.number: each for each in passages}
    assert [citation.number for citation in grounding.citations] == list(range(1, len(grounding.citations) + 1))
    cited = {number for sentence in grounding.sentences for number in sentence.citations}
    assert cited == {citation.number for citation in grounding.citations}
    for sentence in grounding.sentences:
        assert sentence.supported == bool(sentence.citations)
        assert sentence.text.strip() == sentence.text != ""
    for citation in grounding.citations:
        held = by_number[citation.passage]
        assert held.text[citation.start - held.start : citation.end - held.start] == citation.quote
        assert citation.quote.strip() == citation.quote != ""
        assert (citation.sha256, citation.path, citation.page) == (held.sha256, held.path, held.page)


@given(st.sampled_from(EVERY))
def test_every_sentence_of_a_passage_supports_itself(held: Passage) -> None:
    for start, end in sentence_spans(held.text):
        assert quotes(held.text[start:end]) == [held.text[start:end]]


@given(st.integers(0, 10**9))
def test_a_number_that_stands_nowhere_is_never_supported(number: int) -> None:
    supported = is_supported(f"The crane on the north quay shall withstand a gust of {number} m/s.", WIND)
    assert supported == (number == 42)


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("1577", "1577"), ("1,577", "1577"), ("1.577", "1577"), ("1 577", "1577"), ("1’577", "1577"),
        ("1\u00a0577", "1577"), ("1\u202f577", "1577"), ("1,577.00", "1577"), ("1.577,00", "1577"),
        ("1,234,567", "1234567"), ("1.234.567,5", "1234567.5"), ("3.14", "3.14"), ("3,14", "3.14"), ("0.125", "0.125"),
        ("0,125", "0.125"), ("12.50", "12.5"), ("007", "7"), ("0", "0"), ("0.0", "0"), ("3.1415", "3.1415"),
    ],
)  # fmt: skip
def test_numbers_are_the_same_however_they_are_written(written: str, normal: str) -> None:
    assert normal_number(written) == normal


@given(st.integers(0, 10**12), st.integers(1, 99))
def test_english_french_and_swiss_numbers_are_equal(whole: int, hundredths: int) -> None:
    english = f"{whole:,}.{hundredths:02d}"
    spellings = [english, english.translate(str.maketrans(",.", ".,"))]
    spellings += [english.replace(",", mark) for mark in (" ", "\u00a0", "\u202f", "'", "’", "")]
    assert {normal_number(spelling) for spelling in spellings} == {f"{whole}.{hundredths:02d}".rstrip("0")}
    text = f"A total of {english} euros."
    for spelling in spellings:
        assert is_supported(f"A total of {spelling} euros.", passage(text))


def test_numbers_beside_each_other_stay_apart() -> None:
    assert is_supported("It was 4.2.1 on 12.03.2025.", passage("On 12.03.2025 it was 4.2.1."))
    assert is_supported("In 2020 people came: 100.", passage("In 2020 100 people came."))
    assert not is_supported("Pi is 3.141 here.", passage("Pi is 3.1415 here."))


# --- the nearest quote, and whether there is an answer ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Which gust must the crane withstand?", "The crane on the north quay shall withstand a gust of 42 m/s."),
        ("Is the deposit refundable?", "The deposit is not refundable after the key was handed over."),
        ("Quand commence le bail ?", "Le bail commence le 3 mai 2025."),
        ("Quanto dura il contratto?", "Il contratto dura dieci anni."),
    ],
)
def test_the_sentence_that_says_most_of_what_is_asked_is_quoted(question: str, quote: str) -> None:
    grounding = quote_nearest(question, EVERY)
    assert [sentence.text for sentence in grounding.sentences] == [quote]
    assert [citation.quote for citation in grounding.citations] == [quote]


def test_a_quote_is_shown_on_one_line_and_cited_to_the_letter() -> None:
    held = passage("The rent is\nfixed by law.")
    grounding = quote_nearest("Is the rent fixed?", [held])
    assert grounding.sentences[0].text == "The rent is fixed by law."
    assert grounding.citations[0].quote == "The rent is\nfixed by law."


@pytest.mark.parametrize(
    ("question", "answer", "is_answered"),
    [
        ("Which gust must the crane withstand?", "The crane on the north quay shall withstand a gust of 42 m/s.", True),
        ("Who approved the harbour wind study?", "The harbour wind study is about wind.", False),
        ("Who approved the harbour wind study?", "The study was approved by the port authority.", True),
        ("What is the harbour wind study?", "The study was approved by the port authority.", True),
        ("Which gust must the crane withstand?", "The study was approved by the port authority.", False),
        ("What's the captain's name?", "In operation, work stops at a mean of 20 m/s.", False),
        ("Which gust must the crane withstand?", "Bananas are yellow.", False),
        ("Which gust must the crane withstand?", "", False),
    ],
)
def test_saying_what_a_document_is_called_is_no_answer(question: str, answer: str, is_answered: bool) -> None:
    passages = (WIND, passage("The harbour wind study is about wind.", number=6, document="Harbour wind study.pdf"))
    assert answers(question, ground(answer, passages), passages) == is_answered


def test_pairs_never_reach_over_two_passages() -> None:
    for one, other in itertools.permutations((LEASE, FRENCH), 2):
        for citation in ground("The lease runs for ten years. Le bail commence en 2025.", (one, other)).citations:
            assert citation.quote in (LEASE.text if citation.passage == 2 else FRENCH.text)


@pytest.mark.parametrize(
    "forged",
    ["[7]", "[[1]2]", "[1, 2]", "[1–3]", "【3†source】", "［１］", "[^4]", "[ **5** ]", "[Quelle 6]", "[1](http://127.0.0.1:9/?q=x)",
     "[\u200b8]"],
)  # fmt: skip
def test_a_citation_that_the_model_writes_is_none(forged: str) -> None:
    grounding = ground(f"The gust is 42 m/s {forged}.", [passage("The gust is 42 m/s.")])
    assert [sentence.text for sentence in grounding.sentences] == ["The gust is 42 m/s."]
    assert [citation.quote for citation in grounding.citations] == ["The gust is 42 m/s."]


@pytest.mark.parametrize("kept", ["It blows at 5 [m/s] there.", "Section [a] says so.", "It has [sic] 3 doors."])
def test_other_words_in_brackets_stay(kept: str) -> None:
    assert ground(kept, []).sentences[0].text == kept
