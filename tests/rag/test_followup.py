"""Follow-ups in five languages as they are completed, and questions that stay as they are."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followup import understood
from rag.naming import names
from rag.periods import Shift, period_of, shift_in, shifted
from rag.protocol import Answer, Sentence
from tests.fakes.plausible import ANSWER

# fmt: off
FOLLOW_UPS = {
    "What was 3M's revenue in 2022?": {
        "and the year before?": "What was 3M's revenue in 2021?",
        "And in 2021?": "What was 3M's revenue in 2021?",
        "and Nvidia?": "What was Nvidia's revenue in 2022?",
        "What about Nvidia's?": "What was Nvidia's revenue in 2022?",
        "What about operating costs?": "What about operating costs? (3M, 2022)",
        "2020?": "What was 3M's revenue in 2020?",
        "In 2020?": "What was 3M's revenue in 2020?",
        "And Nvidia in 2021?": "What was Nvidia's revenue in 2021?",
    },
    "What was 3M's revenue in Q1 2022?": {
        "and the quarter before?": "What was 3M's revenue in Q4 2021?",
    },
    'What was the revenue in 2022?': {
        "How much was it two years earlier?": "How much was it in 2020? (What was the revenue in 2022?)",
    },
    'What is the population of France?': {
        "What about Germany?": "What is the population of Germany?",
        "How about Spain?": "What is the population of Spain?",
        "What is its capital?": "What is France’s capital?",
    },
    'Combien de litres contient le chaudron de M. Lacombe ?': {
        "Et le puits ?": "Et le puits ? (M. Lacombe)",
    },
    'What gust is the Alder Quay footbridge designed for?': {
        "And how wide is the deck?": "And how wide is the deck? (Alder Quay)",
        "And how wide is the Wendham bridge?": "",
        "How wide is the deck?": "",
    },
    'And how wide is the deck? (Alder Quay)': {
        "When was it built?": "When was Alder Quay built?",
        "And its length?": "And its length? (Alder Quay)",
    },
    'How wide is it? (Whether wide or long)': {
        "When was it built?": "When was it built? (How wide is it? Whether wide or long)",
    },
    'What did St. Mary cost?': {
        "And St. Ives?": "What did St. Ives cost?",
    },
    'Who is Ada Lovelace?': {
        "Where was she born?": "Where was Ada Lovelace born?",
        "When did she die?": "When did Ada Lovelace die?",
    },
    'What is The Old Man and the Sea?': {
        "who wrote it?": "who wrote it? (Old Man, Sea)",
    },
    'How long does one filling of the paraffin heater burn?': {
        "Why?": "Why? (How long does one filling of the paraffin heater burn?)",
        "And how much does it cost?":
            "And how much does it cost? (How long does one filling of the paraffin heater burn?)",
        "Since when?": "Since when? (How long does one filling of the paraffin heater burn?)",
        "What does that mean?": "What does that mean? (How long does one filling of the paraffin heater burn?)",
    },
    'Who signed the lease?': {
        "And when?": "And when? (Who signed the lease?)",
    },
    'What did Apple earn in Germany in 2020?': {
        "And in France?": "What did Apple earn in France in 2020?",
        "the same for Spain": "What did Spain earn in Germany in 2020?",
    },
    'Which gust must the crane withstand?': {
        "And the bridge?": "And the bridge? (Which gust must the crane withstand?)",
        "Who approved it?": "Who approved it? (Which gust must the crane withstand?)",
        "In which year was it built?": "In which year was it built? (Which gust must the crane withstand?)",
    },
    "Quel était le chiffre d'affaires de Renault en 2022 ?": {
        "et l'année précédente ?": "Quel était le chiffre d'affaires de Renault en 2021 ?",
        "Et Peugeot ?": "Quel était le chiffre d'affaires de Peugeot en 2022 ?",
        "Et en 2020 ?": "Quel était le chiffre d'affaires de Renault en 2020 ?",
        "Qu'en est-il de Peugeot ?": "Quel était le chiffre d'affaires de Peugeot en 2022 ?",
    },
    'Quelle est la capitale de la France ?': {
        "Et de l'Italie ?": "Quelle est la capitale de l'Italie ?",
    },
    'Qui est Victor Hugo ?': {
        "Quand est-il né ?": "Quand est-il né ? (Victor Hugo)",
        "Pourquoi ?": "Pourquoi ? (Victor Hugo)",
    },
    'Quel est le roman le plus long ?': {
        "Qui l'a écrit ?": "Qui l'a écrit ? (Quel est le roman le plus long ?)",
    },
    'Quelle rafale la grue doit-elle supporter ?': {
        "Combien pèse-t-elle ?": "Combien pèse-t-elle ? (Quelle rafale la grue doit-elle supporter ?)",
    },
    'Qual era il fatturato di Fiat nel 2022?': {
        "e l'anno prima?": "Qual era il fatturato di Fiat nel 2021?",
        "E Ferrari?": "Qual era il fatturato di Ferrari nel 2022?",
        "e nel 2020?": "Qual era il fatturato di Fiat nel 2020?",
    },
    'Qual è la capitale della Francia?': {
        "E della Spagna?": "Qual è la capitale della Spagna?",
    },
    'Chi è Dante Alighieri?': {
        "Quando è nato?": "Quando è nato? (Dante Alighieri)",
        "Dove è morto?": "Dove è morto? (Dante Alighieri)",
    },
    'Qual è il romanzo più lungo?': {
        "Chi l'ha scritto?": "Chi l'ha scritto? (Qual è il romanzo più lungo?)",
    },
    'Quanto pesa la gru?': {
        "Perché?": "Perché? (Quanto pesa la gru?)",
        "Quanto costa?": "Quanto costa? (Quanto pesa la gru?)",
    },
    'Che cosa dice il contratto?': {
        "Da chi è stato firmato?": "Da chi è stato firmato? (Che cosa dice il contratto?)",
    },
    'Wie hoch war der Umsatz von Siemens 2022?': {
        "und im Jahr davor?": "Wie hoch war der Umsatz von Siemens 2021?",
        "Und Bosch?": "Wie hoch war der Umsatz von Bosch 2022?",
        "Und 2020?": "Wie hoch war der Umsatz von Siemens 2020?",
        "Was ist mit Bosch?": "Wie hoch war der Umsatz von Bosch 2022?",
    },
    'Wer ist Angela Merkel?': {
        "Wann wurde sie geboren?": "Wann wurde sie geboren? (Angela Merkel)",
    },
    'Welcher Roman ist der längste?': {
        "Wer hat ihn geschrieben?": "Wer hat ihn geschrieben? (Roman)",
    },
    'Wie heißt die Hauptstadt von Frankreich?': {
        "Und von Italien?": "Wie heißt die Hauptstadt von Italien?",
    },
    'Wie schwer ist der Kran?': {
        "Warum?": "Warum? (Wie schwer ist der Kran?)",
        "Was kostet er?": "Was kostet er? (Wie schwer ist der Kran?)",
    },
    '¿Cuáles fueron los ingresos de Iberia en 2022?': {
        "¿y el año anterior?": "¿Cuáles fueron los ingresos de Iberia en 2021?",
        "¿Y Vueling?": "¿Cuáles fueron los ingresos de Vueling en 2022?",
        "¿Y en 2020?": "¿Cuáles fueron los ingresos de Iberia en 2020?",
    },
    '¿Cuál es la capital de Francia?': {
        "¿Y de Italia?": "¿Cuál es la capital de Italia?",
    },
    '¿Quién es Miguel de Cervantes?': {
        "¿Cuándo nació?": "¿Cuándo nació? (Miguel de Cervantes)",
        "¿Dónde murió?": "¿Dónde murió? (Miguel de Cervantes)",
    },
    '¿Cuál es la novela más larga?': {
        "¿Quién la escribió?": "¿Quién la escribió? (¿Cuál es la novela más larga?)",
    },
    '¿Cuánto pesa la grúa?': {
        "¿Por qué?": "¿Por qué? (¿Cuánto pesa la grúa?)",
        "¿Qué hay de la presa?": "¿Qué hay de la presa? (¿Cuánto pesa la grúa?)",
    },
}

WHOLE = (
    "What was 3M's revenue in 2021?",
    "Who wrote The Old Man and the Sea?",
    "What is photosynthesis?",
    "How long does it take to bake the bread?",
    "Is it legal to fish in the lake?",
    "What time is it in Tokyo?",
    "What did Tesla say when he arrived in Paris?",
    "Why do cats purr when they sleep?",
    "How do plants make their food?",
    "What happened the year before Napoleon died?",
    "What was Apple's revenue in 2022 and the year before?",
    "Which company sold its shares in 2020?",
    "Who is the president of France?",
    "Define inflation.",
    "What does the contract say about its termination?",
    "How many people live in Berlin?",
    "And when was the treaty of Rome signed?",
    "Which gust must the crane withstand, and who approved it?",
    "Is water heavier when it freezes?",
    "What is the core temperature of the loaf?",
    "Does the manual mention frost?",
    "How much paraffin does the heater burn?",
    "List all invoices from March 2021",
    "frost greenhouse",
    "Why is the sky blue?",
    "When did the company file its report?",
    "What are the risks that the board named?",
    "Where is the storm pin stored?",
    "What are tariffs?",
    "Who approved the design values?",
    "Qu'est-ce que la photosynthèse ?",
    "Combien de temps faut-il pour cuire le pain ?",
    "Que dit le contrat sur sa résiliation ?",
    "Où se trouve la clé de la serre ?",
    "Quand Napoléon est-il né ?",
    "La grue est-elle stable en hiver ?",
    "Y a-t-il une garantie ?",
    "Quel est le chiffre d'affaires de Renault en 2021 ?",
    "Pourquoi le ciel est-il bleu ?",
    "Est-il possible de résilier le bail ?",
    "Qui a approuvé les valeurs ?",
    "Que faut-il faire en cas de gel ?",
    "Che cos'è l'inflazione?",
    "Quanto pesa la gru?",
    "Chi ha firmato il contratto?",
    "Quando è nato Dante?",
    "Dove si trova la chiave della serra?",
    "Come funziona il riscaldamento?",
    "Qual è il fatturato di Fiat nel 2021?",
    "Perché il cielo è blu?",
    "Che cosa dice il contratto sulla sua durata?",
    "Quando fu fondata Roma?",
    "Was ist Inflation?",
    "Wie schwer ist der Kran?",
    "Gibt es eine Garantie?",
    "Wann wurde Goethe geboren?",
    "Was sagt der Vertrag über seine Laufzeit?",
    "Wie hoch war der Umsatz von Siemens 2021?",
    "Warum ist der Himmel blau?",
    "Ist es erlaubt, im See zu fischen?",
    "Was müssen Sie bei Frost tun?",
    "Wer hat den Vertrag unterschrieben?",
    "¿Qué es la inflación?",
    "¿Cuánto pesa la grúa?",
    "¿Quién firmó el contrato?",
    "¿Cuándo nació Cervantes?",
    "¿Dónde está la llave del invernadero?",
    "¿Por qué el cielo es azul?",
    "¿Qué dice el contrato sobre su duración?",
    "¿Cuáles fueron los ingresos de Iberia en 2021?",
    "¿Hay una garantía?",
    "¿Quién escribió la novela?",
)
# fmt: on


def answered(question: str, text: str = "", **changed: object) -> Answer:
    sentences = (Sentence(text, supported=True),) if text else ()
    return dataclasses.replace(ANSWER, question=question, text=text, sentences=sentences, **changed)


CASES = [(before, asked, meant) for before, cases in FOLLOW_UPS.items() for asked, meant in cases.items()]


@pytest.mark.parametrize(("before", "asked", "meant"), CASES)
def test_a_follow_up_is_completed(before: str, asked: str, meant: str) -> None:
    assert understood(asked, answered(before)) == meant


@pytest.mark.parametrize("question", WHOLE)
def test_a_question_that_stands_by_itself_stays(question: str) -> None:
    for before in FOLLOW_UPS:
        assert understood(question, answered(before, "Tim Cook is the chief executive in 2020.")) == ""


def test_there_are_enough_of_both() -> None:
    assert len(CASES) >= 60
    assert len(WHOLE) >= 60


@given(st.sampled_from(WHOLE), st.sampled_from(sorted(FOLLOW_UPS)), st.text(max_size=60), st.booleans())
def test_whatever_was_answered_a_whole_question_stays(question: str, before: str, text: str, refused: bool) -> None:
    assert understood(question, answered(before, text, refused=refused)) == ""


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_understood_without_trouble(question: str, before: str, text: str) -> None:
    assert isinstance(understood(question, answered(before, text)), str)


def test_the_last_question_counts_as_it_was_understood() -> None:
    last = answered("and Nvidia?", understood="What was Nvidia's revenue in 2022?")
    assert understood("and the year before?", last) == "What was Nvidia's revenue in 2021?"


def test_a_year_that_only_the_answer_names_is_moved() -> None:
    last = answered("When was the lease signed?", "It was signed in 2019.")
    assert understood("and the year after?", last) == "When was the lease signed in 2020?"


def test_whom_the_answer_named_is_who_is_meant() -> None:
    last = answered("Who is the chief executive of Apple?", "The chief executive is Tim Cook.")
    assert understood("How old is he?", last) == "How old is Tim Cook?"
    assert understood("What is its revenue?", last) == "What is Apple’s revenue?"
    refused = answered("Who is the chief executive of Apple?", "Phial Knows Nothing.", refused=True)
    assert understood("How old is he?", refused) == "How old is he? (Who is the chief executive of Apple?)"


def test_brackets_do_not_pile_up() -> None:
    last = answered("And why?", understood="And why? (What does the crane weigh?)")
    assert understood("Since when?", last) == "Since when? (And why? What does the crane weigh?)"


# --- periods and names ------------------------------------------------------------------------------------------------


@given(st.integers(1500, 2098), st.integers(1, 4), st.integers(-9, 9))
def test_quarters_and_years_move_there_and_back(year: int, quarter: int, by: int) -> None:
    start = (f"Q{quarter}", str(year))
    quarters, years = Shift((0, 0), quarters=by), Shift((0, 0), years=by)
    assert shifted(shifted(start, quarters), Shift((0, 0), quarters=-by)) == start
    assert shifted(start, years) == (f"Q{quarter}", str(year + by))


def test_several_years_are_no_period() -> None:
    assert period_of("from 2020 to 2022") == ()
    assert period_of("Q3 2022, and 2022 again") == ("Q3", "2022")
    assert shift_in("the year before the war") is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What did 3M and the Bank of England pay?", "en", ["3M", "Bank of England"]),
        ("Nvidia's revenue in Q3 2022", "en", ["Nvidia"]),
        ("Revenue of the group", "en", []),
        ("Qu'a dit l'Italie à Victor Hugo ?", "fr", ["Italie", "Victor Hugo"]),
        ("Wie hoch war der Umsatz von Siemens?", "de", ["Siemens"]),
        ("What does “force majeure” mean?", "en", ["force majeure"]),
    ],
)
def test_names_are_told_by_their_looks(text: str, language: str, expected: list[str]) -> None:
    assert [name.text for name in names(text, language)] == expected
