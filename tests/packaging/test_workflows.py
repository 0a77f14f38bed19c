"""The workflows: pinned, with the rights they need and no more, and everything they run is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")


def load(path: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return workflow


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = load(path)["jobs"]
    return found


def runs() -> Iterator[tuple[str, str]]:
    """Each command line of each workflow, with the name of its job."""
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            for step in job["steps"]:
                for line in step.get("run", "").splitlines():
                    yield f"{path.stem}/{name}", line


def test_there_are_the_two() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "release"]


def test_every_action_is_pinned_by_its_commit_the_same_everywhere() -> None:
    pins: dict[str, set[tuple[str, str]]] = {}
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                found = PINNED.search(line)
                assert found is not None, line
                pins.setdefault(found[1], set()).add((found[2], found[3]))
    assert [name for name, pinned in pins.items() if len(pinned) != 1] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_the_least(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "concurrency" in workflow
    widened = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    allowed = {"draft": {"contents": "write", "id-token": "write", "attestations": "write"}}
    assert widened == (allowed if path.stem == "release" else {})
    for name, job in workflow["jobs"].items():
        assert 0 < job["timeout-minutes"] <= 180, name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_secrets_are_for_one_step_of_a_job_that_a_person_releases() -> None:
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            outside = {key: value for key, value in job.items() if key != "steps"}
            assert "secrets." not in str(outside) + str(load(path).get("env")), name
            for step in job["steps"]:
                if "secrets." in str(step):
                    assert job["environment"] == "release"
                    assert "secrets." not in step.get("run", "")


def test_no_text_of_others_becomes_part_of_a_command() -> None:
    assert [line for _, line in runs() if "${{" in line] == []


def test_everything_that_is_run_is_there() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    ran = 0
    for place, line in runs():
        for target in re.findall(r"\bmake ([a-z][\w-]*)", line):
            assert target in targets, f"{place}: make {target}"
            ran += 1
        for script in re.findall(r"[\w./-]+\.(?:py|sh|ps1)\b", line):
            assert (ROOT / script).is_file(), f"{place}: {script}"
            ran += 1
    assert ran > 30


def test_what_is_fetched_is_compared_with_a_hash() -> None:
    for path in WORKFLOWS:
        for job in jobs(path).values():
            for step in job["steps"]:
                fetched = re.findall(r"--output (\S+)", step.get("run", ""))
                compared = re.findall(r"\S+  (\S+)\" \| sha256sum --check", step.get("run", ""))
                assert fetched == compared
                assert ("curl" in step.get("run", "")) is bool(fetched)
    sums = [value for name, value in jobs(WORKFLOWS[1])["linux"]["env"].items() if name.endswith("_SUM")]
    assert len(sums) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in sums)


def test_the_draft_waits_for_every_system_and_is_a_draft() -> None:
    release = jobs(WORKFLOWS[1])
    assert set(release["draft"]["needs"]) == set(release) - {"draft"}
    assert release["draft"]["if"] == "github.ref_type == 'tag'"
    assert any("gh release create" in line and "--draft" in line for _, line in runs())
