"""Where sentences begin and end: rules for English, French, German, Italian and Spanish at once, and CJK full stops.

Pure, and without being told the language: a library mixes them, and so does a page. Lines count as well as full stops:
a bullet, a row of a table and a heading end with their line. Compare the rules of Pragmatic Segmenter (Dias, 2015);
why none of the ready libraries: docs/decisions/0021-sentences-by-our-own-rules.md.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

Span = tuple[int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    # titles and words that always have something behind them
    """
    mr mrs ms dr drs prof st mt gen col capt lt sgt rev hon gov sen rep pres messrs mme mmes mlle mlles mgr
    sig sigg sig.ra sigra dott dott.ssa ing avv geom arch on sr sra srta d.ª dª hrn frl dipl
    e.g eg i.e ie cf cfr vgl vs viz approx ca resp bzw ggf evtl sog insb inkl exkl zzgl abzgl z.b d.h u.a i.d.r m.e
    s.o p.ex p.ej es
    ad.es per.es c.-à-d ndr nb
    """
)
_BEFORE_NUMBER = _words(
    # what a number or a name of a place follows
    """
    p pp pag pagg pág págs s seite no nos nr nrn n n° nº num núm art artt arts al alin abs ziff rz rn ch chap cap capp
    kap sec sect sez secc § fig figg figs abb tab tabl eq eqq eqs gl vol voll vols bd bde ed éd hg hrsg anh ann
    lett lfd co comm c d.lgs dlgs d.l d.p.r dpr par para paras pt pts ref refs ser cat ex bsp aufl jg tel
    """
)
_MAY_BE_LAST = _words(
    # last words of a sentence only where the next one begins as sentences do
    """
    etc ecc usw al inc ltd corp co llc bros jr sr s.a s.p.a spa s.r.l srl gmbh ag u.s u.k u.n e.u u.s.a ee uu a.m p.m am
    pm ph.d m.d b.a m.a d.c a.c b.c a.d jan feb mar apr jun jul aug sep sept oct nov dec janv févr juil déc genn febbr
    ott dic ene abr ago dez okt mai st. ave blvd rd min max std sec hrs ss segg ff f sgg av tél mio mrd
    """
)
_SENTENCE_STARTERS = _words(
    """
    the this these those that there it its he she they we you i in on at by for from with when while if as after before
    although however but and so then our their his her a an no all each some most many to what why how where who
    le la les l un une des il elle ils elles on nous vous ce cette ces cet dans en pour par sur avec quand si mais et
    puis ainsi toutefois cependant selon depuis après avant chaque
    lo gli i uno essa esso essi questo questa questi queste nel nella nei nelle per con su se ma poi tuttavia quando
    dopo prima ogni secondo
    der die das den dem ein eine einer es er sie wir ihr ich dies diese dieser im am bei für mit von zu aus nach wenn
    aber und doch jedoch dann seit vor jede jeder
    el los las una unos unas ella ellos ellas este esta estos estas eso en con por para según cuando pero y sin luego
    después antes cada
    """
)
_NAMED_BY_ORDINAL = _words(
    # what German counts with a full stop: "3. Mai", "2. Auflage"
    """
    januar februar märz april mai juni juli august september oktober november dezember jahrhundert quartal
    jahrtausend rang auflage kapitel abschnitt absatz platz tag jahr woche klasse stock weltkrieg
    """
)
_INITIAL = re.compile(r"[A-Z]\.")
_SPACED_ABBREVIATION = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0\u202f]?)+[^\W\d_]{1,2}$")
"""What is written with or without spaces: "z. B.", "i. d. R.", "p. ex."."""
_UNIT_AT_END = re.compile(r"(?:\d[ \u00a0\u202f]?|\b[^\W\d_]{1,4}[²³]?/)(?:[msghltdaVWAKNJ]|min|sec|hrs)$")
"""A unit behind its number or its slash ("5 m", "km/h"), no initial and no abbreviation of something longer."""
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[A-Z])\b")

_TERMINATOR = re.compile(r"[.!?…]+|[。！？｡]+")
_CLOSERS = re.compile(r"(?:\[\d{1,3}\]|[\"'”’“‘»›)\]」』）】*_]|[ \u00a0\u202f][»›](?=\s|$))*")
_TOKEN_BEFORE = re.compile(r"[^\s(\[{\"'’‘“”«»„/,;:—–]*$")
_OPENERS = " \u00a0\u202f\t\n\"'“”‘’«»„‹›([{¿¡*_"
_LOOK_BACK = 40
"""Characters; no abbreviation is longer."""

_PARAGRAPH_END = re.compile(r"\n[ \t\u00a0]*\n\s*")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+•●▪◦‣·–—○■□☐☒✓➢][ \t]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)][ \t])")
_OWN_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\||```|~~~|(?:[-=*_][ \t]*){3,}$)")
_NUMERIC = re.compile(r"[(\[]?[-+−$€£¥]?[$€£¥]?\d[\d.,'’]*[%)\]]*|[-–—$€£¥%]+|n/?a", re.IGNORECASE)
_CELL_SEPARATOR = " | "
"""Between the cells of a table's row, as readers write it."""
_SHORT_LINE = 0.6
"""A line shorter than this part of its paragraph's longest, without a full stop, is no line of running text."""


