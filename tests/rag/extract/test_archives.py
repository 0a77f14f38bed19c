import zipfile
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract import archives
from rag.extract.archives import Archive, parse_xml
from rag.extract.limits import SMALLEST_SUSPECT
from tests.rag.extract.making_formats import make_zip


def refusal(path: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as caught, Archive(path) as archive:
        archive.read(archive.names[0])
    assert isinstance(caught.value.kind, LibraryProblem)
    return caught.value.kind


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    make_zip(tmp_path / "a", [("word/media/image.png", bytes(SMALLEST_SUSPECT + 1))])
    assert refusal(tmp_path / "a") is LibraryProblem.FILE_UNPACKS_TOO_LARGE
    make_zip(tmp_path / "b", [("small.xml", bytes(SMALLEST_SUSPECT // 8))])
    with Archive(tmp_path / "b") as archive:
        assert archive.has("small.xml")


@pytest.mark.parametrize(
    ("limit", "most"),
    [("MOST_ENTRIES", 2), ("MOST_EXPANDED_BYTES", 29), ("MOST_ENTRY_BYTES", 9), ("MOST_MARKUP_BYTES", 19)],
)
def test_each_limit_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    make_zip(tmp_path / "a", [("a.xml", "x" * 10), ("b.XHTML", "x" * 10), ("c", "x" * 10)])
    with Archive(tmp_path / "a"):
        pass
    monkeypatch.setattr(archives, limit, most)
    assert refusal(tmp_path / "a") is LibraryProblem.FILE_UNPACKS_TOO_LARGE


def test_an_entry_gives_no_more_than_its_directory_says(tmp_path: Path) -> None:
    path = tmp_path / "a"
    make_zip(path, [("a.xml", b"x" * 5_000_000)])
    content = path.read_bytes()
    size = (5_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (100).to_bytes(4, "little")))
    assert refusal(path) is LibraryProblem.FILE_BROKEN


def test_an_encrypted_entry_says_so(tmp_path: Path) -> None:
    make_zip(tmp_path / "a", [("a.xml", "words")])
    content = bytearray((tmp_path / "a").read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a").write_bytes(content)
    assert refusal(tmp_path / "a") is LibraryProblem.OFFICE_ENCRYPTED


def test_what_is_no_container_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK\x03\x04 and nothing else")
    assert refusal(tmp_path / "a") is LibraryProblem.FILE_BROKEN
    assert refusal(tmp_path / "none") is LibraryProblem.PATH_MISSING
    with zipfile.ZipFile(tmp_path / "b", "w") as archive:
        archive.writestr("a.xml", "words")
    with pytest.raises(PhialError) as caught, Archive(tmp_path / "b") as opened:
        opened.read("missing.xml")
    assert caught.value.kind is LibraryProblem.FILE_BROKEN


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (b"<a>", LibraryProblem.FILE_BROKEN),
        (b"", LibraryProblem.FILE_BROKEN),
        (b"<!DOCTYPE a><a/>", LibraryProblem.XML_REFUSED),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", LibraryProblem.XML_REFUSED),
        (b"<a>" * 300 + b"</a>" * 300, LibraryProblem.FILE_BROKEN),
    ],
)
def test_xml_that_is_not_taken(xml: bytes, kind: LibraryProblem) -> None:
    with pytest.raises(PhialError) as caught:
        parse_xml(xml, Path("a.xml"))
    assert caught.value.kind is kind


def test_lenient_xml_expands_nothing() -> None:
    root = parse_xml(
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>x&b;<p>y</a>", Path("a"), is_lenient=True
    )
    assert "".join(root.itertext("a", "p")) == "xy"
