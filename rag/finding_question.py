"""What a question that is asked of every document wants to be there. Pure.

"Which contracts have a notice period of 30 days?" wants "notice", "period" and a figure that says 30 days; which
documents are meant ("contracts") is no part of what they must say.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Sequence

from rag.ground.figures import Figure
from rag.ground.statements import CONTENT, Kind, Term, statement
from rag.language import language_of, without_accents
from rag.lexicon.analysis import token_terms
from rag.lexicon.scripts import is_run
from rag.quotations import quotations, without_quotations

WORD = re.compile(r"[^\W_]+(?:[-‐‑'’&./][^\W_]+)*")
"""A word, an identifier, a number: what ``forms_of`` takes."""
_SPACE = re.compile(r"\s+")
_SHORTEST_START = 3
_PARTICLE = re.compile("[\u3041-\u309f]")
"""Hiragana: what joins the words of a Japanese sentence, for the most."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOCUMENTS = _words(
    """
    document documents file files paper papers text texts page pages report reports contract contracts agreement
    agreements letter letters invoice invoices email emails e-mail e-mails mail mails message messages note notes
    article articles study studies memo memos presentation presentations book books policy policies protocol
    protocols filing filings form forms manual manuals record records passage passages chapter chapters slide
    slides documents fichier fichiers texte textes rapport rapports contrat contrats accord accords lettre lettres
    facture factures courriel courriels étude études livre livres passage note notes protocole protocoles dossier
    dossiers documento documenti testo testi rapporto rapporti relazione relazioni contratto contratti accordo
    accordi lettera lettere fattura fatture messaggio messaggi nota note articolo articoli studio studi libro
    libri protocollo protocolli dokument dokumente dokumenten datei dateien text texte texten bericht berichte
    berichten vertrag verträge verträgen vereinbarung vereinbarungen brief briefe briefen rechnung rechnungen
    nachricht nachrichten notiz notizen artikel artikeln studie studien buch bücher protokoll protokolle
    unterlagen documentos archivo archivos texto textos página páginas informe informes contrato contratos acuerdo
    acuerdos carta cartas factura facturas mensaje mensajes artículo artículos estudio estudios libros protocolos
    expediente
    """
)
"""What the documents that are looked through are called."""

_ASKING = _words(
    """
    find found list show shows showing shown give search look tell please want need see me all every each any
    which what where who there exist mention mentions mentioned mentioning contain contains contained containing
    say says said saying state states stated stating talk talks talking discuss discusses discussed discussing
    describe describes described describing refer refers referred referring deal deals dealing concern concerns
    concerning include includes included including cover covers covering speak speaks speaking appear appears
    regarding about have has having name names named trouve trouver trouvez liste lister montre montrer montrez
    cherche chercher parle parlent parlant mentionne mentionnent mentionné mentionnée contient contiennent dit
    disent évoque évoquent traite traitent concerne concernent concernant indique indiquent décrit décrivent sujet
    propos ayant ont trova trovare elenca elencare mostra mostrare cerca cercare parla parlano menziona menzionano
    menzionato contiene contengono dice dicono tratta trattano riguarda riguardano descrive descrivono indica
    indicano hanno citano cita finde finden liste zeige zeigen suche suchen erwähnt erwähnen erwähnte enthält
    enthalten enthaltene sagt sagen spricht sprechen handelt handeln beschreibt beschreiben betrifft betreffen
    bezüglich haben nennt nennen gibt encuentra encontrar busca buscar muestra mostrar lista listar menciona
    mencionan mencionado contiene contienen dice dicen habla hablan trata tratan describe describen indica indican
    tienen sobre acerca let lets provide provides providing
    """
)
"""How it is asked what a document says."""

_WHICH = _words(
    """
    which what all every each quel quels quelle quelles tous toutes chaque quale quali tutti tutte ogni welche welcher
    welches welchen alle jede jeder qué cuáles todos todas cada
    """
)
"""What a kind of document, or of whom documents are about, stands behind: "which patients"."""
_WITH = _words(
    """
    with about that which who where whose avec sur qui dont où con su che dove cui mit über die der das wo que donde
    """
)
"""What stands behind a kind of document where the question is none: "patients with asthma"."""
_TITLES = _words("mr mrs ms dr prof herr herrn frau monsieur madame mme signor signora sig señor señora sr sra")
"""What stands before a name, or not."""
_OF_WHICH = _words("with of by from for to de du des avec par pour von vom mit für an di del della con per da por para")
"""What stands between a kind of document and whose it is: "the contracts with Acme"."""


@dataclasses.dataclass(frozen=True)
class SoughtWord:
    """A word that is to be there; ``start`` is what each of its inflections begins with, without accents.

    ``is_tied``: nothing stands between it and the sought word before it. ``is_name``: it is written as names are.
    ``is_of_document``: it says which documents are meant, so it may stand anywhere in one, in its name too.
    ``is_kind``: it says of what kind they are, or who they are about, which documents needn't say themselves.
    """

    word: str
    language: str
    start: str
    is_name: bool = False
    is_tied: bool = False
    is_of_document: bool = False
    is_kind: bool = False

    def forms(self, language: str) -> frozenset[str]:
        """What it is in any inflection, in its own language and in that of a document."""
        return forms_of(self.word, self.language) | forms_of(self.word, language)