def sentence_spans(text: str) -> list[Span]:
    """The sentences of ``text``: spans in order that don't overlap, begin and end without space, and hold all the rest.

    A list item, a heading of Markdown, a row of a table is a sentence of its own.
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        spans.extend(_sentences(text, start, end))
    return spans


def _blocks(text: str) -> Iterator[Span]:
    """Pieces that no sentence crosses: paragraphs, cut at the line ends that mean something."""
    start = 0
    for found in _PARAGRAPH_END.finditer(text):
        yield from _cut_at_lines(text, start, found.start())
        start = found.end()
    yield from _cut_at_lines(text, start, len(text))


def _cut_at_lines(text: str, start: int, end: int) -> Iterator[Span]:
    lines: list[Span] = []
    at = start
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        lines.append((at, line_end))
        at = line_end + 1
    longest = max((line[1] - line[0] for line in lines), default=0)
    block_start = start
    for line, following in itertools.pairwise(lines):
        if _line_ends_sentence(text[slice(*line)], text[slice(*following)], longest):
            yield block_start, line[1]
            block_start = following[0]
    yield block_start, end


def _line_ends_sentence(line: str, following: str, longest: int) -> bool:
    if _OWN_LINE.match(line) or _OWN_LINE.match(following) or _LIST_ITEM.match(following):
        return True
    if _CELL_SEPARATOR in line or _CELL_SEPARATOR in following:
        return True
    first = following.lstrip(_OPENERS)[:1]
    if not first or first.islower():
        return False
    if len(line) < _SHORT_LINE * longest and not line.rstrip().endswith((",", "-", ";")):
        return True
    return _is_table_row(line)


def _is_table_row(line: str) -> bool:
    """Whether a line ends in a number and has at least two of them, or no word at all."""
    cells = line.split()
    numbers = sum(_NUMERIC.fullmatch(cell) is not None for cell in cells)
    return bool(cells) and _NUMERIC.fullmatch(cells[-1]) is not None and (numbers >= 2 or numbers == len(cells))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    sentence_start = start
    for found in _TERMINATOR.finditer(text, start, end):
        closers = _CLOSERS.match(text, found.end(), end)
        after = closers.end() if closers else found.end()
        if found.start() >= sentence_start and _ends_sentence(text, start, found, after, end):
            yield from _trimmed(text, sentence_start, after)
            sentence_start = after
    yield from _trimmed(text, sentence_start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    trimmed = piece.strip()
    if trimmed:
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(trimmed)


def _ends_sentence(text: str, start: int, found: re.Match[str], after: int, end: int) -> bool:
    sign = found[0]
    if sign[0] in "。！？｡":
        return True
    if after >= end or not text[after].isspace():
        return False
    following = text[after : min(end, after + _LOOK_BACK)].lstrip(_OPENERS)
    if not following:
        return True
    if following[0].islower() or following[0] in ".…":  # ". . ." too
        return False
    if sign != ".":
        return True
    before = text[max(start, found.start() - _LOOK_BACK) : found.start()]
    token = _TOKEN_BEFORE.search(before)
    word = token[0] if token else ""
    is_first = not before[: len(before) - len(word)].strip() and found.start() - _LOOK_BACK <= start
    if _UNIT_AT_END.search(before):
        return True
    spaced = _SPACED_ABBREVIATION.search(before)
    if spaced is not None and re.sub(r"\s", "", spaced[0]).casefold() in _NEVER_LAST:
        return False
    return _word_is_last(word, following, is_first=is_first)


def _word_is_last(word: str, following: str, *, is_first: bool) -> bool:
    """Whether a full stop behind ``word`` ends the sentence, when ``following`` begins with no small letter."""
    key = word.casefold()
    next_word = re.match(r"\w*", following)
    next_key = next_word[0].casefold() if next_word else ""
    if key in _NEVER_LAST or word in {"M", "MM"}:  # "M. Le Goff", but "5 m. The"
        return False
    if key in _BEFORE_NUMBER and (following[0].isdigit() or _names_a_part(following, next_key)):
        return False
    if word.isdigit():
        # "1. First" in a list, "3. Mai" in German; "in 2020. The" ends.
        return not is_first and not (len(word) <= 2 and next_key.removesuffix("s") in _NAMED_BY_ORDINAL)
    is_initials = re.fullmatch(r"(?:[^\W\d_]\.)*-?[^\W\d_]", word) is not None
    if is_initials or key in _MAY_BE_LAST:
        return next_key in _SENTENCE_STARTERS and _INITIAL.match(following) is None
    return True


def _names_a_part(following: str, next_key: str) -> bool:
    """Whether a Roman number or a single letter comes next ("fig. B"), and no sentence ("modern art. I went")."""
    return _ROMAN_OR_LETTER.match(following) is not None and next_key not in _SENTENCE_STARTERS
