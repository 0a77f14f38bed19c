"""Take the pictures in docs/pictures from the real program, its real worker, the starter model and the samples.

``python packaging/pictures.py``: every screen, light and dark, in every language, at 100 % and 200 %. On Linux with
Xvfb (Debian: xvfb), elsewhere on the screen that is there. ``--only main --language en`` takes a part. It exits 1 where
a picture could not be taken.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import picture_scenes
import picture_scenes_states
import picture_scenes_windows
from picture_files import APPEARANCES, FOLDER, LANGUAGES, ROOT, SCALES
from picture_hub import hub
from picture_studio import NotThere, Scene, Stage, Studio

from engine.download_hub import ENDPOINT_VARIABLE

ON_OWN_SCREEN = "PHIAL_PICTURES_SCREEN"
SCREEN = "2880x1800x24"

SCENES: tuple[Scene, ...] = (*picture_scenes.SCENES, *picture_scenes_windows.SCENES, *picture_scenes_states.SCENES)
PREPARATIONS = {**picture_scenes.PREPARATIONS, **picture_scenes_states.PREPARATIONS}
"""What brings the library to a stage from the one before."""


def main(given: Sequence[str] | None = None) -> int:
    """Take the pictures; the exit status."""
    arguments = _parse(sys.argv[1:] if given is None else given)
    if ON_OWN_SCREEN in os.environ or sys.platform != "linux":
        with papers(arguments.scale[0]) as folder:
            return take_pictures(folder, arguments)
    return on_own_screen(arguments)


def _parse(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [name for scene in SCENES for name in scene.names]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="SCREEN", help=", ".join(names))
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--scale", nargs="+", type=int, choices=SCALES, default=list(SCALES), help="per cent")
    parser.add_argument("--appearance", nargs="+", choices=APPEARANCES, default=list(APPEARANCES))
    return parser.parse_args(given)


def on_own_screen(arguments: argparse.Namespace) -> int:
    """Run this script on a virtual screen, once a scale: a process has one."""
    if shutil.which("Xvfb") is None:
        print("The pictures need a virtual screen: sudo apt-get install xvfb", file=sys.stderr)
        return 1
    begun, status = time.monotonic(), 0
    for scale in arguments.scale:
        with virtual_screen() as display:
            environment = {
                **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(scale / 100),
                "PHIAL_OTHER_PROGRAMS": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", ON_OWN_SCREEN: "1",
            }  # fmt: skip
            environment.pop("WAYLAND_DISPLAY", None)
            given = ["--scale", str(scale), "--only", *arguments.only, "--language", *arguments.language]
            command = [sys.executable, __file__, *given, "--appearance", *arguments.appearance]
            status = subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode or status
    pictures = [path.stat().st_size for path in FOLDER.rglob("*.png")]
    print(f"{len(pictures)} pictures, {sum(pictures) / 1e6:.1f} MB, {(time.monotonic() - begun) / 60:.1f} min")
    return status


@contextmanager
def papers(scale: int) -> Iterator[Path]:
    """A folder for the library and its documents, always of the same name: some pictures show it."""
    folder = Path(tempfile.gettempdir()) / f"phial-pictures-{scale}"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was interrupted
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A screen that nobody sees; the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def take_pictures(folder: Path, arguments: argparse.Namespace) -> int:
    """Go through the days of a new library in ``folder``, stage by stage, and at each through the languages."""
    missing = []
    wanted = [scene for scene in SCENES if set(scene.names) & set(arguments.only)]
    with hub() as server:
        os.environ[ENDPOINT_VARIABLE] = server.url
        studio = Studio(folder, arguments.scale[0], arguments.appearance)
        studio.wait(lambda: studio.client.is_connected, "the worker")
        for stage in range(max(scene.stage for scene in wanted) + 1):
            PREPARATIONS.get(Stage(stage), lambda _: None)(studio)
            scenes = [scene for scene in wanted if scene.stage == stage]
            for language in arguments.language if scenes else ():
                studio.speak(language)
                for scene in scenes:
                    missing += play(studio, scene, set(arguments.only))
        studio.shell.end()
        studio.client.close()
    for name, why in missing:
        print(f"not taken: {name} ({why})", file=sys.stderr)
    return 1 if missing else 0


def play(studio: Studio, scene: Scene, only: set[str]) -> list[tuple[str, str]]:
    """Take the pictures of ``scene`` that are wanted; those that could not be taken, and why."""
    why = "it did not show itself"
    wanted = {name for name in scene.names if name in only}
    studio.taken -= wanted
    studio.mishaps.clear()
    studio.show_main()
    try:
        for shot in scene.play(studio):
            if shot.name in wanted:
                studio.take(shot)
    except NotThere as error:
        why = str(error)
    except Exception as error:  # one scene that fails must not cost the others
        why = f"{type(error).__name__}: {error}"
    failed = wanted if studio.mishaps else wanted - studio.taken
    return [
        (f"{name} in {studio.language} at {studio.scale} %", "; ".join(studio.mishaps) or why)
        for name in sorted(failed)
    ]


if __name__ == "__main__":
    sys.exit(main())
