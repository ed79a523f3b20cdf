"""The exercises that come with the program, each and together."""

from importlib import resources
from itertools import pairwise
from typing import Any, get_args

import pytest

from backcoach.catalogue.loading import Catalogue, bundled_ids
from backcoach.catalogue.model import CueLines, Dose, Exercise, Posture, StageName
from backcoach.document.reading import parse_document

IDS = sorted(bundled_ids())
CATALOGUE = Catalogue()
SEGMENTS = {
    "lumbar",
    "thoracic",
    "head",
    *(f"{nearness}_{limb}" for nearness in ("near", "far") for limb in ("thigh", "shin", "foot")),
    *(f"{nearness}_{limb}" for nearness in ("near", "far") for limb in ("upper_arm", "forearm")),
}

each = pytest.mark.parametrize("name", IDS)


def bundled(name: str) -> Exercise:
    exercise = CATALOGUE.get(name)
    assert exercise is not None
    return exercise


def table(name: str) -> dict[str, Any]:
    entry = resources.files("backcoach.catalogue") / "tables" / f"{name}.toml"
    return parse_document(entry.read_bytes(), entry.name).values


def lines_of(cues: CueLines) -> list[str]:
    return [
        *cues.setup,
        *cues.go,
        cues.lift,
        *cues.hold,
        cues.lower,
        cues.last,
        cues.between,
        cues.again,
        *cues.exit,
        *cues.up,
    ]


def work_of(dose: Dose) -> float:
    """A dose's work: reps × hold, else reps, else time."""
    if dose.duration is not None:
        return dose.duration
    reps = sum(dose.reps) if isinstance(dose.reps, tuple) else (dose.reps or 1)
    return float(reps * (dose.sets or 1) * (dose.hold or 1000))


# --- each ----------------------------------------------------------------------------------------


def test_all_of_them_are_there() -> None:
    assert len(IDS) == 36
    assert CATALOGUE.ids == IDS


@each
def test_loads(name: str) -> None:
    exercise = bundled(name)

    assert exercise.name
    assert exercise.stage
    assert exercise.smaller


@each
def test_has_the_dose_of_its_kind(name: str) -> None:
    exercise = bundled(name)
    doses = [exercise.dose, *exercise.ladder]

    assert exercise.ladder
    assert exercise.dose.prepare is not None
    if exercise.kind == "timed":
        assert all(dose.duration and dose.reps is None and dose.hold is None for dose in doses)
    else:
        assert all(dose.reps and dose.duration is None for dose in doses)


@each
def test_is_climbed_in_small_steps(name: str) -> None:
    works = [work_of(dose) for dose in bundled(name).ladder]

    for below, above in pairwise(works):
        assert above <= 1.36 * below or above - below <= 1000


@each
def test_no_dose_passes_the_ceiling(name: str) -> None:
    exercise = bundled(name)

    for dose in (exercise.dose, *exercise.ladder):
        assert (
            dose.hold is None
            or exercise.ceiling.hold is None
            or (dose.hold <= exercise.ceiling.hold)
        )
        if dose.duration is not None and exercise.ceiling.total is not None:
            assert dose.duration <= exercise.ceiling.total


@each
def test_cues_are_short(name: str) -> None:
    cues = bundled(name).cues

    assert [line for line in lines_of(cues) if len(line.split()) > 8] == []
    assert len(cues.lift.split()) <= 2
    assert len(cues.lower.split()) <= 2


@each
def test_says_what_to_do_and_how_to_stop(name: str) -> None:
    cues = bundled(name).cues

    assert cues.setup
    assert cues.go
    assert cues.exit
    assert all(line.strip() for line in (*cues.setup, *cues.go, *cues.hold, *cues.exit, *cues.up))


@each
def test_sides_have_labels_and_nothing_else_has(name: str) -> None:
    exercise = bundled(name)

    assert (exercise.side_labels is not None) == (exercise.sides != "none")
    if exercise.side_labels:
        assert exercise.side_labels.left != exercise.side_labels.right


@each
def test_poses_can_be_drawn(name: str) -> None:
    exercise = bundled(name)

    assert exercise.poses
    assert exercise.figure.hold_pose <= len(exercise.poses)
    assert exercise.figure.anchor
    for pose in exercise.poses:
        assert set(pose.scale) <= SEGMENTS
        assert all(scale > 0 for scale in pose.scale.values())


# --- together ------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["easier", "harder"])
def test_links_lead_to_exercises(link: str) -> None:
    named = {getattr(bundled(name), link) for name in IDS} - {None}

    assert named <= set(IDS)


@pytest.mark.parametrize("link", ["easier", "harder"])
@each
def test_links_never_lead_back(name: str, link: str) -> None:
    seen: list[str] = []
    here: str | None = name
    while here:
        assert here not in seen, [*seen, here]
        seen.append(here)
        here = getattr(bundled(here), link)


@each
def test_nothing_is_replaced_by_a_rest_but_a_rest(name: str) -> None:
    exercise = bundled(name)

    if exercise.easier:
        assert (bundled(exercise.easier).family == "rest") == (exercise.family == "rest")


def test_families_are_those_of_the_table() -> None:
    families = table("families")
    known = {*families["core"], *families["warm_up"], *families["stretch"], "rest"}

    assert {bundled(name).family for name in IDS} == known
    assert set(families["plank_exceptions"]) <= set(IDS)


def test_core_is_held_no_longer_than_its_table_says() -> None:
    families = table("families")
    core = [name for name in IDS if bundled(name).family in families["core"]]

    for name in set(core) - set(families["plank_exceptions"]):
        assert (bundled(name).ceiling.hold or 0) <= 10_000


def test_more_than_the_rulebook_start_pain_leaves_rests_and_walks() -> None:
    left = {bundled(name).family for name in IDS if bundled(name).max_pain > 5}

    assert left == {"rest", "aerobic"}


def test_pain_zones_follow_one_another() -> None:
    zones = table("pain-zones")["zones"]

    assert [zone["start"] for zone in zones] == list(range(6))
    for zone in zones:
        assert zone["amber"] == list(range(zone["green_max"] + 1, zone["red_min"]))
    for gentler, sorer in pairwise(zones):
        assert gentler["green_max"] <= sorer["green_max"]


def test_gates_name_what_there_is() -> None:
    gates = table("gates")["gates"]
    families = {bundled(name).family for name in IDS}

    assert [gate["code"] for gate in gates] == ["POSTOP", "BALANCE", "PREG", "ACUTE"]
    for gate in gates:
        assert set(gate.get("allow_families", [])) <= families
        for key in ("allow_postures", "skip_postures", "skip_postures_from_week"):
            assert set(gate.get(key, [])) <= set(get_args(Posture))


def test_every_stage_of_recovery_has_exercises() -> None:
    stages = {stage for name in IDS for stage in bundled(name).stage}

    assert stages == set(get_args(StageName))
