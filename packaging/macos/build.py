"""Build the bundle and the disk image for macOS; sign, notarise and staple them where there is an identity.

    python packaging/macos/build.py [--with-model FILE] [--dry-run]

PHIAL_SIGNING_IDENTITY names the identity in the keychain (“Developer ID Application: …”), PHIAL_NOTARY_PROFILE the
credentials that `xcrun notarytool store-credentials` has kept there. Without the first the bundle is signed for nobody
and opens only where it was built; without the second nothing is notarised. Each step that is left out is said.
``--dry-run`` prints, on any system, what the bundle would hold and every command in its order. Exit status 1 where the
bundle is not as it should be.
"""

from __future__ import annotations

import argparse
import os
import platform
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import build_opencv

from macos import binaries, entitlements, information, layout, signing
from macos.plan import ROOT, Paths, Step, plan, version

IDENTITY_VARIABLE, NOTARY_VARIABLE = "PHIAL_SIGNING_IDENTITY", "PHIAL_NOTARY_PROFILE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or say how; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--with-model", type=Path, metavar="FILE", help="a language model (GGUF) that is laid inside")
    parser.add_argument("--dry-run", action="store_true", help="print what would be built, and every command")
    parser.add_argument("--toc", type=Path, default=ROOT / "build" / "pyinstaller" / "phial" / "COLLECT-00.toc",
                        help="the list of a frozen folder, for --dry-run: by default that of the last one")  # fmt: skip
    chosen = parser.parse_args(arguments)
    identity, notary = os.environ.get(IDENTITY_VARIABLE, ""), os.environ.get(NOTARY_VARIABLE, "")
    paths = Paths(version=version(), model=chosen.with_model)
    if chosen.dry_run:
        print_plan(paths, identity, notary, chosen.toc)
        return 0
    if (platform.system(), platform.machine()) != ("Darwin", "arm64"):
        print("A bundle is built on a Mac with Apple's processor. Elsewhere --dry-run says how.")
        return 2
    if not build_opencv.is_built():
        print("The wheel's OpenCV brings libraries under the GPL on macOS: `make opencv` first.")
        return 1
    freeze()
    if chosen.with_model is not None:
        layout.add_model(paths.bundle, chosen.with_model)
    paths.work.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(paths.stage, ignore_errors=True)
    if found := problems(paths.bundle):
        print("\n".join(found))
        return 1
    paths.entitlements.write_bytes(entitlements.written())
    code = [path.relative_to(paths.bundle) for path in binaries.binaries(paths.bundle)]
    for step in plan(paths, identity, notary, code):
        take(step)
    print(f"{paths.image} ({paths.image.stat().st_size / 1e6:.0f} MB)")
    return 0


def freeze() -> None:
    """Freeze the program: the specification makes the bundle beside the folder. Exits where that fails."""
    status = subprocess.run([sys.executable, str(ROOT / "packaging" / "freeze.py")], cwd=ROOT, check=False).returncode
    if status != 0:
        raise SystemExit(status)


def problems(bundle: Path) -> list[str]:
    """What is not as it should be in a bundle that was just made: its Info.plist, its binaries."""
    plist = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes())
    return [*information.problems(plist), *binaries.problems(bundle, information.OLDEST_MACOS)]


def take(step: Step) -> None:
    """Take a step; exits where its command fails, or says what it shouldn't."""
    if step.left_out:
        print(f"left out: {step.why} ({step.left_out})")
        return
    print(f"{step.why}: {signing.shown(step.words)}", flush=True)
    done = subprocess.run(step.words, stdout=subprocess.PIPE, check=False)
    printed = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise SystemExit(f"{printed}\nexit status {done.returncode}")
    found = step.wrong_with(done.stdout)
    if found:
        raise SystemExit("\n".join([printed, *found]))


def print_plan(paths: Paths, identity: str, notary: str, toc: Path) -> None:
    """Print what the bundle would hold, by the list of a folder that was frozen anywhere, and every step."""
    entries = layout.laid_out(toc)
    for entry in entries:
        print(f"{entry.kind:10} {entry.place}")
    if not entries:
        print(f"No folder has been frozen here ({toc}): what would be inside is not known. `make freeze` makes one.")
    print(f"\nInfo.plist\n{plistlib.dumps(information.information(paths.version)).decode()}")
    print(f"Entitlements\n{entitlements.written().decode()}")
    print(signing.shown([sys.executable, "packaging/freeze.py"]))
    for step in plan(paths, identity, notary, layout.code_in(entries)):
        print(f"# {step.why}" + (f" (left out: {step.left_out})" if step.left_out else ""))
        print(signing.shown(step.words))


if __name__ == "__main__":
    sys.exit(main())
