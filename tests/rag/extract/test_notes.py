import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import LibraryProblem, PhialError
from rag.extract.limits import PART_CHARACTERS
from rag.extract.notes import decode, markdown_headings, plain_links, read_note, split_front_matter
from tests.rag.extract.making import read, written

pytestmark = pytest.mark.usefixtures("one_parser")

ITALIAN = "Perché la città è così? Il caffè costa già di più, però il tè no. " * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_note_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "nota.txt", ITALIAN.encode(encoding))
    info, pages = read(path)
    assert (info.format, info.title, info.pages) == ("text", "nota", 1)
    assert [(page.number, page.text) for page in pages] == [(1, ITALIAN)]


def test_other_alphabets_without_a_mark() -> None:
    russian = "Вода в реке была холодной, и никто не хотел входить в неё первым. " * 20
    japanese = "川の水は冷たく、だれも最初に入ろうとはしなかった。" * 20
    assert decode(russian.encode("cp1251"), Path("a")) == russian
    assert decode(japanese.encode("shift_jis"), Path("a")) == japanese
    polish = "Zażółć gęślą jaźń, to nie jest trudne. Święta są później niż zwykle. " * 20
    assert decode(polish.encode("cp1250"), Path("a")) == polish
    french = "Où est né le garçon ? À l’été, “déjà” français, mon œuvre. "
    assert decode(french.encode("cp1252"), Path("a")) == french


def test_bytes_without_any_reading_are_refused() -> None:
    with pytest.raises(PhialError) as caught:
        decode(b"\x81\x8d\x8f\x00\xff\xfe\x90\x9d" * 50, Path("a.txt"))
    assert caught.value.kind is LibraryProblem.TEXT_NOT_TEXT


def test_what_no_reader_sees_is_left_out(tmp_path: Path) -> None:
    content = "one\r\ntwo\rthree\x00 fo\u00adur\x07\ffive\u2028six\ufeff\n".encode() + b"words " * 40
    assert read(written(tmp_path, "a.txt", content))[1][0].text == "one\ntwo\nthree four\n\nfive\nsix\n" + "words " * 40


def test_lone_surrogates_in_wide_text_do_not_pass(tmp_path: Path) -> None:
    content = codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00"
    text = read(written(tmp_path, "a.txt", content))[1][0].text
    text.encode("utf-8")
    assert text.startswith("a")
    assert text.endswith("b")


def test_markdown_headings_stand_where_they_are(tmp_path: Path) -> None:
    text = "# The *first* `one`\n\nwords\n\nSecond\n------\n\n```\n# no heading\n```\n\n> ### quoted\n\n####### no\n#\n"
    _, (page,) = read(written(tmp_path, "a.md", text.encode()))
    assert [(heading.level, heading.text) for heading in page.headings] == [
        (1, "The first one"),
        (2, "Second"),
        (3, "quoted"),
    ]
    assert [page.text[heading.start :].split("\n")[0] for heading in page.headings] == [
        "# The *first* `one`",
        "Second",
        "> ### quoted",
    ]


@pytest.mark.parametrize(
    ("text", "title", "tags", "rest"),
    [
        ("---\ntitle: 'A name'\ntags: [x, y z]\n---\n\n# Head", "A name", ("x", "y", "z"), "# Head"),
        ('+++\ntitle = "Name"\ntags = ["a b", "c"]\n+++\nbody', "Name", ("a", "b", "c"), "body"),
        ("---\ntags: x\n---\nbody", "", ("x",), "body"),
        ("---\ntags:\n  - site/quay\n  - 'wind'\nother: 1\n---\nbody", "", ("site/quay", "wind"), "body"),
        ("---\ntitle: On: colons\ntags: []\n---\nbody", "On: colons", (), "body"),
        ("---\nprose between two rules\n---\nbody", "", (), "---\nprose between two rules\n---\nbody"),
        ("---\ntitle: never closed\nbody", "", (), "---\ntitle: never closed\nbody"),
        ("body\n---\ntitle: x\n---\n", "", (), "body\n---\ntitle: x\n---\n"),
        ("---\ntitle: x\n---", "x", (), ""),
    ],
)
def test_front_matter(text: str, title: str, tags: tuple[str, ...], rest: str) -> None:
    assert split_front_matter(text) == (title, tags, rest)


def test_the_title_of_a_note(tmp_path: Path) -> None:
    assert read_note(written(tmp_path, "a.md", b"---\ntitle: T\n---\n# H"), "markdown")[0].title == "T"
    assert read_note(written(tmp_path, "b.md", b"## no\n# H"), "markdown")[0].title == "H"
    assert read_note(written(tmp_path, "c.md", b"words"), "markdown")[0].title == "c"


def test_tags_of_front_matter_are_found_in_the_text(tmp_path: Path) -> None:
    _, (page,) = read_note(written(tmp_path, "a.md", b"---\ntags: [wind, quay]\n---\n# H\n\nBody #own"), "markdown")
    assert page.text == "#wind #quay\n\n# H\n\nBody #own"
    assert page.headings[0].start == page.text.index("# H")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [[Crane]] and [[Crane|the crane]]", "see Crane and the crane"),
        ("[[Crane#Wind limits]], [[#Wind]], [[Crane#^a1]]", "Crane › Wind limits, Wind, Crane a1"),
        ("![[photo.png]]![[Crane]]", "Crane"),
        ("`[[code]]` and [[x]]", "`[[code]]` and x"),
        ("```bash\nif [[ -f x ]]; then\n```\n[[x]]", "```bash\nif [[ -f x ]]; then\n```\nx"),
        ("[[ not\na link ]] [single]", "[[ not\na link ]] [single]"),
    ],
)
def test_links_of_obsidian_are_read_as_a_person_reads_them(text: str, expected: str) -> None:
    assert plain_links(text) == expected


def test_a_long_text_comes_in_parts_that_hold_all_of_it(tmp_path: Path) -> None:
    text = "word " * 40_000
    info, pages = read(written(tmp_path, "long.txt", text.encode()))
    assert info.pages == len(pages) == 4
    assert "".join(page.text for page in pages) == text
    assert all(len(page.text) <= PART_CHARACTERS for page in pages)


def test_a_long_note_is_divided_before_a_heading(tmp_path: Path) -> None:
    text = "".join(f"# Chapter {number}\n\n{'Words of a sentence. ' * 1000}\n\n" for number in range(9))
    _, pages = read(written(tmp_path, "long.md", text.encode()))
    assert "".join(page.text for page in pages) == text
    assert all(page.text.startswith("# Chapter") for page in pages)
    assert [heading.text for page in pages for heading in page.headings] == [f"Chapter {n}" for n in range(9)]


def test_a_very_long_single_line(tmp_path: Path) -> None:
    text = "word " * 400_000
    _, pages = read(written(tmp_path, "long.md", text.encode()))
    assert "".join(page.text for page in pages) == text


@given(st.text(alphabet="a[]|!`#\n~ "))
def test_links_of_any_text_only_lose_their_marks(text: str) -> None:
    kept = plain_links(text)
    assert len(kept) <= len(text) + 2 * text.count("#")
    assert kept.count("a") == text.count("a") or "[[" in text


@given(st.text(alphabet="#-= \n>*`ab"))
def test_headings_of_any_text_lie_in_it_in_order(text: str) -> None:
    starts = [heading.start for heading in markdown_headings(text)]
    assert starts == sorted(starts)
    assert all(start == 0 or text[start - 1] == "\n" for start in starts)
