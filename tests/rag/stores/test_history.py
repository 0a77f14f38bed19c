from __future__ import annotations

import dataclasses
import json

import pytest

from engine.frames import plain
from rag.errors import LibraryProblem, PhialError
from rag.protocol import Answer, DocumentFinding, FoundAll
from rag.stores.database import Database
from rag.stores.history import TITLE_LENGTH, History
from tests.fakes.plausible import ANSWER, CITATIONS, PASSAGES, STUDY
from tests.rag.making_summaries import SUMMARY

FINDING = DocumentFinding("a" * 64, "Study.pdf", "/x/Study.pdf", 0.9, PASSAGES[:1], CITATIONS[:1])
FOUND = FoundAll(0, 2, 2, (FINDING,), (), (), (), 1.0)


def answer(question: str, text: str = "Because.") -> Answer:
    return dataclasses.replace(ANSWER, question=question, text=text)


def titles(history: History, words: str = "") -> list[str]:
    return [row.title for row in history.conversations(words)]


def test_a_conversation_keeps_its_turns_in_order(history: History) -> None:
    conversation, first = history.add_turn(0, ANSWER)
    same, second = history.add_turn(conversation, answer("And then?"))
    assert same == conversation
    assert second > first
    title, turns = history.conversation(conversation)
    assert title == ANSWER.question[:TITLE_LENGTH]
    assert [(turn.turn, turn.answer.question) for turn in turns] == [(first, ANSWER.question), (second, "And then?")]
    assert turns[0].answer == ANSWER
    assert turns[0].asked <= turns[1].asked


def test_what_a_turn_was_made_of_is_kept_beside_how_it_was_shown(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("Summarise Study.pdf"), SUMMARY)
    history.add_turn(conversation, answer("Find all: cranes"), found=FOUND, words="cranes")
    history.add_turn(conversation, ANSWER)
    _, turns = history.conversation(conversation)
    made_of = [(turn.summary, turn.found, turn.words) for turn in turns]
    assert made_of == [(SUMMARY, None, ""), (None, FOUND, "cranes"), (None, None, "")]
    assert titles(history, "study") == ["Summarise Study.pdf"]


def test_a_question_goes_on_from_the_last_answer_not_from_a_summary(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("Summarise Study.pdf"), SUMMARY)
    assert history.last_answer(conversation) is None
    history.add_turn(conversation, ANSWER)
    history.add_turn(conversation, answer("Find all cranes"), found=FOUND)
    assert history.last_answer(conversation) == ANSWER
    with pytest.raises(PhialError):
        history.last_answer(conversation + 1)


def test_of_what_another_version_made_the_answer_is_left(history: History, database: Database) -> None:
    conversation, _ = history.add_turn(0, ANSWER, SUMMARY)
    for made_of in ('{"summary": {"mode": "of another version"}}', "[]"):
        with database.transaction() as connection:
            connection.execute("UPDATE turns SET made_of = ?", (made_of,))
        (turn,) = history.conversation(conversation)[1]
        assert (turn.answer, turn.summary, turn.found) == (ANSWER, None, None)


def test_a_long_question_on_several_lines_makes_a_short_title(history: History) -> None:
    history.add_turn(0, answer("  one\n\ttwo " + "x" * 200))
    assert titles(history) == [("one two " + "x" * 200)[:TITLE_LENGTH]]


def test_the_last_one_asked_comes_first(history: History, database: Database) -> None:
    first, _ = history.add_turn(0, answer("first"))
    second, _ = history.add_turn(0, answer("second"))
    with database.transaction() as connection:
        connection.execute("UPDATE conversations SET changed = changed - 10")
    assert titles(history) == ["second", "first"]
    history.add_turn(first, answer("more"))
    assert [(row.conversation, row.turns) for row in history.conversations()] == [(first, 2), (second, 1)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rent", ["What is the RENT?"]),
        ("  Rent ", ["What is the RENT?"]),
        ("ÉTÉ", ["Où va l’été ?"]),
        ("ou va", ["Où va l’été ?"]),
        ("besançon", ["Où va l’été ?"]),
        ("1,577", ["What is the RENT?"]),
        ("nothing of it", []),
        ("%", []),
        ("_", []),
        ("is_stand_in", []),
        ("\udce9", []),
        ("", ["Où va l’été ?", "What is the RENT?"]),
    ],
)
def test_the_history_is_searched_by_titles_questions_and_answers(
    history: History, words: str, found: list[str]
) -> None:
    history.add_turn(0, answer("What is the RENT?", "It is 1,577 euros."))
    history.add_turn(0, answer("Où va l’été ?", "À Besançon."))
    assert titles(history, words) == found


