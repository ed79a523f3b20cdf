"""A routine file, version 1, as its author wrote it. What it means in time is `compiling`'s."""

from typing import Annotated, Any, Literal

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
from backcoach.catalogue.model import StageName

Pace = Literal["guided", "self"]
StepSides = Literal["each", "alternate", "left", "right", "none"]
Note = Annotated[Text, Field(max_length=200)]
Sets = Annotated[int, Field(ge=1, le=20)]


class ExerciseStep(Model):
    """One exercise, in its sets and reps. What is None comes from elsewhere."""

    exercise: Id
    reps: Reps = None
    sets: Sets | None = None
    hold: UpToHour | None = None
    duration: UpToFourHours | None = None
    pace: Pace | None = None
    sides: StepSides | None = None
    prepare: UpToHalfHour | None = None
    move: UpToHour | None = None
    rep_rest: UpToHalfHour | None = None
    switch: UpToHalfHour | None = None
    set_rest: UpToHalfHour | None = None
    note: Note = ""


class RestStep(Model):
    """A rest of its own."""

    rest: UpToHalfHour
    note: Note = ""


class CircuitStep(Model):
    """Steps that are repeated. The steps are checked one by one, and are values here."""

    repeat: Annotated[int, Field(ge=2, le=50)]
    round_rest: UpToHalfHour = 0
    steps: Annotated[list[Any], Field(min_length=1)]


class Defaults(Model):
    """What an exercise step has where it says nothing, before the exercise's own dose."""

    prepare: UpToHalfHour | None = None
    move: UpToHour | None = None
    hold: UpToHour | None = None
    rep_rest: UpToHalfHour | None = None
    switch: UpToHalfHour | None = None
    set_rest: UpToHalfHour | None = None
    sets: Sets | None = None
    pace: Pace | None = None


class SafetyTable(Model):
    """How this routine is stricter than the rulebook."""

    max_start_pain: Annotated[int, Field(ge=0, le=10)] | None = None
    on_sharp_pain: Literal["ask", "end"] = "ask"
    stops_to_end: Annotated[int, Field(ge=1, le=2)] = 2


class Swap(Model):
    """Another exercise in place of one, for a kind of day."""

    when: Literal["bending-worse", "arching-worse"]
    replace: Id
    exercise: Id
    duration: UpToFourHours | None = None
    reps: Reps = None
    hold: UpToHour | None = None


class CoachTable(Model):
    """What the coach may do with this routine; version 1 of the player only checks it."""

    mode: Literal["on", "off"] = "on"
    hidden_for: list[Annotated[str, Field(pattern=r"^[A-Z]{2,12}$")]] = []
    swaps: list[Swap] = []


class RoutineFile(Model):
    """The whole file, but for what is in its steps and in its own exercises."""

    name: Annotated[Text, Field(min_length=1, max_length=80)]
    summary: Annotated[Text, Field(max_length=300)] = ""
    stage: list[StageName] = []
    tags: list[Annotated[Text, Field(max_length=40)]] = []
    when: Annotated[Text, Field(max_length=200)] = ""
    needs: list[Annotated[Text, Field(max_length=80)]] = []
    note: Annotated[Text, Field(max_length=300)] = ""
    coach: CoachTable = CoachTable()
    safety: SafetyTable = SafetyTable()
    defaults: Defaults = Defaults()
    steps: Annotated[list[Any], Field(min_length=1)]
    exercises: dict[str, Any] = {}
