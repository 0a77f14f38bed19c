from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.blocks import laid_out
from rag.extract.html_blocks import html_blocks, xhtml_as_html
from tests.rag.extract.making_formats import make_html
from tests.rag.extract.readers.reading import info_of, text_of


def text(markup: str, *, is_whole_page: bool = False) -> str:
    return laid_out(html_blocks(markup, is_whole_page=is_whole_page))[0]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a&nbsp;b &amp; <b>c</b>d<p>e", "a b & cd\n\ne"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul><ol start=1><li>d<li>e</ol>", "- a\n  - b\n- c\n1. d\n2. e"),
        ("<ul><li><p>a</p><p>more</p><li>b</ul>", "- a\n  more\n- b"),
        ("<dl><dt>Height<dd>42 m<dt>Built<dd>1958</dl>", "- Height: 42 m\n- Built: 1958"),
        ("<h2>A <i>head</i></h2>words", "## A head\n\nwords"),
        ("<pre>a  b\n  c</pre>", "```\na  b\n  c\n```"),
        ("<pre>```\nx</pre>", "````\n```\nx\n````"),
        ("<script>bad()</script><style>p{}</style><template>t</template><p>good", "good"),
        ("<p hidden>no</p><p style='display: none'>no</p><p>yes", "yes"),
        ("<svg><title>no</title><text>no</text></svg>yes", "yes"),
        ("a<!-- <p>no -->b", "ab"),
        ("<b><i>x" * 3, "xxx"),
    ],
)
def test_what_a_person_reads(markup: str, expected: str) -> None:
    assert text(markup) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<tr><th>Place<th>Wind</tr><tr><td>Quay<td>38</tr><tr><td>Mast<td></tr>",
            "- Place: Quay; Wind: 38\n- Place: Mast",
        ),
        (
            "<thead><tr><td rowspan=2>A<td colspan=2>B</tr><tr><td>C<td>D</thead><tr><td>1<td>38<td>20</tr>",
            "- A: 1; B C: 38; B D: 20",
        ),
        (
            "<tr><th>Place<th colspan=2>Wind</tr><tr><th><th>gust<th>mean</tr><tr><td>Quay<td>38<td>20</tr>",
            "- Place: Quay; Wind gust: 38; Wind mean: 20",
        ),
        (
            "<tr><th>Place<th>Year<th>Wind</tr><tr><td rowspan=2>Quay<td>2018<td>30</tr><tr><td>2019<td>38</tr>",
            "- Place: Quay; Year: 2018; Wind: 30\n- Place: Quay; Year: 2019; Wind: 38",
        ),
        ("<tr><td>Height<td>tall</tr><tr><td>Colour<td>red</tr>", "- Height: tall\n- Colour: red"),
        ("<caption>Winds</caption><tr><th>A<th>B</tr><tr><td>1<td>2</tr>", "Winds\n\n- A: 1; B: 2"),
        ("<tr><td>only one cell</tr>", "only one cell"),
        ("<tr><td><h2>Laid</h2><td>out</tr>", "## Laid\n\nout"),
        ("<tr><td colspan=99999999>x<td>y</tr><tr><td>a</tr>", "- x: y\n- a"),
    ],
)
def test_tables_keep_cells_with_their_headers(table: str, expected: str) -> None:
    assert text(f"<table>{table}</table>") == expected


def test_around_the_text_of_a_web_page(tmp_path: Path) -> None:
    body = (
        "<header><a>Home</a></header><nav>Menu</nav><div role='search'>Find</div><aside>Adverts</aside>"
        "<article><header><h1>Wind</h1></header><p>The text.</p><footer>Ada</footer></article><footer>Imprint</footer>"
    )
    path = tmp_path / "a.html"
    make_html(path, body)
    assert text_of(path) == "# Wind\n\nThe text.\n\nAda"
    assert info_of(path).title == "Crane"
    make_html(path, body.replace("article", "div"))
    assert text_of(path) == "# Wind\n\nThe text."
    make_html(path, "<nav>Nothing but a menu</nav>")
    assert text_of(path) == "Nothing but a menu"


def test_parts_of_a_page_that_is_no_web_page_are_kept() -> None:
    assert text("<aside>A note</aside><p>words") == "A note\n\nwords"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("<meta charset=windows-1251>", "cp1251"), ("<meta http-equiv=x content='text/html; charset=Shift_JIS'>", "cp932"),
     ("", "utf-8"), ("", "utf-16"), ("<meta charset=nonsense>", "utf-8"), ("<meta charset='iso-8859-1'>", "cp1252")],
)  # fmt: skip
def test_a_page_in_the_encoding_it_declares(tmp_path: Path, declared: str, encoding: str) -> None:
    words = {"cp1251": "Вода в реке", "cp932": "川の水", "cp1252": "“Perché” – così"}.get(encoding, "Perché Вода 川")
    path = tmp_path / "a.html"
    path.write_bytes(f"<html>{declared}<body><p>{words}</p>".encode(encoding))
    assert text_of(path) == words


def test_empty_elements_of_xhtml_end_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.xhtml"
    path.write_text(
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x 'y'>]><html xmlns='http://www.w3.org/1999/xhtml'>"
        "<head><title/><script src='x'/></head><body><h2 id='a'/><p>One &eacute;.</p><b/>two</body></html>"
    )
    assert text_of(path) == "One é.\n\ntwo"
    assert xhtml_as_html("<br/><p/><i>") == "<br/><p></p><i>"
    assert xhtml_as_html("<" + "a" * 100_000) == "<" + "a" * 100_000


def test_nesting_without_end_costs_the_nesting_not_the_text() -> None:
    # The parser's time grows with the square of the depth: with this one it would be minutes (found by fuzzing).
    term = "<dl><dt>Term<dd>Meaning"
    read = text(f"<style>p{{}}</style><p>Before</p>{term * 100_000}", is_whole_page=True)
    assert read.count("Meaning") == 100_000
    assert read.startswith("Before")


def test_depth_is_no_danger() -> None:
    assert text("<div>" * 5_000 + "words" + "</div>" * 5_000) == "words"
    assert text("<table><tr><td>" * 200 + "words") == "words"


@given(st.text(alphabet="<>/abptdhrlioue1 &;=\"'\n"), st.booleans())
def test_any_markup_has_a_reading(markup: str, is_whole_page: bool) -> None:
    found = text(markup, is_whole_page=is_whole_page)
    assert found == found.strip()
    assert "\n\n\n" not in found or "```" in found
