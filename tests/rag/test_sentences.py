import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        # English
        ["See p. 3 for details.", "The value, e.g. 3.5 kg, was set by Dr. Smith at 5 p.m.", "It held."],
        ["E. I. du Pont and J. A. Hobson came . . . late.", "The end."],
        ["J. R. R. Tolkien wrote it.", 'He said "Stop."', "Then he left (as usual).", "Prof. Lee agreed."],
        ["Fig. 2 shows No. 5 vs. No. 6.", "Apple Inc. reported it.", "The U.S. Government filed on Jan. 5, 2020."],
        ["The answer is no.", "Then why?", '"Because!" she said.', "Visit example.com.", "Then go."],
        ["Approved by J. Smith, M.D.", "The patient left.", "(See above.)", "Wait...", "Then he left."],
        ["It is known.[12]", "See sec. 4.2.1 and eq. (3).", "We like modern art.", "I went in 2020.", "The end"],
        ["A gust of 42 m/s.", "Crane 7 stood at 80 km/h.", "The U.S. Senate, etc.", "Then Dr. Smith left."],
        ["It is 5 m.", "Crane operators know No. 5 by J. Smith/B. Jones.", "It took 12 min.", "Nobody left at 5 p.m."],
        # French
        ["Il roule à 90 km/h.", "Paris est à 12 h.", "Marie a vu p. ex. Lyon.", "La loi, art. 5, le dit."],
        ["M. Le Goff a vu l'art. 5 de la loi.", "Il est parti.", "Mme Martin, cf. p. 12, reste."],
        ["« Viens. »", "Il partit.", "Voir l'al. 2 ci-dessous.", "Où va-t-il ?", "Nul ne le sait."],
        # Italian
        ["Il sig. Rossi vide l'art. 5 del d.lgs. n. 231.", "Poi partì.", "Cfr. pag. 12 e ss. della legge."],
        ["Costa 3.450 euro, ad es. in città.", "È poco?", "Sì!"],
        ["Va a 90 km/h.", "Roma dista 5 km.", "Il dott. Rossi arriva alle 12 h.", "Marco no."],
        # German
        ["Man kann z. B. Der Spiegel lesen.", "In der Regel, i. d. R. Montags, 90 km/h.", "Züge sind schneller."],
        ["Cäsar starb 44 v. Chr. in Rom.", "Das wiegt 5 g.", "Gold wiegt mehr."],
        ["Herr Dr. Müller kam am 3. Mai z. B. nach Berlin.", "Er blieb.", "Vgl. Abs. 2 Nr. 4.", "Das ist u. a. so."],
        ["Ende des 19. Jahrhunderts waren es 30 Mio. Mark.", "Und heute?"],
        ["Das geschah im 19. Jahrhundert.", "Die 2. Auflage kam 1999.", "„Geh!“", "Danach war Ruhe."],
        # Spanish
        ["Va a 90 km/h.", "Madrid, p. ej. Vallecas, está a 5 m.", "EE. UU. no."],
        ["El Sr. García leyó el art. 5.", "Se fue.", "¿Adónde?", "¡A casa!", "La Sra. López quedó en EE. UU."],
    ],
)  # fmt: skip
def test_sentences_of_five_languages(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_line_ends_inside_a_paragraph_do_not_end_a_sentence() -> None:
    assert sentences("The bridge at\nAlder Quay is old. It\nstands well.") == [
        "The bridge at\nAlder Quay is old.",
        "It\nstands well.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• First item\n• Second item. More", ["• First item", "• Second item.", "More"]),
        ("1. First item\n2. Second item\n(a) third", ["1. First item", "2. Second item", "(a) third"]),
        (
            "Inventories 4,454 2,605\nPrepaid (11) — 7 %\nWords again",
            ["Inventories 4,454 2,605", "Prepaid (11) — 7 %", "Words again"],
        ),
        ("# Title\nText here. More.\n## Sub\nrow", ["# Title", "Text here.", "More.", "## Sub", "row"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "|---|---|", "| 1 | 2 |"]),
        (
            "SHORT TITLE\nAnd here begins a paragraph that is long.",
            ["SHORT TITLE", "And here begins a paragraph that is long."],
        ),
        ("one\n\ntwo\n \t\nthree", ["one", "two", "three"]),
        ("这是第一句。这是第二句！「好吗？」再见", ["这是第一句。", "这是第二句！", "「好吗？」", "再见"]),
    ],
)
def test_lines_and_full_stops_of_other_kinds(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


PIECES = st.sampled_from(
    [*"aB1 .!?\n|#-•。«»\"')", "\n\n", "e.g.", "M.", "p. ", "Dr. ", "The ", "3,450 ", "\u00a0", "..."]
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_spans_are_in_order_apart_trimmed_and_hold_all_the_rest(text: str) -> None:
    end_before = 0
    for start, end in sentence_spans(text):
        assert end_before <= start < end
        assert text[end_before:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        end_before = end
    assert text[end_before:].strip() == ""


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["a", " ", "\n", ".", "- ", "* ", "\n \n", "a.\n", '."', "«", "1. ", ") ", "| ", "A."]
)
def test_a_million_of_anything_takes_no_longer_than_it_must(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert sum(end - start for start, end in sentence_spans(text)) <= len(text)
