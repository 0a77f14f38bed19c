"""The SBOM names every part of a folder with its licence and the hash of each of its files, by CycloneDX's schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import sbom
from sbom import main

PARTS: list[dict[str, Any]] = [
    {"name": "phial", "version": "0.1.0", "licence": "MIT", "home": "", "package": "phial", "source": "",
     "files": ["assets/a.json"], "modules": ["rag"], "inside": [], "texts": ["phial.txt"], "offer": ""},
    {"name": "The_Thing", "version": "1.0", "licence": "Apache-2.0 OR MIT", "home": "https://thing.example",
     "package": "The_Thing", "source": "https://pypi.org/project/The_Thing/1.0/#files",
     "files": ["The_Thing-1.0.dist-info/METADATA", "thing/thing.so"], "modules": [],
     "inside": [["deep", "2", "Zlib"]], "texts": ["thing.txt"], "offer": ""},
    {"name": "libselinux", "version": "3.4-1", "licence": "LicenseRef-Public-Domain", "home": "",
     "package": "libselinux", "source": "https://one.example/1 ; https://two.example/2",
     "files": ["libselinux.so.1", "libselinux.so"], "modules": [], "inside": [], "texts": ["libselinux.txt"],
     "offer": ""},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "phial" / "_internal"
    for part in PARTS:
        for file in part["files"]:
            path = inner / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file, encoding="utf-8")
    (inner / "libselinux.so").unlink()
    (inner / "libselinux.so").symlink_to("libselinux.so.1")
    (inner / "assets" / "licences.json").write_text(json.dumps({"parts": PARTS}), encoding="utf-8")
    return tmp_path / "phial"


def test_each_part_is_named_with_licence_and_hashes(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "dist" / "phial.cdx.json"
    assert main([str(folder), str(target)]) == 0
    bom = json.loads(target.read_text(encoding="utf-8"))
    assert bom["metadata"]["component"]["name"] == "phial"
    components = {one["name"]: one for one in bom["components"]}
    thing = components["The_Thing"]
    assert thing["purl"] == "pkg:pypi/the-thing@1.0"
    assert thing["licenses"] == [{"expression": "Apache-2.0 OR MIT"}]
    within = {one["name"]: one for one in thing["components"]}
    assert within["deep"]["licenses"] == [{"license": {"id": "Zlib"}}]
    assert within["thing/thing.so"]["hashes"] == [
        {"alg": "SHA-256", "content": hashlib.sha256(b"thing/thing.so").hexdigest()}
    ]
    selinux = components["libselinux"]
    assert [one["name"] for one in selinux["components"]] == ["libselinux.so.1"]  # a link is no file of its own
    assert [one["url"] for one in selinux["externalReferences"]] == ["https://one.example/1", "https://two.example/2"]


def test_the_same_folder_gives_the_same_sbom_another_another(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    first, second, third = (tmp_path / f"{name}.json" for name in ("first", "second", "third"))
    main([str(folder), str(first)])
    main([str(folder), str(second)])
    (folder / "_internal" / "thing" / "thing.so").write_bytes(b"changed")
    main([str(folder), str(third)])
    assert first.read_bytes() == second.read_bytes()
    serials = {json.loads(path.read_text("utf-8"))["serialNumber"] for path in (first, third)}
    assert len(serials) == 2
    assert json.loads(first.read_text("utf-8"))["metadata"]["timestamp"] == "2027-01-15T08:00:00+00:00"


def test_an_sbom_that_is_not_valid_is_not_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sbom, "sbom", lambda parts, inner: '{"bomFormat": "CycloneDX", "components": [{}]}')
    target = tmp_path / "phial.cdx.json"
    assert main([str(folder), str(target)]) == 1
    assert "not valid" in capsys.readouterr().out
    assert not target.exists()
