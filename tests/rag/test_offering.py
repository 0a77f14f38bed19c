"""What can be had here, and what is recommended."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import machine as engine_machine
from engine.catalogue import STARTER_VARIABLE
from engine.hardware import Memory
from engine.pace import Pace
from engine.paths import models as model_folder
from engine.phi import Phi, PhiTable, phi_table
from rag import offering as offering_module
from rag import speeds as speeds_module
from rag.errors import LANGUAGES
from rag.models import Models
from rag.offering import MUCH_SLOWER, PATIENCE_S, Offering, answer_seconds, has_room, recommended
from rag.protocol import Download, DownloadState, Machine, Offer, Speed
from rag.speeds import Speeds
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine.tiny_models import CONTEXT, LAYERS, WIDTH, write_model

GB = 10**9
LAPTOP = Pace(bandwidth=40e9, compute=300e9)
TWO_SLOW_CORES = Pace(bandwidth=30e9, compute=80e9)

Make = Callable[..., Offering]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """An offering on a machine with so much memory and disk, at that pace."""
    monkeypatch.setenv(STARTER_VARIABLE, "")
    database = Database(tmp_path)

    def made(memory: int = 16 * GB, disk: int = 100 * GB, pace: Pace = LAPTOP, *downloads: Download) -> Offering:
        monkeypatch.setattr(offering_module, "memory", lambda: Memory(memory, memory // 2))
        monkeypatch.setattr("engine.catalogue.memory", lambda: Memory(memory, memory // 2))
        monkeypatch.setattr(engine_machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=disk))
        monkeypatch.setattr(speeds_module, "measured_pace", lambda: pace)
        speeds = Speeds(History(database))
        return Offering(tmp_path, Models(tmp_path, lambda: GB, speeds, lambda: ""), speeds, lambda: downloads)

    yield made
    database.close()


def offered(offering: Offering, language: str = "en") -> dict[str, Offer]:
    return {offer.model: offer for offer in offering.offers(language).offers}


def best(offering: Offering) -> list[str]:
    return [offer.model for offer in offering.offers("en").offers if offer.is_recommended]


def test_the_whole_catalogue_is_offered_with_its_figures(make: Make) -> None:
    offers = offered(make())
    assert list(offers) == [phi.id for phi in (*phi_table().models, *phi_table().unsupported)]
    mini = offers["phi-4-mini"]
    assert (mini.bytes, mini.context, mini.licence, mini.fit) == (2_491_874_688, 4096, "MIT", "fits")
    assert mini.memory_needed > mini.bytes + 4096 * 131_072
    assert mini.speed is not None
    assert not mini.speed.is_measured
    assert mini.installed == mini.reason == ""


def test_of_what_nobody_has_read_the_size_nothing_is_said(make: Make) -> None:
    for identity in ("phi-3.1-mini-4k", "phi-3-medium-4k"):
        offer = offered(make())[identity]
        assert (offer.bytes, offer.memory_needed, offer.fit, offer.speed) == (0, 0, "", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_run_says_why_and_what_to_take(make: Make, language: str) -> None:
    small = offered(make(), language)["phi-3-small"]
    assert "llama.cpp" in small.reason
    assert set(small.instead) <= {phi.id for phi in phi_table().models}
    assert not small.is_recommended
    assert offered(make(), language)["phi-2"].good_for == next(
        phi.good_for.spoken(language) for phi in phi_table().models if phi.id == "phi-2"
    )


@pytest.mark.parametrize(
    ("memory", "identity"), [(64 * GB, "phi-4-mini"), (8 * GB, "phi-4-mini"), (5 * GB, "phi-2"), (2 * GB, "")]
)
def test_the_recommended_one_fits_the_memory(make: Make, memory: int, identity: str) -> None:
    assert best(make(memory)) == ([identity] if identity else [])


def test_a_disk_without_room_recommends_what_still_fits_on_it(make: Make) -> None:
    assert best(make(disk=2 * GB)) == ["phi-2"]
    assert best(make(disk=GB)) == []
    half = Download("phi-4-mini", "Phi-4-mini", DownloadState.PAUSED, 2 * GB, 2_491_874_688, 0.0, "example.org")
    begun = make(16 * GB, GB, LAPTOP, half)
    assert best(begun) == ["phi-4-mini"], "most of it has arrived"
    assert offered(begun)["phi-4-mini"].download == half


def test_a_machine_that_is_slow_is_still_recommended_a_small_one(make: Make) -> None:
    assert best(make(pace=Pace(1e9, 5e9))) == ["phi-4-mini"]


def test_fourteen_billions_on_two_slow_cores_are_not_recommended(make: Make) -> None:
    offers = offered(make(64 * GB, 100 * GB, TWO_SLOW_CORES))
    large, small = offers["phi-4"], offers["phi-2"]
    machine = make(64 * GB).machine()
    assert large.fit == "fits"
    assert answer_seconds(large.speed) > max(PATIENCE_S, MUCH_SLOWER * answer_seconds(small.speed))
    assert recommended([large, small], machine) == "phi-2"
    quick = dataclasses.replace(large, speed=Speed(90.0, 18.0, is_measured=False))
    assert recommended([quick, small], machine) == "phi-4"


class TestInstalled:
    """A Phi that is here, the table being that of two tiny ones."""

    @pytest.fixture(autouse=True)
    def _table(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        shape = {"trained_context": CONTEXT, "safe_context": CONTEXT, "kv_bytes_per_token": 4 * LAYERS * WIDTH}
        first: Phi = phi_table().models[0]
        tiny = dataclasses.replace(first, id="phi-tiny", name="Phi-tiny", called=("phitiny",), bytes=None, **shape)  # type: ignore[arg-type]
        table: PhiTable = dataclasses.replace(phi_table(), models=(tiny, first))
        for module in ("engine.phi", "engine.catalogue", "rag.offering"):
            monkeypatch.setattr(f"{module}.phi_table", lambda: table)
        model_folder(tmp_path).mkdir()

    def test_its_figures_are_the_files_own(self, make: Make, tmp_path: Path) -> None:
        path = write_model(model_folder(tmp_path) / "phi-tiny.gguf", "phi3")
        offer = offered(make())["phi-tiny"]
        assert (offer.installed, offer.bytes, offer.context) == ("phi-tiny-f32", path.stat().st_size, CONTEXT)
        assert offer.fit == "fits"
        assert offer.is_recommended
        assert offer.speed is not None

    def test_a_damaged_one_is_not_here(self, make: Make, tmp_path: Path) -> None:
        whole = write_model(model_folder(tmp_path) / "phi-tiny.gguf", "phi3")
        whole.write_bytes(whole.read_bytes()[:-100])
        assert offered(make())["phi-tiny"].installed == ""

    def test_a_download_that_is_done_is_no_more_told(self, make: Make, tmp_path: Path) -> None:
        write_model(model_folder(tmp_path) / "phi-tiny.gguf", "phi3")
        done = Download("phi-tiny", "Phi-tiny", DownloadState.DONE, 5, 5, 0.0, "example.org")
        assert offered(make(16 * GB, GB, LAPTOP, done))["phi-tiny"].download is None


def test_the_machine_counts_what_its_model_holds_as_free(make: Make, tmp_path: Path) -> None:
    model_folder(tmp_path).mkdir()
    write_model(model_folder(tmp_path) / "tiny.gguf")
    machine = make(16 * GB).machine()
    assert (machine.memory, machine.memory_free, machine.disk_free) == (16 * GB, 9 * GB, 100 * GB)
    assert machine.cores >= 1


OFFER = Offer("m", "M", "3 B", "", "MIT", GB, 4096, 2 * GB, "fits", False, "", Speed(10.0, 4.0, False))
MACHINE = Machine(16 * GB, 8 * GB, 50 * GB, 4, (), "", on_battery=False)
OFFERS = st.builds(
    dataclasses.replace,
    st.just(OFFER),
    fit=st.sampled_from(["fits", "tight", "does_not_fit", ""]),
    bytes=st.integers(0, 100 * GB),
    speed=st.none() | st.builds(Speed, st.floats(0, 1e3), st.floats(0, 1e3), st.booleans()),
)


@given(st.lists(OFFERS, max_size=6))
def test_what_is_recommended_can_be_used(offers: list[Offer]) -> None:
    named = [dataclasses.replace(offer, model=str(number)) for number, offer in enumerate(offers)]
    chosen = next((offer for offer in named if offer.model == recommended(named, MACHINE)), None)
    usable = [each for each in named if each.fit in {"fits", "tight"} and each.speed and has_room(each, MACHINE)]
    assert (chosen is not None) == bool(usable)
    if chosen is not None:
        assert chosen in usable
        assert chosen.fit == "fits" or all(each.fit == "tight" for each in usable)


@given(st.lists(OFFERS, min_size=1, max_size=4, unique_by=lambda offer: offer.bytes))
def test_among_equals_the_order_decides(offers: list[Offer]) -> None:
    alike = [dataclasses.replace(OFFER, model=str(number)) for number, _ in enumerate(offers)]
    for order in itertools.permutations(alike):
        assert recommended(order, MACHINE) == order[0].model
