"""Under which licence an installed distribution is, as an SPDX expression, and what its wheel says is inside of it."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, cast

from licences import is_spdx

SAID_BY_THEIR_TEXTS = {
    # Their metadata says "BSD" and not which, or nothing: the texts that they come with were read.
    "cobble": "BSD-2-Clause",
    "colorama": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "omegaconf": "BSD-3-Clause",
    "quickmachotkey": "MIT",
    "secretstorage": "BSD-3-Clause",
    # Mostly in the public domain, some files under BSD; the GPL is that of an Emacs mode, which no wheel holds.
    "docutils": "LicenseRef-Public-Domain AND BSD-2-Clause AND BSD-3-Clause AND Python-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pystemmer": "MIT AND BSD-3-Clause",
    # "LGPLv2+", with the text of 2.1 "or (at your option) any later version".
    "python-xlib": "LGPL-2.1-or-later",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    # The run-time hooks, which alone are shipped: "GPL-2.0-or-later" is for those that run at build time.
    "pyinstaller-hooks-contrib": "Apache-2.0",
    # Its wheel says "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"; ours is the first.
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
SAID_BY_THEIR_PROJECTS = {
    # Listed in an SBOM without a licence: each is of the repository that its wheel is built from, or names it.
    ("chromadb", "chroma-*"): "Apache-2.0",
    ("chromadb", "hnswlib"): "Apache-2.0",
    ("chromadb", "jsonpath-rust"): "MIT",
    ("cryptography", "openssl"): "Apache-2.0",
}
LEFT_OUT_OF_THE_WHEEL = {
    # Pillow's SBOM lists what it can be built with. FriBiDi is loaded where the system has it, and libimagequant
    # (GPL) is not in the wheels: what each would leave in the module that would call it must not be there.
    ("pillow", "FriBiDi"): ("PIL/_imagingft*", b"GNU FriBidi"),
    ("pillow", "libimagequant"): ("PIL/_imaging.*", b"liq_attr_create"),
}

_WORDS = {
    "mit": "MIT", "mit license": "MIT", "apache 2.0": "Apache-2.0", "apache 2.0 license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0", "apache license version 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0", "apache software license": "Apache-2.0", "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0", "3-clause bsd license": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause", "isc license": "ISC", "isc license (iscl)": "ISC",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "the unlicense (unlicense)": "Unlicense",
    "public domain": "LicenseRef-Public-Domain",
}  # fmt: skip


def plain(name: str) -> str:
    """The name of a distribution as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(about: Message) -> str:
    """The SPDX expression for the metadata of a distribution; "" where it says nothing that is clear."""
    if said := SAID_BY_THEIR_TEXTS.get(plain(str(about["Name"]))):
        return said
    expression = str(about.get("License-Expression") or "").strip()
    written = (str(about.get("License") or "").strip().splitlines() or [""])[0]  # some give the whole text there
    for candidate in (expression, written, _WORDS.get(written.casefold(), "")):
        if is_spdx(candidate):
            return candidate
    listed = {one for one in about.get_all("Classifier", []) if one.startswith("License")} - {"License :: OSI Approved"}
    classified = {_WORDS.get(one.rsplit("::", 1)[-1].strip().casefold(), "") for one in listed}
    # Two classifiers don't say whether both hold or either: such a one is read by a person.
    return classified.pop() if len(classified) == 1 else ""


def inside_of(distribution: importlib.metadata.Distribution) -> list[tuple[str, str, str]]:
    """Name, version and licence of what the SBOMs in a wheel (PEP 770) say is compiled into it, by name."""
    owner = plain(distribution.metadata["Name"])
    found: set[tuple[str, str, str]] = set()
    folder = Path(str(distribution.locate_file("")))
    for file in distribution.files or []:
        # What repairs a wheel lists the libraries in its .libs: those are told by their names (library_licences).
        if "/sboms/" in str(file) and file.name.endswith(".json") and not file.name.startswith("auditwheel"):
            for component in json.loads((folder / file).read_text(encoding="utf-8")).get("components", []):
                name, version = str(component["name"]), str(component.get("version") or "")
                if (
                    plain(name) != owner
                    and component.get("scope") != "excluded"
                    and not _is_left_out(owner, name, folder)
                ):
                    found.add((name, version, _component_licence(owner, name, component)))
    return sorted(found)


def _is_left_out(owner: str, name: str, folder: Path) -> bool:
    if (owner, name) not in LEFT_OUT_OF_THE_WHEEL:
        return False
    pattern, trace = LEFT_OUT_OF_THE_WHEEL[owner, name]
    return not any(trace in module.read_bytes() for module in folder.glob(pattern))


def _component_licence(owner: str, name: str, component: dict[str, Any]) -> str:
    said = [one.get("expression") or one.get("license", {}).get("id") or "" for one in component.get("licenses", [])]
    if said and all(said):
        return " AND ".join(f"({one})" if " " in one and len(said) > 1 else " ".join(one.split()) for one in said)
    return next((licence for (package, pattern), licence in SAID_BY_THEIR_PROJECTS.items()
                 if package == owner and re.fullmatch(pattern.replace("*", ".*"), name)), "")  # fmt: skip


def distributions() -> Iterator[tuple[importlib.metadata.Distribution, Message]]:
    """Every installed distribution with its metadata."""
    for distribution in importlib.metadata.distributions():
        yield distribution, cast("Message", distribution.metadata)
