"""What is said of the newest version: signed words, whose signature is checked before one of them is read.

The file is a JSON object: ``manifest`` is a string, JSON in turn, and ``signatures`` holds for each key that signed it
(by the key's name) the Ed25519 signature (RFC 8032), in base64, of CONTEXT and the string's bytes in UTF-8.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from engine.download_transport import is_loopback
from engine.frames import FrameError, from_plain
from engine.paths import assets
from rag.errors import LANGUAGES, LibraryProblem, PhialError

CONTEXT = b"phial update 1\n"
"""Stands before what is signed, so that a signature of something else is none of this."""

PRODUCT = "phial"
LARGEST = 2**18
"""Bytes of the whole file."""

LARGEST_INSTALLER = 2**36
DEB, ARCHIVE, APP_IMAGE, INSTALLER, DISK_IMAGE = "deb", "archive", "appimage", "installer", "dmg"
KINDS = {".deb": DEB, ".tar.xz": ARCHIVE, ".AppImage": APP_IMAGE, ".exe": INSTALLER, ".dmg": DISK_IMAGE}
"""Of installers, by how their names end."""

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_SYSTEMS = {"win32": "windows", "darwin": "macos", "linux": "linux"}
_MACHINES = {"amd64": "x64", "x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclasses.dataclass(frozen=True)
class Installer:
    """An installer: for which system (see ``this_system``), of what kind, where it lies, what it must be."""

    system: str
    kind: str
    file: str
    address: str
    bytes: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class UpdateManifest:
    """The newest version. ``serial`` grows with each manifest that is signed; ``notes`` are by language."""

    product: str
    version: str
    serial: int
    released: str
    notes: dict[str, str]
    installers: tuple[Installer, ...]

    def notes_in(self, language: str) -> str:
        """What is new, in ``language`` or in English."""
        return self.notes.get(language) or self.notes.get("en", "")

    def is_newer_than(self, version: str) -> bool:
        """Whether this is a newer version."""
        return Version(self.version) > Version(version)

    def installer(self) -> Installer | None:
        """What this computer would take: of the kind that it has already, else any; None where there is none."""
        fitting = [each for each in self.installers if each.system == this_system()]
        return next((each for each in fitting if each.kind == this_kind()), fitting[0] if fitting else None)


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where to look, and whose signature counts: ``keys`` are public keys of Ed25519, 32 bytes each."""

    address: str
    keys: tuple[bytes, ...]

    @property
    def host(self) -> str:
        """The host, for people."""
        return urlsplit(self.address).netloc.rpartition("@")[2]


def shipped_origin() -> Origin:
    """What this program was made with. Raises PhialError UPDATE_NO_ADDRESS where that is nothing."""
    said = json.loads((assets() / "updates.json").read_text(encoding="utf-8"))
    origin = Origin(said["address"], tuple(base64.b64decode(key, validate=True) for key in said["keys"]))
    if not origin.keys or not is_safe_address(origin.address, origin.address):
        raise PhialError(LibraryProblem.UPDATE_NO_ADDRESS)
    return origin


def key_name(key: bytes) -> str:
    """What a public key is called in a file of signatures."""
    return hashlib.sha256(key).hexdigest()[:16]


def read_manifest(body: bytes, origin: Origin) -> UpdateManifest:
    """What ``body`` says. Raises PhialError UPDATE_WRONG where it is something else, UPDATE_UNSIGNED."""
    wrong = PhialError(LibraryProblem.UPDATE_WRONG, host=origin.host)
    try:
        envelope = json.loads(body)
        text, signatures = envelope["manifest"], envelope["signatures"]
        if not isinstance(text, str) or not isinstance(signatures, dict):
            raise wrong
        signed = text.encode()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise wrong from error
    if not any(_is_signed(signed, signatures.get(key_name(key)), key) for key in origin.keys):
        raise PhialError(LibraryProblem.UPDATE_UNSIGNED, host=origin.host)
    try:
        manifest: UpdateManifest = from_plain(UpdateManifest, json.loads(signed))
        Version(manifest.version)
    except (ValueError, FrameError, InvalidVersion, RecursionError) as error:
        raise wrong from error
    fault = next(iter(faults_of(manifest, origin.address)), "")
    if fault:
        raise PhialError(LibraryProblem.UPDATE_WRONG, details=fault, host=origin.host)
    return manifest


def faults_of(manifest: UpdateManifest, address: str) -> Sequence[str]:
    """What is wrong with a manifest that lies at ``address``."""
    faults = []
    if manifest.product != PRODUCT:
        faults.append("another product")
    if manifest.serial < 1 or not re.fullmatch(r"\d{4}-\d\d-\d\d", manifest.released):
        faults.append("no date")
    if not set(manifest.notes) <= set(LANGUAGES):
        faults.append("notes in another language")
    for each in manifest.installers:
        if not _FILE.fullmatch(each.file) or KINDS.get(_suffix(each.file)) != each.kind:
            faults.append(f"{each.file}: no name of an installer")
        if not 0 < each.bytes <= LARGEST_INSTALLER or not re.fullmatch(r"[0-9a-f]{64}", each.sha256):
            faults.append(f"{each.file}: no size or checksum")
        if not is_safe_address(each.address, address):
            faults.append(f"{each.file}: no safe address")
    return faults


def is_safe_address(address: str, origin: str) -> bool:
    """Whether ``address`` is protected on its way; unprotected ones are of this machine, from this machine."""
    try:
        parts, asked = urlsplit(address), urlsplit(origin)
        is_whole = bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        return False
    is_local = is_loopback(parts.hostname or "") and is_loopback(asked.hostname or "")
    return is_whole and (parts.scheme == "https" or (parts.scheme == "http" and is_local))


def this_system() -> str:
    """The system and the processor, as a manifest names them: “windows-x64”, “macos-arm64”, “linux-x64”."""
    machine = platform.machine().lower()
    return f"{_SYSTEMS.get(sys.platform, sys.platform)}-{_MACHINES.get(machine, machine)}"


def this_kind() -> str:
    """The kind of installer that this program came by, as far as that can be told from where it lies."""
    if sys.platform != "linux":
        return INSTALLER if sys.platform == "win32" else DISK_IMAGE
    if os.environ.get("APPIMAGE"):
        return APP_IMAGE
    is_installed = getattr(sys, "frozen", False) and sys.executable.startswith(("/usr/", "/opt/"))
    return DEB if is_installed else ARCHIVE


def _suffix(file: str) -> str:
    return next((suffix for suffix in KINDS if file.endswith(suffix)), "")


def _is_signed(signed: bytes, signature: object, key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        given = base64.b64decode(signature, validate=True) if isinstance(signature, str) else b""
        Ed25519PublicKey.from_public_bytes(key).verify(given, CONTEXT + signed)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
