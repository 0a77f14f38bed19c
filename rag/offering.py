"""What can be had: the catalogue, held against this machine, and the one of it that is recommended here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from engine.hardware import Fit, judge, memory, memory_estimated, suggested_threads
from engine.machine import accelerator, disk_free, instructions, is_on_battery
from engine.pace import TYPICAL_PROMPT, Work
from engine.paths import models as models_folder
from engine.phi import Phi, UnsupportedPhi, phi_table
from rag.models import Models
from rag.protocol import Download, DownloadState, Machine, Model, Offer, Offers, Speed
from rag.speeds import Speeds

TYPICAL_ANSWER = 80
"""Tokens of an answer of two or three sentences."""

PATIENCE_S = 60.0
"""Seconds within which a whole answer is to be there: a person who reads meanwhile waits that long."""

MUCH_SLOWER = 2.0
"""Times as long as the fastest that an answer may take for all that: less is within what an estimate may be wrong."""


class Offering:
    """The catalogue for one library. Safe from any thread."""

    def __init__(self, home: Path, models: Models, speeds: Speeds, downloads: Callable[[], Sequence[Download]]) -> None:
        """``downloads`` gives those that are under way or wait."""
        self._home = home
        self._models = models
        self._speeds = speeds
        self._downloads = downloads

    def offers(self, language: str) -> Offers:
        """Every Phi, in the order of preference, then those that can't be run; sentences in ``language``."""
        machine = self.machine()
        here = {model.phi: model for model in reversed(self._models.listed()) if model.phi and model.problem is None}
        downloads = {download.model: download for download in self._downloads()}
        offers = [
            _of_model(offer, here[offer.model]) if offer.model in here else offer
            for offer in (self._offer(phi, machine, downloads.get(phi.id), language) for phi in phi_table().models)
        ]
        best = recommended(offers, machine)
        return Offers(
            0,
            machine,
            (
                *(dataclasses.replace(offer, is_recommended=offer.model == best) for offer in offers),
                *(_unsupported(phi, language) for phi in phi_table().unsupported),
            ),
        )

    def machine(self) -> Machine:
        """What this machine has for a model now; what the model holds that runs counts as free."""
        here = memory()
        return Machine(
            memory=here.total,
            memory_free=here.available + self._models.state().memory,
            disk_free=disk_free(models_folder(self._home)),
            cores=suggested_threads(),
            instructions=instructions(),
            accelerator=accelerator(),
            on_battery=is_on_battery(),
        )

    def _offer(self, phi: Phi, machine: Machine, download: Download | None, language: str) -> Offer:
        """A Phi that isn't here: where nobody has read its size, nobody can say what it needs."""
        offer = Offer(
            model=phi.id, name=phi.name, parameters=phi.parameters, good_for=phi.good_for.spoken(language),
            licence=phi.licence, bytes=0, context=phi.safe_context, memory_needed=0, fit="", is_recommended=False,
            installed="", speed=None, download=download,
        )  # fmt: skip
        if phi.bytes is None:
            return offer
        needed = partial(memory_estimated, phi.bytes, phi.kv_bytes_per_token)
        judgement = judge(needed, phi.safe_context, machine.memory)
        return dataclasses.replace(
            offer,
            bytes=phi.bytes,
            context=judgement.context,
            memory_needed=judgement.needed,
            fit=judgement.fit.value,
            speed=self._speeds.estimated(Work(phi.parameter_count, phi.bytes, phi.kv_bytes_per_token)),
        )


def recommended(offers: Sequence[Offer], machine: Machine) -> str:
    """The id of the offer to take here; "" where there is none.

    Those that fit go before those that are tight; among these, those whose answers are worth waiting for before the
    slow ones (beyond PATIENCE_S and MUCH_SLOWER than the fastest: 14 B on two slow cores); then the order of the
    catalogue decides, which is that of preference. What does not fit, of which nobody can say it, and what the disk has
    no room for, is never recommended.
    """
    possible = [
        offer for offer in offers if offer.fit in {Fit.FITS, Fit.TIGHT} and has_room(offer, machine) and offer.speed
    ]
    fastest = min((answer_seconds(offer.speed) for offer in possible), default=0.0)
    too_long = max(PATIENCE_S, MUCH_SLOWER * fastest)
    by_preference = sorted(possible, key=lambda offer: (offer.fit != Fit.FITS, answer_seconds(offer.speed) > too_long))
    return by_preference[0].model if by_preference else ""


def has_room(offer: Offer, machine: Machine) -> bool:
    """Whether the disk can take what is still to come of it."""
    arrived = offer.download.bytes_done if offer.download is not None else 0
    return bool(offer.installed) or offer.bytes - arrived <= machine.disk_free


def answer_seconds(speed: Speed | None) -> float:
    """What an answer of an ordinary length takes, its prompt being read anew; endless where nobody knows the speed."""
    if speed is None or speed.prefill <= 0.0 or speed.decode <= 0.0:
        return float("inf")
    return TYPICAL_PROMPT / speed.prefill + TYPICAL_ANSWER / speed.decode


def _of_model(offer: Offer, model: Model) -> Offer:
    """An offer of what is here: its figures are the file's own."""
    is_over = offer.download is not None and offer.download.state is DownloadState.DONE
    return dataclasses.replace(
        offer, bytes=model.bytes, context=model.context, memory_needed=model.memory_needed, fit=model.fit,
        installed=model.model, speed=model.speed, download=None if is_over else offer.download,
    )  # fmt: skip


def _unsupported(phi: UnsupportedPhi, language: str) -> Offer:
    return Offer(
        model=phi.id, name=phi.name, parameters=phi.parameters, good_for="", licence=phi.licence, bytes=0, context=0,
        memory_needed=0, fit="", is_recommended=False, installed="", speed=None, reason=phi.reason.spoken(language),
        instead=phi.instead,
    )  # fmt: skip
