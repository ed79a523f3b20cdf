"""An exercise, as a catalogue file, a file of the person's own or `[exercises.ID]` has it.

A table's first paragraph, like what is said of its keys, is for the author: the JSON schema and
the reference are made of it.
"""

from typing import Annotated, Literal

from pydantic import Field

from backcoach.catalogue.fields import (
    Duration,
    Hold,
    Id,
    Model,
    Move,
    Name,
    Prepare,
    RepRest,
    Reps,
    SetRest,
    Sets,
    Switch,
    Text,
    UpToFourHours,
    UpToHour,
    about,
    otherwise,
    words_at_most,
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
Cue = Annotated[Line, words_at_most(8)]
ShortCue = Annotated[Line, words_at_most(2)]
AvoidCode = Annotated[str, Field(pattern=r"^[A-Z]{2,12}$")]
Segment = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]
Length = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
Angle = Annotated[float, Field(ge=-720, le=720, allow_inf_nan=False)]


class SideLabels(Model, title="Side labels"):
    """What is said for each side, where left and right aren't enough."""

    left: Annotated[Line, about("What is said for the left side.", "left leg, right arm")]
    right: Annotated[Line, about("What is said for the right side.", "right leg, left arm")]


class Dose(Model, title="Dose"):
    """How much of the exercise, where a step doesn't say."""

    reps: Annotated[Reps, otherwise("1")] = None
    sets: Annotated[Sets, otherwise("1")] = None
    hold: Annotated[Hold, otherwise("0s")] = None
    duration: Annotated[Duration, otherwise("none: a step has to say it")] = None
    prepare: Annotated[Prepare, otherwise("10s")] = None
    move: Annotated[Move, otherwise("4s")] = None
    rep_rest: Annotated[RepRest, otherwise("2s")] = None
    switch: Annotated[Switch, otherwise("5s")] = None
    set_rest: Annotated[SetRest, otherwise("20s")] = None


class CeilingLimits(Model, title="Ceiling"):
    """What a dose shouldn't pass, for each side: `check` warns above it, and the player lengthens
    nothing past it.
    """

    hold: Annotated[
        Annotated[UpToHour | None, about("The longest that a rep is held.", "10s")],
        otherwise("twice the dose's hold or duration, 30s at least"),
    ] = None
    reps: Annotated[
        Annotated[int, Field(ge=1, le=1000)] | None, about("The most reps of all sets.", 12)
    ] = None
    total: Annotated[UpToFourHours | None, about("The longest of all reps together.", "2m")] = None


class CueLines(Model, title="Cues"):
    """The words: at most eight in a line, at most two where they come with every rep."""

    setup: Annotated[
        list[Cue], about("How to get into position.", ["Lie on your back, knees bent."])
    ] = []
    go: Annotated[
        list[Cue], about("What to do, said before the first rep.", ["Draw that knee gently in."])
    ] = []
    lift: Annotated[
        ShortCue, about("With every rep, moving in.", "Reach."), otherwise("as its kind has it")
    ] = ""
    hold: Annotated[list[Cue], about("During the hold.", ["Keep breathing."])] = []
    lower: Annotated[
        ShortCue,
        about("With every rep, moving out.", "Return."),
        otherwise("as its kind has it"),
    ] = ""
    last: Annotated[Cue, about("Before the last rep."), otherwise("`Last one.`")] = ""
    between: Annotated[Cue, about("When a rest between sets begins."), otherwise("`Rest.`")] = ""
    again: Annotated[Cue, about("Before the next set.", "Again.")] = ""
    exit: Annotated[
        list[Cue],
        about("At once on a stop: unload, then be still.", ["Hand down. Knee down. Stay there."]),
        otherwise("as its posture has it"),
    ] = []
    up: Annotated[
        list[Cue], about("The way up, when ready.", ["Hold something. Rise slowly."])
    ] = []


class Breath(Model, title="Breath"):
    """How to breathe, and the seconds of a pacer where the exercise has one."""

    text: Annotated[Line, about("How to breathe, in words.", "Out as you reach.")] = ""
    in_: Annotated[
        int | None, Field(alias="in", ge=1, le=20), about("Seconds of breathing in.", 4)
    ] = None
    out: Annotated[int | None, Field(ge=1, le=20), about("Seconds of breathing out.", 4)] = None


class Avoid(Model, title="Avoid"):
    """Whom the exercise isn't for, or how it changes for them."""

    code: Annotated[AvoidCode, about("What they have, as an avoid code.", "KNEE")]
    action: Annotated[
        Literal["skip", "modify"], about("`skip`: leave it out; `modify`: do it as `text` says.")
    ]
    text: Annotated[Line, about("Why, or how.", "Put a pad under your knees.")]


