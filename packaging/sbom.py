"""Write what a frozen folder holds as an SBOM (CycloneDX 1.6, JSON): each part, its licence, its files, their hashes.

    python packaging/sbom.py build/frozen/phial dist/phial-0.1.0-linux-x86_64.cdx.json

Made from the list in the folder itself (packaging/shipped.py), so of exactly what is shipped, and written only where it
is valid by CycloneDX's own schema. The same folder of the same commit gives the same file: its moment is the commit's,
its number computed from what it says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import freeze
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from distribution_licences import plain
from licences import inner_folder, shipped_parts
from packageurl import PackageURL

from desktop.licences import OURS

_HOME = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/phial")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the SBOM of the folder that the first argument names to the file that the second names; the exit status."""
    folder, target = map(Path, (sys.argv[1:] if arguments is None else arguments)[:2])
    text = sbom(shipped_parts(inner_folder(folder)), inner_folder(folder))
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        print(f"The SBOM is not valid: {problem}")
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{target}: {len(json.loads(text)['components'])} components")
    return 0


def sbom(parts: Iterable[Mapping[str, Any]], inner: Path) -> str:
    """The SBOM of a folder with these parts, as JSON. Raises OSError where a file of theirs can't be read."""
    parts = list(parts)
    components = [_component(part, inner) for part in parts]
    program = next(one for one in components if one.name == OURS)
    bom = Bom(components=[one for one in components if one is not program])
    bom.metadata.component = program
    bom.metadata.timestamp = dt.datetime.fromtimestamp(freeze.moment(), dt.UTC)
    for one in components:
        bom.register_dependency(one, list(one.components))
    bom.register_dependency(program, bom.components)
    content = "".join(f"{one.bom_ref.value}{[file.hashes for file in one.components]}" for one in components)
    bom.serial_number = uuid.uuid5(_HOME, content)
    return JsonV1Dot6(bom).output_as_string(indent=1)


def _component(part: Mapping[str, Any], inner: Path) -> Component:
    links = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part["home"]))] if part["home"] else []
    links += [ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(url))
              for url in part["source"].split(" ; ") if url]  # fmt: skip
    reference = f"{plain(part['name'])}@{part['version']}"
    return Component(
        type=ComponentType.APPLICATION if part["name"] == OURS else ComponentType.LIBRARY,
        name=part["name"], version=part["version"] or None, bom_ref=reference, purl=_address(part),
        licenses=[LicenseFactory().make_from_string(part["licence"])] if part["licence"] else [],
        external_references=links, scope=ComponentScope.REQUIRED,
        components=[*_inside(part, reference), *_files(part, inner, reference)],
    )  # fmt: skip


def _address(part: Mapping[str, Any]) -> PackageURL | None:
    is_distribution = any(file.endswith(".dist-info/METADATA") for file in part["files"])
    if not is_distribution or part["name"] == OURS:
        return None
    return PackageURL("pypi", name=plain(part["package"]), version=part["version"])


def _inside(part: Mapping[str, Any], reference: str) -> Iterable[Component]:
    for name, version, licence in part["inside"]:
        yield Component(
            type=ComponentType.LIBRARY, name=name, version=version or None, bom_ref=f"{reference}/{name}@{version}",
            licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        )  # fmt: skip


def _files(part: Mapping[str, Any], inner: Path, reference: str) -> Iterable[Component]:
    for file in part["files"]:
        path = inner / file
        if path.is_file() and not path.is_symlink():  # a link is its target under another name
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield Component(type=ComponentType.FILE, name=file, bom_ref=f"{reference}/{file}",
                            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
