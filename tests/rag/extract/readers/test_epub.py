from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from tests.rag.extract.making_formats import make_epub
from tests.rag.extract.readers.reading import info_of, pages_of


def test_chapters_have_the_titles_of_the_contents(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    make_epub(path, [("One", "<p>1</p>"), ("Two", "<h1>The second</h1><p>2</p>"), ("", "<p>3</p>"), ("Cover", "")])
    assert [(page.label, page.text) for page in pages_of(path)] == [
        ("One", "# One\n\n1"),
        ("Two", "# The second\n\n2"),
        ("", "3"),
    ]
    assert info_of(path).title == "Alder Quay"


def test_a_chapter_that_says_its_title_in_plain_words_says_it_once(tmp_path: Path) -> None:
    make_epub(tmp_path / "a.epub", [("One", "<p class='h'>One</p><p>words</p>")])
    assert [page.text for page in pages_of(tmp_path / "a.epub")] == ["# One\n\nwords"]


def test_a_long_chapter_is_several_pages_of_one_label(tmp_path: Path) -> None:
    make_epub(tmp_path / "a.epub", [("One", f"<p>{'Words. ' * 100}</p>" * 100), ("Two", "<p>end</p>")])
    assert [(page.number, page.label) for page in pages_of(tmp_path / "a.epub")] == [(1, "One"), (2, "One"), (3, "Two")]


def test_entities_lead_nowhere(tmp_path: Path) -> None:
    prolog = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbb">]>'
    make_epub(tmp_path / "a.epub", [("One", "<p>x &a;&b; y&nbsp;z</p>")], prolog)
    assert [page.text for page in pages_of(tmp_path / "a.epub")] == ["# One\n\nx &a;&b; y z"]


@pytest.mark.parametrize(
    ("method", "is_locked"),
    [("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True), ("http://ns.adobe.com/pdf/enc#RC", False)],
)
def test_a_protected_book_says_so_but_scrambled_fonts_are_no_protection(
    tmp_path: Path, method: str, is_locked: bool
) -> None:
    encryption = f"<encryption><EncryptedData><EncryptionMethod Algorithm='{method}'/></EncryptedData></encryption>"
    make_epub(tmp_path / "a.epub", more=[("META-INF/encryption.xml", encryption)])
    if not is_locked:
        assert len(pages_of(tmp_path / "a.epub")) == 2
        return
    with pytest.raises(PhialError) as caught:
        pages_of(tmp_path / "a.epub")
    assert caught.value.kind is LibraryProblem.EPUB_PROTECTED


def test_an_epub_2_with_its_own_table_of_contents(tmp_path: Path) -> None:
    import zipfile

    path, old = tmp_path / "a.epub", tmp_path / "new.epub"
    make_epub(old)
    ncx = (
        "<!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' 'http://www.daisy.org/z3986/2005/ncx-2005-1.dtd'><ncx>"
        "<navMap><navPoint><navLabel><text>The second</text></navLabel><content src='chapter2.xhtml#a'/></navPoint>"
        "</navMap></ncx>"
    )
    with zipfile.ZipFile(old) as new, zipfile.ZipFile(path, "w") as archive:
        for name in new.namelist():
            content = new.read(name).decode()
            if name.endswith(".opf"):
                content = content.replace("<spine>", "<spine toc='ncx'>").replace('properties="nav"', "")
                content = content.replace("</manifest>", "<item id='ncx' href='toc.ncx'/></manifest>")
            archive.writestr(name, content)
        archive.writestr("book/toc.ncx", ncx)
    assert [page.label for page in pages_of(path)] == ["", "The second"]
