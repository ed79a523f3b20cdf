"""What is kept of a routine with each session that was played by it."""

from typing import Any

from backcoach.timeline.counting import planned_reps, rounds_of
from backcoach.timeline.model import Form, Timeline


def plan_of(timeline: Timeline) -> dict[str, Any]:
    """The routine as it is played: its file's text, and its steps with what they ask for.

    A step's `planned` counts its reps in all sets and rounds by side, "" where it has none.
    """
    return {
        "version": 2,
        "id": timeline.routine,
        "name": timeline.name,
        "source": timeline.source,
        "steps": [
            {
                "number": step.number,
                "note": step.note,
                "dose": step.usual.dose,
                "rounds": rounds_of(timeline, step),
                "planned": {
                    str(side or ""): reps for side, reps in planned_reps(timeline, step).items()
                },
                **_form(step.usual),
            }
            for step in timeline.steps
        ],
    }


def _form(form: Form) -> dict[str, Any]:
    exercise = form.exercise
    return {
        "exercise": exercise.id if exercise else None,
        "name": exercise.name if exercise else "Rest",
        "family": exercise.family if exercise else "rest",
        "reps": list(form.reps),
        "hold_ms": form.hold_ms,
    }
