from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.second_look import Candidate, Ranked, second_look
from rag.support import MOST_TERMS, Clues, calibration_for, clues, is_enough, support
from rag.trust import Calibration, EmbedderTrust, trust_in, words_alone
from rag.wanted import wanted

QUESTION = "What was the rent of Aldous Finch in 2019?"
ANSWER = "In 2019 Aldous Finch paid a rent of 400 pounds."
OTHERS = ("The choir meets on Tuesdays.", "A sourdough needs a warm place.", "The bridge was closed for repairs.")
SHIPPED = trust_in("all-MiniLM-L6-v2")
shares = st.floats(0.0, 1.0)


def looked_at(question: str, *texts: str, cosine: float = 0.5, dense: bool = True) -> list[Ranked]:
    """What a second look makes of passages that are all named by both sides, the first with the best scores."""
    candidates = [
        Candidate(number, "", "", text, number if dense else 0, cosine / number if dense else 0.0, number, 9.0 / number)
        for number, text in enumerate(texts, start=1)
    ]
    return second_look(wanted(question, "en"), candidates, 1.0, 0.1)


def judged(question: str, *texts: str, cosine: float = 0.5, dense: bool = True) -> float:
    ranked = looked_at(question, *texts, cosine=cosine, dense=dense)
    return support(clues(wanted(question, "en"), ranked, 1.0), calibration_for(ranked, SHIPPED))


def test_an_answer_is_supported_and_a_stranger_is_not() -> None:
    assert judged(QUESTION, ANSWER, *OTHERS) >= SHIPPED_CALIBRATION.enough
    assert judged(QUESTION, *OTHERS, cosine=0.1) < SHIPPED_CALIBRATION.enough


def test_the_words_alone_tell_them_apart_too() -> None:
    assert judged(QUESTION, ANSWER, *OTHERS, dense=False) >= words_alone().enough
    assert judged(QUESTION, *OTHERS, dense=False) < words_alone().enough


def test_what_is_seen() -> None:
    seen = clues(wanted(QUESTION, "en"), looked_at(QUESTION, ANSWER, *OTHERS, cosine=0.6), 0.5)
    assert (seen.passage, seen.sentence, seen.numbers) == (1.0, 1.0, 0.0)
    assert seen.order == pytest.approx(2 / 3)  # two neighbours as asked, two pairs the other way round
    assert (seen.nearness, seen.trust) == (pytest.approx(0.3), 0.5)  # the cosine is weighed by the trust
    assert seen.lead == pytest.approx(0.5)
    assert seen.terms == pytest.approx(4 / MOST_TERMS)


def test_a_number_and_words_that_are_missing_are_seen() -> None:
    said = "In 2018 Barnaby Finch paid a rent of 400 pounds."
    seen = clues(wanted(QUESTION, "en"), looked_at(QUESTION, said, *OTHERS), 1.0)
    assert seen.numbers == 1.0
    assert seen.passage < 1.0


def test_another_sentence_of_the_passage_is_less_than_one_sentence() -> None:
    parted = "Aldous Finch paid. It was in the year 2019. A rent of 400 pounds was usual."
    seen = clues(wanted(QUESTION, "en"), looked_at(QUESTION, parted, *OTHERS), 1.0)
    assert seen.sentence < seen.passage == 1.0


def test_only_the_best_candidates_are_held_against_the_question() -> None:
    asked = wanted(QUESTION, "en")
    ranked = looked_at(QUESTION, ANSWER, *(f"{other} {number}" for number in range(3) for other in OTHERS))
    assert clues(asked, ranked, 1.0).passage == 1.0
    assert clues(asked, [*ranked[1:], ranked[0]], 1.0).passage == 0.0


def test_an_embedder_that_nobody_calibrated_leaves_the_judgement_to_the_words() -> None:
    ranked = looked_at(QUESTION, ANSWER)
    assert calibration_for(ranked, trust_in("a folder that somebody brought")) is words_alone()
    assert calibration_for(ranked, SHIPPED) is SHIPPED.refusal
    assert calibration_for(looked_at(QUESTION, ANSWER, dense=False), SHIPPED) is words_alone()


def test_words_alone_refuse_nothing_that_is_asked_in_a_language_of_no_document() -> None:
    assert not is_enough(0.0, words_alone(), "it", ("it", "en"))
    assert is_enough(0.0, words_alone(), "it", ("en",))
    # Where a document's language, or the question's, isn't known, they may be the same.
    assert not is_enough(0.0, words_alone(), "it", ("en", ""))
    assert not is_enough(0.0, words_alone(), "", ("en",))
    assert not is_enough(0.0, SHIPPED_CALIBRATION, "it", ("en",))
    assert is_enough(SHIPPED_CALIBRATION.enough_for("en"), SHIPPED_CALIBRATION, "en", ("en",))


def test_a_language_that_was_measured_has_a_threshold_of_its_own() -> None:
    calibration = dataclasses.replace(SHIPPED_CALIBRATION, enough=0.5, enough_in={"de": 0.1})
    assert is_enough(0.2, calibration, "de", ("de",))
    assert not is_enough(0.2, calibration, "en", ("en",))
    assert not is_enough(0.2, calibration, "", ("de",))


@given(st.builds(Clues, *[shares] * len(Clues._fields)), st.sampled_from(["passage", "sentence", "order", "lead"]))
def test_support_is_a_probability_that_grows_with_what_is_found(seen: Clues, name: str) -> None:
    for calibration in (SHIPPED_CALIBRATION, words_alone()):
        assert 0.0 <= support(seen, calibration) <= support(seen._replace(**{name: 1.0}), calibration) <= 1.0


def test_the_recorded_weights_are_those_of_the_clues() -> None:
    assert SHIPPED_CALIBRATION.weights.keys() == words_alone().weights.keys() == set(Clues._fields)
    assert (
        words_alone().weights["nearness"] == words_alone().weights["trust"] == 0.0
    )  # without an embedder it says nothing
    assert 0.0 < SHIPPED_CALIBRATION.enough < 0.5  # a wrong refusal is worse than an answer that is checked afterwards


@pytest.mark.parametrize("wrong", [{"enough": 1.5}, {"constant": float("nan")}, {"weights": {"order": float("inf")}}])
def test_a_calibration_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is no"):
        dataclasses.replace(SHIPPED_CALIBRATION, **wrong)


def _calibration(trust: EmbedderTrust) -> Calibration:
    assert trust.refusal is not None
    return trust.refusal


SHIPPED_CALIBRATION = _calibration(SHIPPED)
