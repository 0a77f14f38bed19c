"""The language models on this machine, which of them answers, and the person's say in both."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from engine.errors import EngineProblem, PhialError
from engine.frames import Codec, FrameError, Message
from engine.gguf_header import GgufHeader, parts, read_header
from engine.hardware import Fit, Judgement, judge, memory, memory_needed, quantized_memory
from engine.model_notes import FoundFile, Notes, model_notes
from engine.paths import assets, models, replace_file, shipped_models
from engine.phi import phi_table, recognise, safe_context
from engine.writers import why_not_a_writer

STARTER_VARIABLE = "PHIAL_STARTER_MODEL"
"""Names the starter model's file where it is not in its package: in a frozen program, or to do without one ("")."""

_CHOICE_FILE = "models.json"


@dataclasses.dataclass(frozen=True)
class InstalledModel:
    """A model file. ``problem`` says why it can't be used; ``is_stand_in``: the starter, until there is a Phi.

    ``source`` is the program whose model it is, "" where it is ours or was added; ``is_verified``: it has the SHA-256
    that the table knows. Of a model in several files ``path`` is the first.
    """

    id: str
    name: str
    path: Path
    header: GgufHeader | None
    is_stand_in: bool
    problem: PhialError | None
    source: str = ""
    is_verified: bool = False


@dataclasses.dataclass(frozen=True)
class _Choice(Message):
    """What the person said: the ``chosen`` model's id or "", and the files to be used where they lie.

    Its file and name are kept beside the id, as nothing else is left to name it by where it has gone.
    """

    type: ClassVar[str] = "model_choice"
    chosen: str = ""
    added: tuple[str, ...] = ()
    chosen_path: str = ""
    chosen_name: str = ""


_CODEC = Codec(1, [_Choice])


def installed_models(home: Path) -> tuple[InstalledModel, ...]:
    """Every model, each file once: the starter, those in the data folder, those that the person added, those of others.

    One that came with the program counts as one in the data folder. A model of another program is listed for as long
    as it is there and whole.
    """
    notes = model_notes(home)
    others = {Path(file.path): file for file in notes.found}
    found: dict[Path, InstalledModel] = {}
    taken: set[str] = set()
    starter = starter_path()
    own = [parts(path)[0] for folder in (models(home), shipped_models()) for path in sorted(folder.glob("*.gguf"))]
    named = [*([starter] if starter else []), *own, *map(Path, _choice(home).added)]
    for path in (*named, *others):
        if path in found:
            continue
        model = _model_at(path, taken, notes, others.get(path), is_stand_in=path == starter)
        # A model that others keep and that has become useless was in the list: it doesn't go without a word.
        if model.problem is None or path in named or model.problem.kind is EngineProblem.MODEL_UNUSABLE:
            taken.add(model.id)
            found[path] = model
    return tuple(found.values())


def chosen_model(home: Path) -> InstalledModel:
    """The model that answers: the person's choice, else the best Phi that fits, else the starter, else any.

    Raises PhialError: NO_MODEL.
    """
    usable = [model for model in installed_models(home) if model.problem is None]
    chosen = _choice(home).chosen
    by_preference = sorted(usable, key=lambda model: (model.id != chosen, *_preference(model)))
    if not by_preference:
        raise PhialError(EngineProblem.NO_MODEL)
    return by_preference[0]


def lost_choice(home: Path) -> PhialError | None:
    """Why the model that the person chose does not answer; None where it does, or where none was chosen.

    MODEL_AWAY where another one answers, else what is wrong with its file. The same model in another place is no other.
    """
    choice = _choice(home)
    if not choice.chosen_path:
        return None
    try:
        answers = chosen_model(home)
    except PhialError:
        return _model_at(Path(choice.chosen_path), set(), model_notes(home)).problem
    if answers.id == choice.chosen:
        return None
    return PhialError(EngineProblem.MODEL_AWAY, model=choice.chosen_name, path=choice.chosen_path, instead=answers.name)


def find_model(home: Path, model: str) -> InstalledModel:
    """The model with the id, or in the file, that ``model`` names. Raises PhialError: MODEL_UNKNOWN."""
    there = installed_models(home)
    for candidate in there:
        if model in {candidate.id, str(candidate.path)}:
            return candidate
    path = Path(model).expanduser()
    if path.suffix.lower() == ".gguf" and path.is_file():
        return _model_at(parts(path.absolute())[0], {each.id for each in there}, model_notes(home))
    raise PhialError(EngineProblem.MODEL_UNKNOWN, model=model)