def test_a_later_question_finds_its_conversation_too(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("What is the rent?"))
    history.add_turn(conversation, answer("And the deposit?"))
    assert titles(history, "deposit") == ["What is the rent?"]


def test_another_title_is_kept_and_found(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("What is the rent?"))
    history.rename(conversation, "  My flat ")
    assert history.conversation(conversation)[0] == "My flat"
    assert titles(history, "flat") == titles(history, "rent") == ["My flat"]


def test_a_title_is_one_line_and_without_one_it_is_that_of_the_first_question(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("What is the rent?"))
    history.add_turn(conversation, answer("And the deposit?"))
    history.rename(conversation, "My\n flat")
    assert titles(history) == ["My flat"]
    history.rename(conversation, " \n")
    assert titles(history) == ["What is the rent?"]


def test_an_erased_conversation_is_gone(history: History, database: Database) -> None:
    conversation, _ = history.add_turn(0, answer("What is the rent?"))
    kept, _ = history.add_turn(0, answer("What is the deposit?"))
    history.delete(conversation)
    history.delete(conversation)
    assert [row.conversation for row in history.conversations()] == [kept]
    assert database.reader.execute("SELECT count(*) FROM turns").fetchone() == (1,)
    for use in (
        lambda: history.conversation(conversation),
        lambda: history.rename(conversation, "x"),
        lambda: history.add_turn(conversation, ANSWER),
    ):
        with pytest.raises(PhialError) as failure:
            use()
        assert failure.value.kind is LibraryProblem.CONVERSATION_GONE
    assert database.reader.execute("SELECT count(*) FROM turns").fetchone() == (1,)


def test_an_answer_that_another_version_wrote_is_passed_over(history: History, database: Database) -> None:
    conversation, first = history.add_turn(0, ANSWER)
    history.add_turn(conversation, answer("From tomorrow"))
    history.add_turn(conversation, answer("From yesterday"))
    newer = {**plain(ANSWER), "mood": "good"}
    older = {key: value for key, value in plain(ANSWER).items() if key != "text"}
    with database.transaction() as connection:
        for turn, written in ((first + 1, newer), (first + 2, older)):
            connection.execute("UPDATE turns SET answer = ? WHERE id = ?", (json.dumps(written), turn))
    assert [turn.turn for turn in history.conversation(conversation)[1]] == [first]
    assert titles(history, "crane") == titles(history)


def test_a_question_of_bytes_that_are_no_text_is_kept(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("What is caf\udce9?"))
    assert history.conversation(conversation)[1][0].answer.question == "What is caf\udce9?"
    assert titles(history, "what is") == ["What is caf??"]
    history.rename(conversation, "caf\udce9")
    assert titles(history) == ["caf?"]


def test_conversations_that_quote_a_document_are_named(history: History) -> None:
    quoting, _ = history.add_turn(0, ANSWER)
    history.add_turn(quoting, ANSWER)
    history.add_turn(0, dataclasses.replace(ANSWER, question="None", citations=(), passages=()))
    assert history.quoting(STUDY.sha256) == (ANSWER.question[:TITLE_LENGTH],)
    assert history.quoting("f" * 64) == ()


def test_settings_are_kept(history: History, database: Database) -> None:
    assert history.setting("embedder") == ""
    assert history.setting("embedder", "none") == "none"
    history.set_setting("embedder", "one")
    history.set_setting("embedder", "two")
    assert history.setting("embedder", "none") == History(database).setting("embedder") == "two"


def test_the_last_answer_is_the_newest_and_none_is_said_of_what_is_gone(history: History) -> None:
    conversation, _ = history.add_turn(0, answer("first"))
    history.add_turn(conversation, answer("second"))
    assert history.last_answer(conversation) == answer("second")
    with pytest.raises(PhialError) as caught:
        history.last_answer(conversation + 1)
    assert caught.value.kind is LibraryProblem.CONVERSATION_GONE
