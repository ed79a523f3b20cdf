"""An exercise, as a catalogue file, a file of the person's own or `[exercises.ID]` has it."""

from typing import Annotated, Literal

from pydantic import Field

from backcoach.catalogue.fields import (
    Id,
    Model,
    Reps,
    Text,
    UpToFourHours,
    UpToHalfHour,
    UpToHour,
)

Kind = Literal["hold", "dynamic", "timed"]
Posture = Literal[
    "supine",
    "prone",
    "side-lying",
    "all-fours",
    "forearm-plank",
    "half-kneeling",
    "kneeling",
    "standing",
    "seated",
]
Sides = Literal["none", "each", "alternate"]
StageName = Literal["acute", "subacute", "prevention"]
Line = Annotated[Text, Field(max_length=120)]
Segment = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]
Length = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
Angle = Annotated[float, Field(ge=-720, le=720, allow_inf_nan=False)]


class SideLabels(Model):
    """What is said for each side."""

    left: Line
    right: Line


class Dose(Model):
    """How much of the exercise, where a step doesn't say."""

    reps: Reps = None
    sets: Annotated[int, Field(ge=1, le=20)] | None = None
    hold: UpToHour | None = None
    duration: UpToFourHours | None = None
    prepare: UpToHalfHour | None = None
    move: UpToHour | None = None
    rep_rest: UpToHalfHour | None = None
    switch: UpToHalfHour | None = None
    set_rest: UpToHalfHour | None = None


class CeilingLimits(Model):
    """What a dose shouldn't pass, and the player never lengthens past."""

    hold: UpToHour | None = None
    reps: Annotated[int, Field(ge=1, le=1000)] | None = None
    total: UpToFourHours | None = None


class CueLines(Model):
    """The words: at most eight in a line, at most two where they come with every rep."""

    setup: list[Line] = []
    go: list[Line] = []
    lift: Line = ""
    hold: list[Line] = []
    lower: Line = ""
    last: Line = ""
    between: Line = ""
    again: Line = ""
    exit: list[Line] = []
    up: list[Line] = []


class Breath(Model):
    """How to breathe, and the seconds of a pacer where the exercise has one."""

    text: Line = ""
    in_: Annotated[int | None, Field(alias="in", ge=1, le=20)] = None
    out: Annotated[int | None, Field(ge=1, le=20)] = None


class Avoid(Model):
    """Whom the exercise isn't for, or how it changes for them."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,12}$")]
    action: Literal["skip", "modify"]
    text: Line


class Pose(Model):
    """One key pose: absolute angles in degrees, anti-clockwise from pointing right.

    A segment without an angle is not drawn; `scale` shortens one.
    """

    words: Text = ""
    lumbar: Angle | None = None
    thoracic: Angle | None = None
    head: Angle | None = None
    near_thigh: Angle | None = None
    near_shin: Angle | None = None
    near_foot: Angle | None = None
    far_thigh: Angle | None = None
    far_shin: Angle | None = None
    far_foot: Angle | None = None
    near_upper_arm: Angle | None = None
    near_forearm: Angle | None = None
    far_upper_arm: Angle | None = None
    far_forearm: Angle | None = None
    scale: dict[Segment, Length] = {}


class Prop(Model):
    """Something drawn beside the figure, a rectangle in trunk lengths from the anchor."""

    kind: Literal["mat", "wall", "chair", "pillow", "pad", "seat"]
    x: Length = 0.0
    y: Length = 0.0
    w: Length = 0.0
    h: Length = 0.0


class Figure(Model):
    """How the poses are drawn and moved between."""

    view: Literal["side", "front", "top"] = "side"
    anchor: Segment | None = None
    anchor_joint: Segment | None = None
    hold_pose: Annotated[int, Field(ge=1, le=20)] = 1
    cycle: bool = False
    mirror: Literal["swap", "flip"] = "swap"
    drawn_side: Literal["left", "right"] | None = None
    props: list[Prop] = []


class Exercise(Model):
    """One exercise.

    `easier` and `harder` name other exercises; `max_pain` is the resting pain above which the
    coach leaves this one out.
    """

    name: Annotated[Text, Field(min_length=1, max_length=80)]
    kind: Kind
    posture: Posture = "standing"
    sides: Sides = "none"
    side_labels: SideLabels | None = None
    family: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)] = "other"
    direction: Literal["flexion", "extension", "rotation", "none"] = "none"
    stage: list[StageName] = []
    late_subacute: bool = False
    max_pain: Annotated[int, Field(ge=0, le=10)] = 5
    gentle: bool = False
    end_range: bool = False
    needs: list[Line] = []
    only_if: Literal["bending-worse"] | None = None
    start: Annotated[Text, Field(max_length=200)] = ""
    mistakes: Annotated[Text, Field(max_length=300)] = ""

    dose: Dose = Dose()
    ceiling: CeilingLimits = CeilingLimits()
    ladder: list[Dose] = []
    smaller: Line = ""
    easier: Id | None = None
    harder: Id | None = None
    cues: CueLines = CueLines()
    breath: Breath = Breath()
    avoid: list[Avoid] = []
    poses: list[Pose] = []
    figure: Figure = Figure()
