"""Say what the newest version is, and sign it: the last step of a release.

    python packaging/sign_update.py make-key
        once: prints a new private key, to be kept by those who release (as PHIAL_UPDATE_KEY in the workflow), and
        writes its public half into assets/updates.json, which every program shipped from then on trusts.
    python packaging/sign_update.py sign --address https://host/of/the/release --notes FOLDER -o FILE INSTALLER…
        writes FILE, which is to lie at the address in assets/updates.json. FOLDER holds notes as en.md, fr.md, it.md.

Without PHIAL_UPDATE_KEY nothing is signed, and that is said: the release then has no such file, and programs that look
find none.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402

from engine.frames import plain  # noqa: E402 - ours, from the checkout
from rag.errors import LANGUAGES, PhialError  # noqa: E402
from rag.update_manifest import (  # noqa: E402
    CONTEXT,
    KINDS,
    PRODUCT,
    Installer,
    Origin,
    UpdateManifest,
    faults_of,
    key_name,
    read_manifest,
)

KEY_VARIABLE = "PHIAL_UPDATE_KEY"
ORIGIN = ROOT / "assets" / "updates.json"
SYSTEMS = {"deb": "linux", "archive": "linux", "appimage": "linux", "installer": "windows", "dmg": "macos"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a key or sign; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("make-key", help="a new pair of keys")
    sign = actions.add_parser("sign", help="say what the newest version is")
    sign.add_argument("installers", nargs="+", type=Path, metavar="INSTALLER")
    sign.add_argument("--address", required=True, help="the folder on the server that the installers will lie in")
    sign.add_argument("--notes", type=Path, required=True, metavar="FOLDER")
    sign.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE")
    chosen = parser.parse_args(arguments)
    if chosen.action == "make-key":
        make_key(ORIGIN)
        return 0
    said = os.environ.get(KEY_VARIABLE, "")
    if not said:
        print(f"{KEY_VARIABLE} is not set: nothing was signed, and {chosen.output} was not written.")
        return 0
    try:
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(said, validate=True))
    except (ValueError, binascii.Error):
        print(f"{KEY_VARIABLE} holds no private key.", file=sys.stderr)
        return 1
    manifest = manifest_of(chosen.installers, chosen.address, notes_in(chosen.notes))
    faults = [*faults_of(manifest, chosen.address), *([] if manifest.notes.get("en") else ["no notes in English"])]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    body = signed(manifest, key)
    if not is_trusted(body, ORIGIN):
        print(f"The public half of {KEY_VARIABLE} is not in {ORIGIN.relative_to(ROOT)}: no program would believe it.",
              file=sys.stderr)  # fmt: skip
        return 1
    chosen.output.write_bytes(body)
    print(f"{chosen.output}: Phial {manifest.version}, {len(manifest.installers)} installers, signed.")
    return 0


def make_key(origin: Path) -> None:
    """Print a new private key; add its public half to the keys in ``origin``."""
    key = Ed25519PrivateKey.generate()
    said = json.loads(origin.read_text(encoding="utf-8"))
    said["keys"].append(base64.b64encode(key.public_key().public_bytes_raw()).decode())
    origin.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    print(base64.b64encode(key.private_bytes_raw()).decode())


def manifest_of(installers: Sequence[Path], address: str, notes: dict[str, str]) -> UpdateManifest:
    """What is to be said of ``installers``, which will lie in the folder at ``address``."""
    now = dt.datetime.now(dt.UTC)
    version = importlib.metadata.version("phial")
    described = tuple(describe(path, address) for path in installers)
    return UpdateManifest(PRODUCT, version, int(now.timestamp()), f"{now:%Y-%m-%d}", notes, described)


def describe(path: Path, address: str) -> Installer:
    """An installer, by its name: its kind by how that ends, its processor by “arm64” or “aarch64” in it."""
    kind = next((kind for suffix, kind in KINDS.items() if path.name.endswith(suffix)), "")
    processor = "arm64" if any(word in path.name for word in ("arm64", "aarch64")) else "x64"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Installer(
        f"{SYSTEMS.get(kind, 'unknown')}-{processor}", kind, path.name, f"{address.rstrip('/')}/{path.name}",
        path.stat().st_size, digest,
    )  # fmt: skip


def notes_in(folder: Path) -> dict[str, str]:
    """What is new, by language."""
    files = {language: folder / f"{language}.md" for language in LANGUAGES}
    return {language: file.read_text(encoding="utf-8").strip() for language, file in files.items() if file.exists()}


def signed(manifest: UpdateManifest, key: Ed25519PrivateKey) -> bytes:
    """The file: the manifest as a string, and its signature."""
    text = json.dumps(plain(manifest), ensure_ascii=False, indent=1)
    signature = base64.b64encode(key.sign(CONTEXT + text.encode())).decode()
    name = key_name(key.public_key().public_bytes_raw())
    return json.dumps({"manifest": text, "signatures": {name: signature}}, ensure_ascii=False).encode()


def is_trusted(body: bytes, origin: Path) -> bool:
    """Whether programs with these keys would believe it: read as they read it."""
    said = json.loads(origin.read_text(encoding="utf-8"))
    address = said["address"] or "https://localhost"
    try:
        read_manifest(body, Origin(address, tuple(map(base64.b64decode, said["keys"]))))
    except PhialError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
