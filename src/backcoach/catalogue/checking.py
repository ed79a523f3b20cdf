"""What an exercise's tables must be together, where each of them is right by itself."""

from typing import Final

from backcoach.catalogue.drawing import drawing_of
from backcoach.catalogue.model import Dose, Exercise, Pose
from backcoach.document.problems import Also, Part, Path, Problems, did_you_mean
from backcoach.figure.skeleton import JOINTS, SEGMENTS, KeyPose, placed

_REP_KEYS: Final = ("reps", "sets", "hold", "move", "rep_rest", "switch", "set_rest")


def check_exercise(exercise: Exercise, problems: Problems, path: Path) -> None:
    """Note what doesn't fit together in an exercise.

    Args:
        path: where in the document it stands.
    """
    _check_dose(exercise, exercise.dose, problems, (*path, "dose"))
    for index, dose in enumerate(exercise.ladder):
        _check_dose(exercise, dose, problems, (*path, "ladder", index))
    if exercise.side_labels is not None and exercise.sides == "none":
        problems.add(
            "no-sides",
            "an exercise without sides has no labels for them",
            hint='write `sides = "each"`, or leave the labels out',
            path=(*path, "side_labels"),
            part=Part.KEY,
        )
    _check_figure(exercise, problems, path)


def _check_figure(exercise: Exercise, problems: Problems, path: Path) -> None:
    """Note what could not be drawn."""
    known = len(problems)
    joint = exercise.figure.anchor_joint
    if joint is not None and joint not in JOINTS:
        problems.add(
            "choice",
            f"`anchor_joint` is one of {', '.join(JOINTS)}",
            hint=did_you_mean(joint, JOINTS),
            path=(*path, "figure", "anchor_joint"),
        )
        return
    for index, pose in enumerate(exercise.poses):
        odd = [segment for segment in pose.scale if segment not in SEGMENTS]
        for segment in odd:
            problems.add(
                "choice",
                f"`{segment}` is no segment of a figure",
                hint=did_you_mean(segment, SEGMENTS) or f"they are {', '.join(SEGMENTS)}",
                path=(*path, "poses", index, "scale", segment),
                part=Part.KEY,
            )
        if odd:
            continue
        angles = {name: angle for name in SEGMENTS if (angle := getattr(pose, name)) is not None}
        try:
            placed([KeyPose(angles, pose.scale)], joint or "pel", exercise.figure.view)
        except ValueError as error:
            problems.add(
                "cant-draw",
                f"pose {index + 1} can't be drawn: {error}",
                hint="`backcoach explain cant-draw` says what a pose needs",
                path=(*path, "poses", index),
            )
    count = len(exercise.poses)
    if count and exercise.figure.hold_pose > count:
        problems.add(
            "no-pose",
            f"`hold_pose` is {exercise.figure.hold_pose}, and there are {count} poses",
            hint="it counts the poses from 1",
            path=(*path, "figure", "hold_pose"),
        )
    elif len(problems) == known and len({_drawn(pose) for pose in exercise.poses}) > 1:
        _check_ways(exercise, problems, path)


def _drawn(pose: Pose) -> frozenset[str]:
    """The segments that a pose has."""
    return frozenset(name for name in SEGMENTS if getattr(pose, name) is not None)


def _check_ways(exercise: Exercise, problems: Problems, path: Path) -> None:
    """Note that there is nobody to draw on the way from one pose to another."""
    drawing = drawing_of(exercise)
    if drawing is None:
        return
    try:
        for side in (drawing.on_side(left=True), drawing.on_side(left=False)):
            _ = side.frame, side.working
    except ValueError as error:
        problems.add(
            "cant-draw",
            f"the way from one pose to the next can't be drawn: {error}",
            hint="give each pose the same parts of the body",
            path=(*path, "poses", 0),
        )


def _check_dose(exercise: Exercise, dose: Dose, problems: Problems, path: Path) -> None:
    timed = exercise.kind == "timed"
    refused, hint = (_REP_KEYS, "use `duration`") if timed else (("duration",), "use `hold`")
    for key in refused:
        if getattr(dose, key) is not None:
            problems.add(
                "wrong-key",
                f"`{key}`: a {exercise.kind} exercise has none",
                hint=hint,
                path=(*path, key),
                part=Part.KEY,
            )
    if isinstance(dose.reps, tuple) and dose.sets is not None:
        note_sets_beside_list(problems, path)


def note_sets_beside_list(problems: Problems, path: Path) -> None:
    """Note a number of sets where a list of reps says it.

    Args:
        path: of the dose or the step that has both.
    """
    problems.add(
        "sets-and-list",
        "the list of reps says how many sets there are",
        hint="leave `sets` out, or write one number of reps",
        path=(*path, "sets"),
        part=Part.KEY,
        also=[Also("the list", (*path, "reps"), Part.VALUE)],
    )