def choose_model(home: Path, model: str) -> None:
    """Answer with ``model`` (an id or a path) from now on.

    Raises PhialError: MODEL_UNKNOWN, or why it can't be used. OSError where the choice can't be written.
    """
    found = find_model(home, model)
    if found.problem is not None:
        raise found.problem
    if found.source or found.path not in {each.path for each in installed_models(home)}:
        found = add_model(home, found.path)  # chosen, it stays in the list and says so where its file is gone
    choice = dataclasses.replace(_choice(home), chosen=found.id, chosen_path=str(found.path), chosen_name=found.name)
    _write_choice(home, choice)


def add_model(home: Path, path: Path) -> InstalledModel:
    """Use the file at ``path`` where it lies; of a model in several files any.

    Raises PhialError: what ``read_header`` raises, MODEL_WRITES_NOTHING, MODEL_ARCHITECTURE, MODEL_UNUSABLE. OSError
    where that can't be written down.
    """
    path = parts(path.expanduser().absolute())[0]
    model = _model_at(path, set(), model_notes(home))
    if model.problem is not None:
        raise model.problem
    choice = _choice(home)
    if path not in {*map(Path, choice.added), starter_path()} and path.parent != models(home):
        _write_choice(home, dataclasses.replace(choice, added=(*choice.added, str(path))))
    return next(model for model in installed_models(home) if model.path == path)


def judgement_of(header: GgufHeader, path: Path) -> Judgement:
    """How the model at ``path`` stands to the memory of this machine."""
    needed, quantized = partial(memory_needed, header), quantized_memory(header)
    return judge(needed, safe_context(header, path), memory().total, quantized)


def starter_path() -> Path | None:
    """Where the starter model lies, or None. Its package is found but not imported: it would import llama.cpp."""
    named = os.environ.get(STARTER_VARIABLE)
    if named is not None:
        return Path(named).absolute() if named else None
    return next(_shipped(), None)


def _shipped() -> Iterator[Path]:
    package = importlib.util.find_spec(phi_table().starter.package)
    for folder in (package.submodule_search_locations or []) if package else []:
        yield from sorted(Path(folder).glob("*.gguf"))
    yield from sorted((assets() / "starter").glob("*.gguf"))


def _model_at(
    path: Path, taken: set[str], notes: Notes, other: FoundFile | None = None, *, is_stand_in: bool = False
) -> InstalledModel:
    header, problem = None, None
    try:
        header = read_header(path)
        problem = why_not_a_writer(header, path)
    except PhialError as error:
        problem = error
    if problem is None and notes.is_deadly(path):
        problem = PhialError(EngineProblem.MODEL_UNUSABLE, path=str(path))
    sha256 = notes.sha256_of(path)
    phi = recognise(header, path) if header else None
    if phi is not None and header is not None:
        name = f"{phi.name} {header.quantization}".strip()
    elif is_stand_in and phi_table().starter.name in path.name:
        name = phi_table().starter.name
    else:
        name = (other.label if other else "") or path.stem
    wanted = re.sub(r"[^\w.]+", "-", name.lower()).strip("-") or "model"
    # The second of a name is called after its number, as every id names one model.
    ids = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return InstalledModel(
        next(each for each in ids if each not in taken),
        name,
        path,
        header,
        is_stand_in,
        problem,
        source=other.source if other else "",
        is_verified=bool(sha256) and sha256 in {known.sha256 for known in phi_table().models},
    )


def _preference(model: InstalledModel) -> tuple[int, int, int]:
    """Smaller is better: a Phi that fits, one that is tight, the starter, another, what does not fit; then by table."""
    assert model.header is not None  # noqa: S101 - only models without a problem are compared
    judgement = judgement_of(model.header, model.path)
    phi = recognise(model.header, model.path)
    if judgement.fit is Fit.DOES_NOT_FIT:
        rank = 4
    elif phi is not None:
        rank = 0 if judgement.fit is Fit.FITS else 1
    else:
        rank = 2 if model.is_stand_in else 3
    return rank, phi_table().models.index(phi) if phi else 0, judgement.needed


def _choice(home: Path) -> _Choice:
    try:
        choice = _CODEC.decode((home / _CHOICE_FILE).read_bytes())
    except (OSError, FrameError):
        # Unwritten or unreadable: only a choice is lost, and the next one replaces it.
        return _Choice()
    assert isinstance(choice, _Choice)  # noqa: S101 - the codec knows no other message
    return choice


def _write_choice(home: Path, choice: _Choice) -> None:
    replace_file(home / _CHOICE_FILE, _CODEC.encode(choice))
