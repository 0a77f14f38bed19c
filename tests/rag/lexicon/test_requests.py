from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon.requests import without_request

ASKED = [
    ("Describe the gaming market.", "the gaming market."),
    ("Please tell me about the gaming market", "the gaming market"),
    ("Write everything about the greenhouse", "the greenhouse"),
    ("Could you please explain to me how the stove lights itself?", "how the stove lights itself?"),
    ("List all vehicles", "all vehicles"),
    ("Give me the net sales of 2022", "the net sales of 2022"),
    ("Décrivez le marché du jeu", "le marché du jeu"),
    ("Peux-tu me dire la date de la fête ?", "la date de la fête ?"),
    ("Dis-moi combien coûte la carte", "combien coûte la carte"),
    ("S'il vous plaît, résumez le rapport", "le rapport"),
    ("Spiegami il percorso", "il percorso"),
    ("Dimmi tutto sul rifugio", "rifugio"),
    ("Bitte beschreiben Sie die Brücke", "die Brücke"),
    ("Kannst du mir alles über die Größe der Brücke erzählen", "die Größe der Brücke erzählen"),
    ("Nenne mir die Kosten", "die Kosten"),
    ("Por favor, explícame el contrato", "el contrato"),
    ("Dime qué dice el informe", "qué dice el informe"),
    ("Cuéntame todo sobre Ávila", "Ávila"),
]

STANDING = [
    "US exports of steel", "List prices in May", "Show rooms in Bergen", "Dame Judi Dench's films", "Sage oil",
    "Name changes",
    "What does the report say about wind?", "Write-offs in 2022", "Mir space station", "Resume of Ms Hale",
    "Find-me phone numbers", "Who told the board?", "Quanti posti letto ha il rifugio?", "Wie hoch ist die Brücke?",
    "Tell", "Describe", "Alles Gute", "Tout compris", "Note de frais", "Give way signs", "¿Qué dice el informe?",
]  # fmt: skip


@pytest.mark.parametrize(("question", "subject"), ASKED)
def test_what_only_asks_is_left_out(question: str, subject: str) -> None:
    assert without_request(question) == subject


@pytest.mark.parametrize("question", STANDING)
def test_a_question_that_begins_with_its_subject_stays(question: str) -> None:
    assert without_request(question) == question


@given(st.text())
def test_what_is_left_is_the_end_of_the_question_and_asks_no_more(question: str) -> None:
    left = without_request(question)
    assert question.endswith(left)
    assert without_request(left) == left or not any(map(str.isalnum, without_request(left)))
    assert any(map(str.isalnum, left)) or left == question
