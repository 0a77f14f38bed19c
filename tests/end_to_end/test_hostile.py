"""A folder of good, hostile and strange files through the real library: the summary accounts for each of them."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from rag.errors import LANGUAGES, describe
from rag.library import Library
from rag.protocol import DocumentState, Indexed
from tests.rag.extract import making_hostile, making_hostile_formats
from tests.rag.extract.making import encrypted, make_pdf, text_page
from tests.rag.extract.making_formats import ALL, SENTENCE, make_text

PDFS = ("the end is missing", "a count beyond all measure", "a page tree of 2,000 levels", "a glyph that draws itself")
DOCUMENTS = (
    "a DOCX that unpacks to too much", "a DOCX of thirty thousand entries", "entities that multiply in an ODT",
    "a picture that claims 100,000 by 100,000", "an entry larger than its directory says",
    "groups in groups in an RTF", "parts in parts", "a sheet with a cell beyond all corners", "a TIFF in a circle",
)  # fmt: skip
TEXTS = ("nothing", "two gigabytes after some text", "escapes of a terminal")


def fill(folder: Path) -> dict[str, str]:
    """Write the files; give what must come of each by name: a state, or the kind of a reason."""
    expected: dict[str, str] = {}
    for number, form in enumerate(ALL):
        form.make(folder / f"good {number}{form.suffix}")
        expected[f"good {number}{form.suffix}"] = "ready"
    for number, name in enumerate(PDFS):
        making_hostile.PDFS[name][0](folder / f"pdf {number}.pdf")
        expected[f"pdf {number}.pdf"] = ""
    for number, name in enumerate(DOCUMENTS):
        suffix, make = {**making_hostile_formats.REFUSED, **making_hostile_formats.READ_OR_REFUSED}[name]
        make(folder / f"document {number}{suffix}")
        expected[f"document {number}{suffix}"] = ""
    for number, name in enumerate(TEXTS):
        suffix, make, reason = making_hostile.TEXTS[name]
        make(folder / f"text {number}{suffix}")
        expected[f"text {number}{suffix}"] = str(reason)
    (folder / "locked.pdf").write_bytes(encrypted(make_pdf([text_page("words")]), "secret"))
    expected["locked.pdf"] = "pdf_encrypted"
    for name in ("two\nlines.txt", os.fsdecode(b"no \xff\xfe encoding.txt"), unicodedata.normalize("NFD", "été.txt")):
        make_text(folder / name, f"{SENTENCE} {len(expected)}")  # no two alike, or they would be one document
        expected[name] = "ready"
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "program.exe").write_bytes(b"MZ" + bytes(100))
    expected |= {
        "pipe.txt": "path_not_a_file", "loop.txt": "path_missing", "nowhere.txt": "path_missing",
        "device.txt": "path_not_a_file", "program.exe": "format_unknown",
    }  # fmt: skip
    return expected


@pytest.mark.skipif(sys.platform == "win32", reason="files that can't be there")
def test_each_file_of_a_hostile_folder_is_accounted_for(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    expected = fill(folder)
    with Library.open(tmp_path / "home") as library:
        *_, last = library.index([str(folder)])
        assert isinstance(last, Indexed)
        found = {os.path.relpath(file.path, folder): file for file in last.files}
        assert set(found) == set(expected)
        for name, file in found.items():
            assert file.state.is_settled, name
            reason = file.reason.kind if file.reason is not None else ""
            assert reason or file.state is DocumentState.READY, name
            assert expected[name] in {"", reason or file.state.value}, (name, file)
            for language in LANGUAGES if file.reason is not None else ():
                assert "?" not in describe(file.reason, language).title, (name, reason)
        good = [file for name, file in found.items() if expected[name] == "ready"]
        # The good files are there whatever lay beside them, and so are their words.
        # What says the same is shown once, with the others named.
        passages = [passage for passage in library.search(SENTENCE, limit=40) if SENTENCE[:20] in passage.text]
        named = {path for passage in passages for path in (passage.path, *passage.also_in)}
        assert {file.path for file in good} <= named
        assert library.is_vector_index_sound()
        again = library.index([str(folder)])
        *_, last = again
        assert isinstance(last, Indexed)
        assert {file.path: file.state for file in last.files} == {file.path: file.state for file in found.values()}
