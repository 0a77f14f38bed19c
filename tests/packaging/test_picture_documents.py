"""The documents for the pictures are what the pictures are to show."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from picture_documents import MIXED_NAME, make_documents


def test_one_is_mixed_one_is_locked_one_is_torn(tmp_path: Path) -> None:
    folder = make_documents(tmp_path / "Permits")
    assert len(list(folder.iterdir())) == 3
    mixed = pypdf.PdfReader(folder / MIXED_NAME)
    has_text = [bool(page.extract_text().strip()) for page in mixed.pages]
    assert has_text == [True, True, True, False, False, False, True]
    assert [len(page.images) for page in mixed.pages] == [0, 0, 0, 1, 1, 0, 0]
    assert pypdf.PdfReader(folder / "Wages (locked).pdf").is_encrypted
    with pytest.raises(pypdf.errors.PyPdfError):
        pypdf.PdfReader(folder / "Torn in the mail.pdf", strict=True)
