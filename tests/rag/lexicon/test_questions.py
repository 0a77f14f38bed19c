from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunk import PassageDraft
from rag.lexicon import lexical_query, spelling
from rag.stores.database import Database
from rag.stores.records import Records, WaitingFile

any_text = st.text(st.characters(exclude_categories=()), max_size=120)
fts_text = st.text(st.sampled_from("aé1 \"'()*:^-+,.{}~|_ANDORNOTEAR“”«»\0\n\ud800"), max_size=60)

TEXTS = {
    1: "The lease ends on 31 December at a rent of 1,577.00 euros, and that is the end of it.",
    2: "Die Straße zur Größe der Mieten in İstanbul, und der Krankenhausaufenthalt ist bezahlt, wie es sich gehört.",
    3: "L'été à Besançon, la durée du bail, au n° 12, dans les rues de la ville et sur les quais.",
    4: "Payments are due within 20-30 days of the third quarter of 2022, or of the one that is after it.",
    5: "Section 4.2/b of the rules, see http://example.com/lease; where the notice period is short, so is the rent.",
    6: "Der Aufenthalt im Krankenhaus und die Kosten, die er mit sich bringt, werden nicht von der Kasse bezahlt.",
    7: "第三四半期の売上高は増加した。",
    8: "El contrato de arrendamiento termina en diciembre, y la renta es de 1.577,00 euros al mes, como se dijo.",
    9: "What is to be is to be; the period of notice, or the notice of a period.",
}

LETTERS = str.maketrans("0123456789", "bcdfghjklm")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """A library with a document of each text."""
    database = Database(tmp_path_factory.mktemp("library"))
    kept = Records(database)
    for number, text in TEXTS.items():
        sha256 = f"{number:064x}"
        kept.begin_document(WaitingFile(f"/{number}.md", "", 1, 1), sha256, (1, 1))
        kept.replace_passages(sha256, "notes", [PassageDraft(1, 0, len(text), text, "")], (1, 1))
    yield kept
    database.close()


def ranked(records: Records, question: str) -> list[int]:
    return [identity for identity, _ in records.lexical(lexical_query(question, records.languages()), 10)]


@given(any_text | fts_text)
def test_no_question_is_ever_syntax(records: Records, question: str) -> None:
    query = lexical_query(question, records.languages())
    records.lexical(query, 10)
    assert bool(query.terms) == any(character.isalnum() for character in unicodedata.normalize("NFKC", question))


def test_a_question_of_thousands_of_words_is_looked_up(records: Records) -> None:
    assert set(
        ranked(records, " ".join("zq" + str(number).translate(LETTERS) for number in range(2_000)) + " lease")
    ) == {1, 5}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When does the lease end?", {1, 5}),
        ("leases", {1, 5}),
        ("1,577.00", {1, 8}),
        ("Is it 1577?", {1, 8}),
        ("¿Fueron 1.577 los contratos?", {1, 8}),
        ("577", set()),
        ("STRASSE", {2}),
        ("GRÖßE", {2}),
        ("İstanbul", {2}),
        ("ÉTÉ", {3}),
        (unicodedata.normalize("NFD", "Besançon"), {3}),
        ("d'été", {3}),
        ("durees", {3}),
        ("durée", {3}),
        ("20-30", {4}),
        ("Q3 2022", {4}),
        ("terzo trimestre del 2022", {4}),
        ("Aufenthalt im Krankenhaus", {6, 2}),
        ("Krankenhausaufenthalte", {2, 6}),
        ("売上", {7}),
        ("高", {7}),
        ("今期の売上高", {7}),
        ("arrendamientos", {8}),
        ("lease NOT crane", {1, 5}),
        ("title:lease", {1, 5}),
        ('"', set()),
        ("", set()),
    ],
)
def test_a_question_finds(records: Records, question: str, expected: set[int]) -> None:
    assert set(ranked(records, question)) == expected


def test_function_words_are_looked_up_only_where_there_is_nothing_else() -> None:
    assert lexical_query("What is the rent?").terms == ("rent",)
    assert lexical_query("What is it?").terms == ("what", "is", "it")
    assert lexical_query("rent, Rent and RENTS").terms == ("rent",)


def test_a_question_in_no_language_of_the_library_is_looked_for_in_all_of_them() -> None:
    assert set(lexical_query("Where are the Highlands?", ["it"]).terms) == {"highland", "highlands"}
    assert set(lexical_query("Highlands", ["en", "it"]).terms) == {"highland", "highlands"}
    assert lexical_query("Where are the Highlands?", ["en", "it"]).terms == ("highland",)
    assert lexical_query("Highlands").terms == ("highland",)
    # A document whose language isn't known may be in the question's, and was analysed as English.
    assert set(lexical_query("Dove sono le Highlands?", ["it", "", "de"]).terms) == {"highland", "highlands"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ('Where does it say "notice period"?', [5]),
        ("Where does it say “period of notice”?", [9]),
        ('"IS TO BE"', [9]),
        ("Où lit-on « dans les rues de la ville » ?", [3]),
        ("Wo steht „Größe der Mieten“?", [2]),
        ('"売上高は"', [7]),
        ('Which lease says "rent of 1,577.00"?', [1]),
        ('"the lease ends" and "a rent"', [1]),
    ],
)
def test_what_is_quoted_comes_first_to_the_letter(records: Records, question: str, first: list[int]) -> None:
    assert ranked(records, question)[: len(first)] == first


def test_what_is_quoted_and_stands_nowhere_is_looked_for_as_words(records: Records) -> None:
    assert ranked(records, 'Where is "the rent lease"?') == ranked(records, "Where is the rent lease?") != []
    # Another form of the word is not what is quoted.
    assert ranked(records, '"notice periods"') == ranked(records, "notice periods")


def test_a_quotation_stays_in_the_scope(records: Records) -> None:
    query = lexical_query('"notice period"', ["en"])
    assert [identity for identity, _ in records.lexical(query, 10, [f"{9:064x}"])] == [9]


@given(any_text)
def test_a_spelling_keeps_words_alone(text: str) -> None:
    spelled = spelling(text)
    assert spelled == spelling(spelled) == spelling(f"({text})")