@dataclasses.dataclass(frozen=True)
class Sought:
    """What is to be there: words, figures, and phrases to the letter (see ``phrase_of``), none of them twice.

    ``is_negated``: it is asked for what isn't so. ``language`` is the question's, "" where nobody knows it.
    """

    words: tuple[SoughtWord, ...]
    figures: tuple[Figure, ...]
    phrases: tuple[str, ...]
    is_negated: bool
    language: str

    @property
    def starts(self) -> tuple[str, ...]:
        """What each word begins with, in the order of the words."""
        return tuple(word.start for word in self.words)


def sought_in(question: str, language: str = "") -> Sought:
    """What ``question`` wants; ``language`` is that of who asks, for questions that don't tell theirs."""
    spoken = language_of(question) or language
    phrases = quotations(question)
    said = statement(without_quotations(question))
    content = [term for term in said.terms if term.kind in CONTENT]
    begin = _frame_end(said.text, said.terms)
    kind = _kind(said.text, said.terms, begin)
    if kind is not None:
        begin = _frame_end(said.text, [term for term in said.terms if term.start > kind.start])
    wanted = [term for term in content if term.start >= begin]
    of_document = _of_document(said.text, wanted, begin)
    if of_document:
        begin = _frame_end(said.text, [term for term in said.terms if term.start > of_document[-1].start])
        wanted = [term for term in content if term.start >= begin]
    wanted = _without_asking_at_the_end(said.text, wanted) or wanted
    if not wanted and not phrases:  # "the contracts with Acme", "Which contracts mention reports?"
        wanted, of_document, kind = of_document or content[-1:], [], None
    words: dict[str, SoughtWord] = {}
    last = None
    for term in [*([kind] if kind is not None else []), *of_document, *wanted]:
        word = _raw(said.text, term)
        is_word = term.kind is not Kind.FIGURE or term in of_document
        if is_word and word and not _PARTICLE.search(word) and word.casefold() not in _TITLES:
            is_tied = last is not None and not said.text[last : term.start].strip(" -")
            is_name = term.kind is Kind.NAME
            made = SoughtWord(
                word, spoken, start_of(word, spoken), is_name, is_tied, term in of_document, is_kind=term is kind
            )
            words.setdefault(made.start, made)
            last = term.start + len(word)
    return Sought(
        words=tuple(words.values()),
        figures=tuple(term.figure for term in wanted if term.figure is not None),
        phrases=tuple(dict.fromkeys(filter(None, map(phrase_of, phrases)))),
        is_negated=any(term.kind is Kind.NEGATION for term in said.terms),
        language=spoken,
    )


@functools.lru_cache(maxsize=1 << 14)
def forms_of(word: str, language: str) -> frozenset[str]:
    """What ``word`` is in any inflection: two words that share one are the same."""
    composed = unicodedata.normalize("NFC", word).lower()
    return frozenset((*token_terms(composed, language), without_accents(composed)))


def start_of(word: str, language: str) -> str:
    """What every inflection of ``word`` begins with, in lower case and without accents."""
    whole = without_accents(word)
    if any(map(str.isdigit, whole)):
        return whole
    start = whole[: min(map(len, forms_of(word, language)), default=0)]
    return start[:-1] if len(start) > _SHORTEST_START and start[-1] in "aeiouy" else start


def phrase_of(text: str) -> str:
    """``text`` as phrases are compared: lower case, one space between words."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()


def _raw(text: str, term: Term) -> str:
    found = WORD.match(text, term.start)
    word = found[0] if found is not None else ""
    return word[:2] if is_run(word) else word


def _lower(text: str, term: Term) -> str:
    return unicodedata.normalize("NFC", _raw(text, term)).casefold()


def _frame_end(text: str, terms: Sequence[Term]) -> int:
    """Where what is sought begins: behind the words that ask, and those that name kinds of documents."""
    for term in terms:
        is_asking = term.kind is not Kind.FIGURE and _lower(text, term) in _DOCUMENTS | _ASKING
        if term.kind in CONTENT and not is_asking:
            return term.start
    return len(text)


def _kind(text: str, terms: Sequence[Term], begin: int) -> Term | None:
    """The word that names a kind of document: the first, behind "which", or before "with"."""
    term = next((term for term in terms if term.start == begin), None)
    if term is None or term.kind is not Kind.WORD:
        return None
    before = WORD.findall(text[:begin])
    behind = WORD.search(text, begin + len(_raw(text, term)))
    is_asked = bool(before) and before[-1].casefold() in _WHICH
    is_narrowed = not before and behind is not None and behind[0].casefold() in _WITH
    return term if is_asked or is_narrowed else None


def _without_asking_at_the_end(text: str, terms: Sequence[Term]) -> list[Term]:
    """Without "mentioned" in "Where is a bird strike mentioned?"."""
    kept = list(terms)
    while kept and kept[-1].kind is not Kind.FIGURE and _lower(text, kept[-1]) in _ASKING:
        kept.pop()
    return kept


def _of_document(text: str, wanted: Sequence[Term], begin: int) -> list[Term]:
    """The names and years that say which documents are meant: "Acme" of "the contracts with Acme"."""
    before = WORD.findall(text[:begin])
    if len(before) < 2 or before[-1].casefold() not in _OF_WHICH or before[-2].casefold() not in _DOCUMENTS:
        return []
    names: list[Term] = []
    end = begin
    for term in wanted:
        is_which = term.kind is Kind.NAME or (term.figure is not None and term.figure.is_period)
        if not is_which or WORD.search(text, end, term.start):
            break
        names.append(term)
        end = term.start + len(_raw(text, term))
    return names
