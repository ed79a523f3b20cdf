"""A routine file, version 1, as its author wrote it. What it means in time is `compiling`'s.

A table's first paragraph, like what is said of its keys, is for the author: the JSON schema and
the reference are made of it.
"""

from typing import Annotated, Any, Literal

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
    UpToHalfHour,
    about,
    otherwise,
)
from backcoach.catalogue.model import AvoidCode, StageName

Pace = Annotated[
    Literal["guided", "self"] | None,
    about(
        "`guided`: the player sets the time of each rep; `self`: you count, and press a key when "
        "you are done.",
    ),
]
StepSides = Literal["each", "alternate", "left", "right", "none"]
Note = Annotated[Text, Field(max_length=200), about("Shown and spoken at the step's start.")]


class ExerciseStep(Model, title="Exercise step"):
    """An exercise, in its sets and reps.

    What is None comes from elsewhere.
    """

    exercise: Annotated[
        Id, about("The id of an exercise: the catalogue's or this file's own.", "bird-dog")
    ]
    reps: Annotated[Reps, otherwise("the exercise's, else 1")] = None
    sets: Annotated[Sets, otherwise("`[defaults]`, else the exercise's, else 1")] = None
    hold: Annotated[Hold, otherwise("`[defaults]`, else the exercise's, else 0s")] = None
    duration: Annotated[Duration, otherwise("the exercise's")] = None
    pace: Annotated[Pace, otherwise("`[defaults]`, else `guided`")] = None
    sides: Annotated[
        StepSides | None,
        about(
            "`each`: all reps of a set left, then right; `alternate`: left and right in turn; "
            "`left` or `right`: that side alone; `none`: only where the exercise has no sides.",
        ),
        otherwise("the exercise's"),
    ] = None
    prepare: Annotated[Prepare, otherwise("`[defaults]`, else the exercise's, else 10s")] = None
    move: Annotated[Move, otherwise("`[defaults]`, else the exercise's, else 4s")] = None
    rep_rest: Annotated[RepRest, otherwise("`[defaults]`, else the exercise's, else 2s")] = None
    switch: Annotated[Switch, otherwise("`[defaults]`, else the exercise's, else 5s")] = None
    set_rest: Annotated[SetRest, otherwise("`[defaults]`, else the exercise's, else 20s")] = None
    note: Annotated[Note, about("Shown and spoken at the step's start.", "Slowly today.")] = ""


class RestStep(Model, title="Rest"):
    """A rest of its own, between two steps."""

    rest: Annotated[UpToHalfHour, about("How long the rest is.", "1m")]
    note: Note = ""


class CircuitStep(Model, title="Circuit"):
    """Steps that come round again.

    The steps are checked one by one, and are values here.
    """

    repeat: Annotated[int, Field(ge=2, le=50), about("How many rounds.", 3)]
    round_rest: Annotated[UpToHalfHour, about("The rest between two rounds.", "30s")] = 0
    steps: Annotated[
        list[Any],
        Field(min_length=1),
        about("The steps of a round, in order; circuits nest at most 3 deep."),
    ]


class Defaults(Model, title="Defaults"):
    """What each exercise step of the file has where it says nothing itself."""

    prepare: Annotated[Prepare, otherwise("the exercise's, else 10s")] = None
    move: Annotated[Move, otherwise("the exercise's, else 4s")] = None
    hold: Annotated[Hold, otherwise("the exercise's, else 0s")] = None
    rep_rest: Annotated[RepRest, otherwise("the exercise's, else 2s")] = None
    switch: Annotated[Switch, otherwise("the exercise's, else 5s")] = None
    set_rest: Annotated[SetRest, otherwise("the exercise's, else 20s")] = None
    sets: Annotated[Sets, otherwise("the exercise's, else 1")] = None
    pace: Annotated[Pace, otherwise("`guided`")] = None


class SafetyTable(Model, title="Safety"):
    """How this routine is stricter than the rules of the program; it can't be less strict."""

    max_start_pain: Annotated[
        Annotated[int, Field(ge=0, le=10)] | None,
        about(
            "The most pain to start with, from 0 to 10: above it, the check-in advises something "
            "gentler.",
            3,
        ),
        otherwise("the strictest of its exercises"),
    ] = None
    on_sharp_pain: Annotated[
        Literal["ask", "end"],
        about("After a sharp pain: `ask` how to go on, or `end` the session."),
    ] = "ask"
    stops_to_end: Annotated[
        int, Field(ge=1, le=2), about("The session ends at this sharp pain: the first or second.")
    ] = 2


class Swap(Model, title="Swap"):
    """Another exercise in place of one, for a kind of day."""

    when: Annotated[
        Literal["bending-worse", "arching-worse"],
        about("The day: bending forward makes it worse, or arching back does."),
    ]
    replace: Annotated[Id, about("The id of the exercise that is left out.", "knee-to-chest")]
    exercise: Annotated[Id, about("The id of the one in its place.", "prone-lying")]
    duration: Annotated[Duration, otherwise("the exercise's")] = None
    reps: Annotated[Reps, otherwise("the exercise's")] = None
    hold: Annotated[Hold, otherwise("the exercise's")] = None


class CoachTable(Model, title="Coach"):
    """What the coach may do with this routine.

    Version 1 of the player only checks it.
    """

    mode: Annotated[
        Literal["on", "off"],
        about("`off`: the routine is played exactly as written, whatever the coach thinks."),
    ] = "on"
    hidden_for: Annotated[
        list[AvoidCode], about("Whom the routine isn't offered to, by avoid codes.", ["FLEXBAD"])
    ] = []
    swaps: Annotated[list[Swap], about("Exercises that give way to others on some days.")] = []


class RoutineFile(Model, title="Routine"):
    """A routine of backcoach. Its id is the name of the file.

    What is in its steps and in its own exercises is checked apart.
    """

    name: Annotated[Name, about("What the routine is called.", "Core foundation")]
    summary: Annotated[
        Text, Field(max_length=300), about("What it is for, shown in the library.")
    ] = ""
    stage: Annotated[
        list[StageName], about("The stages of recovery it is for.", ["subacute", "prevention"])
    ] = []
    tags: Annotated[
        list[Annotated[Text, Field(max_length=40)]],
        about(
            "Words to find it by. With `morning`, `check` warns of bending that is too early then.",
            ["core"],
        ),
    ] = []
    when: Annotated[
        Text,
        Field(max_length=200),
        about("How often, in your own words.", "3 × a week, alternate days"),
    ] = ""
    needs: Annotated[
        list[Annotated[Text, Field(max_length=80)]],
        about("What to have at hand, shown before the start.", ["mat", "chair"]),
    ] = []
    note: Annotated[
        Text,
        Field(max_length=300),
        about("Shown before the start.", "Rest and walk alone count as done."),
    ] = ""
    coach: CoachTable = CoachTable()
    safety: SafetyTable = SafetyTable()
    defaults: Defaults = Defaults()
    steps: Annotated[
        list[Any],
        Field(min_length=1),
        about("What is done, in order: exercises, rests and circuits."),
    ]
    exercises: Annotated[
        dict[str, Any],
        about(
            "Exercises of this file's own, by id: lower-case words joined by hyphens, and no id "
            "of the catalogue."
        ),
    ] = {}
