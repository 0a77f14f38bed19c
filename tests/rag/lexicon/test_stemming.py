from __future__ import annotations

import threading

import pytest

from rag.lexicon.stemming import stem

INFLECTIONS = {
    "en": "lease leases leased leasing | contract contracts | company companies company's | report reporting reported",
    "fr": "contrat contrats | national nationaux nationale | employé employés employée | signer signé signées",
    "it": "contratto contratti | bambino bambini bambine | pagamento pagamenti | scaduto scaduta scadute",
    "de": "vertrag vertrags verträge verträgen | haus häuser häusern | kündigung kündigungen | klein kleine kleiner",
    "es": "contrato contratos | canción canciones | alquilado alquilada alquiladas | pagar pagaron pagando",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [(language, group.split()) for language in INFLECTIONS for group in INFLECTIONS[language].split("|")],
)
def test_inflections_of_a_word_have_one_stem(language: str, words: list[str]) -> None:
    assert len({stem(word, language) for word in words}) == 1


def test_another_language_is_stemmed_as_english() -> None:
    assert stem("paying", "") == stem("paying", "pt") == stem("paying", "en") == "pay" != stem("paying", "fr")


def test_threads_stem_with_stemmers_of_their_own() -> None:
    words = [f"leas{ending}" for ending in ("e", "es", "ing", "ed")] * 500
    wrong: list[str] = []

    def run() -> None:
        wrong.extend(word for word in words if stem(word, "en") != "leas")

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
