"""The table of a frozen folder's sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
import sizes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch = tmp_path / "_internal" / "torch" / "lib"
    torch.mkdir(parents=True)
    (torch / "libtorch.so").write_bytes(b"x" * 3_000_000)
    (tmp_path / "_internal" / "numpy.libs").mkdir()
    (tmp_path / "_internal" / "numpy.libs" / "blas.so").write_bytes(b"x" * 20)
    (tmp_path / "_internal" / "numpy").mkdir()
    (tmp_path / "_internal" / "numpy" / "core.so").write_bytes(b"x" * 4)
    (tmp_path / "_internal" / "libtorch.so").symlink_to(torch / "libtorch.so")
    (tmp_path / "phial").write_bytes(b"x" * 50)
    return tmp_path


def test_files_are_grouped_by_package_and_a_link_is_none(folder: Path) -> None:
    files = sizes.files_by_package(folder)
    named = {package: [path.name for path in paths] for package, paths in files.items()}
    assert named == {"torch": ["libtorch.so"], "numpy": ["core.so", "blas.so"], "phial": ["phial"]}


def test_the_table_has_the_large_the_rest_and_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes.print_table(folder)
    head, large, small, whole = capsys.readouterr().out.splitlines()
    assert head.split() == ["raw", "packed"]
    assert (large.split()[0], large.split()[-1]) == ("3.0", "torch")
    assert float(large.split()[1]) < 0.1  # three million times the same letter
    assert small.endswith("everything smaller")
    assert (whole.split()[0], whole.split()[-2:]) == ("3.0", ["in", "all"])