class Pose(Model, title="Pose"):
    """One key pose: absolute angles in degrees, anti-clockwise from pointing right.

    A segment without an angle is not drawn; `scale` shortens one.
    """

    words: Annotated[Text, about("What the pose shows, for whoever edits it.")] = ""
    lumbar: Annotated[Angle | None, about("The low back, from the pelvis up.", 0)] = None
    thoracic: Annotated[Angle | None, about("The upper back, up to the shoulders.", 0)] = None
    head: Annotated[Angle | None, about("The head, from the shoulders.", -4)] = None
    near_thigh: Annotated[Angle | None, about("The near thigh, hip to knee.", -90)] = None
    near_shin: Annotated[Angle | None, about("The near shin, knee to ankle.", 180)] = None
    near_foot: Annotated[Angle | None, about("The near foot, ankle to toes.", 180)] = None
    far_thigh: Annotated[Angle | None, about("The far thigh, hip to knee.", -90)] = None
    far_shin: Annotated[Angle | None, about("The far shin, knee to ankle.", 180)] = None
    far_foot: Annotated[Angle | None, about("The far foot, ankle to toes.", 180)] = None
    near_upper_arm: Annotated[
        Angle | None, about("The near upper arm, shoulder to elbow.", -90)
    ] = None
    near_forearm: Annotated[Angle | None, about("The near forearm, elbow to hand.", -90)] = None
    far_upper_arm: Annotated[Angle | None, about("The far upper arm, shoulder to elbow.", -90)] = (
        None
    )
    far_forearm: Annotated[Angle | None, about("The far forearm, elbow to hand.", -90)] = None
    scale: Annotated[
        dict[Segment, Length],
        about("A factor for the length of a segment that points at you or away.", {"head": 0.8}),
    ] = {}


class Prop(Model, title="Prop"):
    """Something drawn beside the figure: a rectangle, in trunk lengths."""

    kind: Annotated[Literal["mat", "wall", "chair", "pillow", "pad", "seat"], about("What it is.")]
    x: Annotated[Length, about("Its left edge, from the anchor.")] = 0.0
    y: Annotated[
        Length, about("Its lower edge, from the floor; from the anchor in a top view.")
    ] = 0.0
    w: Annotated[Length, about("Its width.")] = 0.0
    h: Annotated[Length, about("Its height.")] = 0.0


class Figure(Model, title="Figure"):
    """How the poses are drawn and moved between."""

    view: Annotated[Literal["side", "front", "top"], about("From where it is seen.")] = "side"
    anchor: Annotated[
        Segment | None, about("The part of the body that stays where it is, in a word.", "knee")
    ] = None
    anchor_joint: Annotated[
        Segment | None,
        about(
            "The joint that stays where it is: pelvis, mid-back, shoulder, head; knee, ankle, "
            "toes, elbow, hand with `n` for the near one and `f` for the far one.",
            "knf",
        ),
    ] = None
    hold_pose: Annotated[
        int, Field(ge=1, le=20), about("The pose that is held, counting from 1.")
    ] = 1
    cycle: Annotated[bool, about("Go round all poses, and hold none.")] = False
    mirror: Annotated[
        Literal["swap", "flip"],
        about("The other side: `swap` near and far limbs, or `flip` left and right."),
    ] = "swap"
    drawn_side: Annotated[
        Literal["left", "right"] | None, about("The side that the poses show.")
    ] = None
    props: Annotated[list[Prop], about("What is drawn beside the figure.")] = []


class Exercise(Model, title="Exercise"):
    """An exercise: what it is, how much of it, what is said, and how it is drawn."""

    name: Annotated[Name, about("What it is called.", "Wall sit")]
    kind: Annotated[
        Kind,
        about(
            "`hold`: each rep is held; `dynamic`: it moves at a steady pace; `timed`: it has a "
            "`duration` and no reps."
        ),
    ]
    posture: Annotated[Posture, about("The position it is done in.")] = "standing"
    sides: Annotated[
        Sides,
        about(
            "`each`: all reps of a set left, then right; `alternate`: left and right in turn; "
            "`none`: it has no sides."
        ),
    ] = "none"
    side_labels: SideLabels | None = None
    family: Annotated[
        str,
        Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40),
        about("What it trains: exercises of one family load the back alike.", "posterior"),
    ] = "other"
    direction: Annotated[
        Literal["flexion", "extension", "rotation", "none"], about("How it moves the low back.")
    ] = "none"
    stage: Annotated[
        list[StageName], about("The stages of recovery it is for.", ["subacute", "prevention"])
    ] = []
    late_subacute: Annotated[
        bool, about("In the subacute stage, only once it has been calm for a while.")
    ] = False
    max_pain: Annotated[
        int,
        Field(ge=0, le=10),
        about("The most resting pain to do it with, from 0 to 10."),
    ] = 5
    gentle: Annotated[bool, about("Light enough for a day on which it aches.")] = False
    end_range: Annotated[
        bool, about("It bends the back to its end: not in the first hour after waking.")
    ] = False
    needs: Annotated[list[Line], about("What to have at hand.", ["mat"])] = []
    only_if: Annotated[
        Literal["bending-worse"] | None,
        about("The coach offers it only to those whom bending forward makes worse."),
    ] = None
    start: Annotated[
        Text, Field(max_length=200), about("The position it begins in.", "Hands and knees.")
    ] = ""
    mistakes: Annotated[
        Text, Field(max_length=300), about("What often goes wrong.", "Holding the breath.")
    ] = ""

    dose: Dose = Dose()
    ceiling: CeilingLimits = CeilingLimits()
    ladder: Annotated[
        list[Dose],
        about("The doses a person climbs, from the first to the top.", [{"reps": 3, "hold": "5s"}]),
    ] = []
    smaller: Annotated[Line, about("The same exercise made smaller, in words.", "Half as far.")] = (
        ""
    )
    easier: Annotated[
        Id | None, about("The id of an easier exercise, never leading round.", "bird-dog-slide")
    ] = None
    harder: Annotated[Id | None, about("The id of a harder exercise.", "side-plank")] = None
    cues: CueLines = CueLines()
    breath: Breath = Breath()
    avoid: Annotated[list[Avoid], about("Whom it isn't for, or how it changes for them.")] = []
    poses: Annotated[
        list[Pose], about("The key poses, in order. Without any, its name is shown large.")
    ] = []
    figure: Figure = Figure()
