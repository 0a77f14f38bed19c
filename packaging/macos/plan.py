"""The steps from a bundle to a disk image, as values: each a command, why, and where it is left out."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath

from macos import entitlements, signing
from macos.information import BUNDLE_NAME, PROGRAM

ROOT = Path(__file__).resolve().parent.parent.parent

WITHOUT_IDENTITY, WITHOUT_NOTARY = "no identity is named", "no credentials for the notary are named"


def _nothing(_: bytes) -> list[str]:
    return []


@dataclasses.dataclass(frozen=True)
class Step:
    """A command, and ``why``. ``left_out``: why it isn't run, "" where it is; ``wrong_with`` reads what it says."""

    why: str
    words: tuple[str, ...]
    left_out: str = ""
    wrong_with: Callable[[bytes], list[str]] = _nothing


@dataclasses.dataclass(frozen=True)
class Paths:
    """Where everything lies. ``model``: the language model that is inside, if one is."""

    version: str
    model: Path | None = None

    @property
    def bundle(self) -> Path:
        """The bundle, as PyInstaller leaves it."""
        return ROOT / "build" / "frozen" / BUNDLE_NAME

    @property
    def work(self) -> Path:
        """What is needed on the way."""
        return ROOT / "build" / "macos"

    @property
    def entitlements(self) -> Path:
        """The rights that codesign is given."""
        return self.work / "entitlements.plist"

    @property
    def archive(self) -> Path:
        """The bundle as the notary wants it."""
        return self.work / "Phial.zip"

    @property
    def stage(self) -> Path:
        """What the image will show."""
        return self.work / "image"

    @property
    def image(self) -> Path:
        """The disk image: what a person downloads."""
        edition = "" if self.model is None else "-offline"
        return ROOT / "dist" / f"phial-{self.version}{edition}-macos-arm64.dmg"


def version() -> str:
    """The version of the project, from the one place that states it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def plan(paths: Paths, identity: str, notary: str, code: Iterable[PurePath]) -> Iterator[Step]:
    """Every step, in order, for ``identity`` and the notary's profile ("" for none).

    ``code`` are the binaries of the bundle, as paths in it.
    """
    yield from _signed(paths, identity or signing.AD_HOC, code)
    yield from _notarised(paths, identity, notary)
    yield from _image(paths)
    out = "" if identity else WITHOUT_IDENTITY
    yield Step("Sign the image", tuple(signing.sign(paths.image, identity or signing.AD_HOC)), out)
    out = out or ("" if notary else WITHOUT_NOTARY)
    yield Step("Have the image notarised", tuple(signing.notarise(paths.image, notary)), out, _refusal)
    for words in signing.staple(paths.image):
        yield Step("The ticket into the image", tuple(words), out)
    yield Step("Would Gatekeeper open the image", tuple(signing.assess(paths.image)), out)


def _signed(paths: Paths, identity: str, code: Iterable[PurePath]) -> Iterator[Step]:
    program = PurePath("Contents", "MacOS", PROGRAM)
    for path in signing.in_order(code, program):
        yield Step("Sign what is inside", tuple(signing.sign(paths.bundle / path, identity)))
    yield Step("Sign the bundle", tuple(signing.sign(paths.bundle, identity, paths.entitlements)))
    yield Step("Verify every signature", tuple(signing.verify(paths.bundle)))
    yield Step("With no other rights", tuple(signing.show_entitlements(paths.bundle)), "", entitlements.problems)


def _notarised(paths: Paths, identity: str, notary: str) -> Iterator[Step]:
    out = WITHOUT_IDENTITY if not identity else "" if notary else WITHOUT_NOTARY
    # ditto keeps links and rights, which a .zip of other tools loses: the signature would break.
    packed = ("ditto", "-c", "-k", "--keepParent", str(paths.bundle), str(paths.archive))
    yield Step("Pack the bundle for the notary", packed, out)
    yield Step("Have it notarised", tuple(signing.notarise(paths.archive, notary)), out, _refusal)
    for words in signing.staple(paths.bundle):
        yield Step("The ticket into the bundle", tuple(words), out)
    yield Step("Would Gatekeeper start it", tuple(signing.assess(paths.bundle)), out)


def _image(paths: Paths) -> Iterator[Step]:
    stage = paths.stage
    yield Step("A folder for the image", ("mkdir", "-p", str(stage), str(paths.image.parent)))
    yield Step("The bundle, links and all", ("ditto", str(paths.bundle), str(stage / BUNDLE_NAME)))
    yield Step("Where it is dragged to", ("ln", "-s", "/Applications", str(stage / "Applications")))
    made = ("hdiutil", "create", "-volname", f"Phial {paths.version}", "-srcfolder", str(stage), "-fs", "HFS+",
            "-format", "ULMO", "-ov", str(paths.image))  # fmt: skip
    yield Step("The image", made)
    yield Step("It opens", ("hdiutil", "verify", str(paths.image)))


def _refusal(printed: bytes) -> list[str]:
    if signing.is_accepted(printed.decode("utf-8", "replace")):
        return []
    return ["The notary did not accept it: `xcrun notarytool log ID --keychain-profile PROFILE` says why."]
