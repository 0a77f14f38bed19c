"""What differs between two builds."""

from __future__ import annotations

from pathlib import Path

import compare
import pytest


def test_bytes_rights_links_and_missing_files_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "same").write_text("same", encoding="utf-8")
        (folder / "bytes").write_text(name, encoding="utf-8")
        (folder / "rights").touch(0o644)
        (folder / "link").symlink_to(name)
        (folder / f"only-{name}").touch()
    (tmp_path / "other" / "rights").chmod(0o755)
    assert compare.main([str(tmp_path / "one"), str(tmp_path / "other")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "only in the first: only-one", "only in the second: only-other", "differs: bytes", "differs: link",
        "differs: rights", "5 files, 5 differences",
    ]  # fmt: skip
    assert compare.main([str(tmp_path / "one"), str(tmp_path / "one")]) == 0
    assert capsys.readouterr().out.startswith("Nothing differs.")
