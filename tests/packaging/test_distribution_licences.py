"""The licence of a distribution is what its metadata says clearly, or what a person read; nothing is guessed."""

from __future__ import annotations

import importlib.metadata
import json
from email.message import Message
from pathlib import Path

import pytest
from distribution_licences import inside_of, licence_of, plain
from licences import may_be_shipped

from desktop.licences import parts


def metadata(**fields: str | list[str]) -> Message:
    """The metadata of a distribution."""
    about = Message()
    for name, values in {"Name": "thing", **fields}.items():
        for value in [values] if isinstance(values, str) else values:
            about[name.replace("_", "-")] = value
    return about


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License_Expression": "MIT AND 0BSD", "License": "BSD"}, "MIT AND 0BSD"),
        ({"License": "Apache License, Version 2.0"}, "Apache-2.0"),
        ({"License": "BSD 2-Clause License\n\nCopyright …"}, "BSD-2-Clause"),
        ({"Classifier": ["License :: OSI Approved", "License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"License": "BSD", "Classifier": "License :: OSI Approved :: BSD License"}, ""),
        ({"Classifier": ["License :: OSI Approved :: MIT License", "License :: Public Domain"]}, ""),
        ({"Name": "Jinja2", "License": "whatever"}, "BSD-3-Clause"),
        ({}, ""),
    ],
)
def test_the_licence_is_what_is_clearly_said(fields: dict[str, str | list[str]], licence: str) -> None:
    assert licence_of(metadata(**fields)) == licence


def test_everything_that_phial_needs_has_a_licence_under_which_it_may_be_shipped() -> None:
    # Those that stay out of the frozen folder (torch and what it needs, Chroma's server) are not asked.
    stay_out = {"mpmath", "sympy", "scipy", "click-default-group", "phial"}
    refused = []
    for name in {plain(part.package) for part in parts()} - stay_out:
        about = importlib.metadata.distribution(name).metadata
        if not may_be_shipped(licence_of(about)):  # type: ignore[arg-type]
            refused.append(name)
    assert refused == []


def wheel(folder: Path, name: str, *components: dict[str, object]) -> importlib.metadata.Distribution:
    """An installed distribution with an SBOM in it."""
    about = folder / f"{name}-1.0.dist-info"
    (about / "sboms").mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (about / "sboms" / "all.cdx.json").write_text(json.dumps({"components": components}), encoding="utf-8")
    (about / "RECORD").write_text(f"{about.name}/METADATA,,\n{about.name}/sboms/all.cdx.json,,\n", encoding="utf-8")
    return importlib.metadata.PathDistribution(about)


def test_what_is_compiled_into_a_wheel_is_read_from_its_sbom(tmp_path: Path) -> None:
    found = inside_of(
        wheel(tmp_path, "thing",
              {"name": "one", "version": "2", "licenses": [{"expression": "MIT  OR  Apache-2.0"}]},
              {"name": "two", "licenses": [{"license": {"id": "IJG"}}, {"license": {"id": "MIT"}}]},
              {"name": "three", "version": "3"},
              {"name": "thing", "version": "1.0"},
              {"name": "builder", "scope": "excluded"})
    )  # fmt: skip
    assert found == [("one", "2", "MIT OR Apache-2.0"), ("three", "3", ""), ("two", "", "IJG AND MIT")]


def test_an_option_is_left_out_only_where_nothing_of_it_is_there(tmp_path: Path) -> None:
    distribution = wheel(
        tmp_path, "pillow", {"name": "libimagequant", "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
    )
    (tmp_path / "PIL").mkdir()
    module = tmp_path / "PIL" / "_imaging.abi3.so"
    module.write_bytes(b"\0nothing\0")
    assert inside_of(distribution) == []
    module.write_bytes(b"\0liq_attr_create\0")
    assert inside_of(distribution) == [("libimagequant", "", "GPL-3.0-or-later")]
