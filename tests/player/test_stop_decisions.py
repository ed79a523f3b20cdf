"""What a stop leads to: each row of the rulebook's table, and the session after it."""

from dataclasses import replace

import pytest
from player_building import Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.deciding import Card, Finding, LeavesOut, Next, decide, next_question
from backcoach.player.inputs import InputKind
from backcoach.player.questions import INTENSITIES, QUALITIES, WHERES
from backcoach.player.state import Outcome, Place, Question, Status, Stop
from backcoach.player.view import StopView, view
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.timeline.model import Phase, PhaseKind, Safety

WELL = PainZone(resting=2, red_from=4)
HURTING = PainZone(resting=4, red_from=6)
MINUTE = 60_000
NOWHERE = Place(Phase(PhaseKind.HOLD, 1000, 1), 0, 0)

BRIDGE: Values = {"exercise": "bridge", "reps": 2}
"""Of the hinge family; it loads a knee."""
OTHER_BRIDGE: Values = {"exercise": "bridge-march", "reps": 2}
"""Of the same family."""
TILT: Values = {"exercise": "pelvic-tilt", "reps": 2}
"""Gentle."""
CAT: Values = {"exercise": "cat-cow", "reps": 2}
"""Gentle, but on hands: for a shoulder it is none."""
CURL: Values = {"exercise": "curl-up", "reps": 2}
"""Neither gentle nor anything for a knee or a shoulder."""


def finding(
    quality: str | None,
    where: str | None = "low-back",
    intensity: int | None = 4,
    red_flags: str | None = "no",
    again: int | None = 2,
    *,
    zone: PainZone = WELL,
    safety: Safety | None = None,
    sharp_before: int = 0,
) -> Finding:
    """A stop with these answers."""
    stop = Stop(
        1, NOWHERE, None, 0, quality=quality, where=where, intensity=intensity,
        red_flags=red_flags, again=again,
    )  # fmt: skip
    return Finding(stop, zone, safety or Safety(), sharp_before)


def decided(*answers: object, **more: object) -> tuple[Next, LeavesOut, Card]:
    """What a stop with these answers leads to."""
    decision = decide(finding(*answers, **more))  # type: ignore[arg-type]
    return decision.next, decision.leaves_out, decision.card


ENDS = (Next.NOTHING, LeavesOut.EXERCISE, Card.NONE)
EMERGENCY = (Next.NOTHING, LeavesOut.NOTHING, Card.EMERGENCY)

# The table, row by row


@pytest.mark.parametrize(("intensity", "zone"), [(0, WELL), (3, WELL), (4, HURTING), (5, HURTING)])
@pytest.mark.parametrize("where", ["low-back", "buttock", "hip-or-knee", "shoulder-arm-or-wrist"])
def test_a_dull_effort_in_green_or_amber_is_the_persons_choice(
    where: str, intensity: int, zone: PainZone
) -> None:
    assert decided("dull", where, intensity, zone=zone)[0] is Next.CHOOSE


@pytest.mark.parametrize("again", [0, 2, 3])
def test_a_dull_ache_in_the_red_goes_on_gently_once_it_has_settled(again: int) -> None:
    assert decided("dull", "low-back", 6, "no", again) == (
        Next.GENTLE, LeavesOut.EXERCISE, Card.NONE,
    )  # fmt: skip


@pytest.mark.parametrize("again", [4, 6, 10, None])
def test_a_dull_ache_in_the_red_that_has_not_settled_ends(again: int | None) -> None:
    assert decided("dull", "low-back", 6, "no", again) == ENDS


def test_settled_means_near_what_it_was_and_out_of_the_red() -> None:
    assert WELL.is_settled(3)
    assert not PainZone(resting=3, red_from=5).is_settled(5)
    assert not PainZone(resting=3, red_from=4).is_settled(4)
    assert not STRICTEST.is_settled(0)


@pytest.mark.parametrize("quality", ["sharp", "spasm", None])
@pytest.mark.parametrize("where", ["low-back", "upper-back", "buttock"])
def test_the_first_sharp_one_in_the_back_leaves_its_family_out(
    quality: str | None, where: str
) -> None:
    family = (Next.GENTLE, LeavesOut.FAMILY, Card.NONE)
    assert decided(quality, where, 5, "no", 3) == family
    assert decided(quality, where, 5, "no", 4) == ENDS


def test_electric_or_burning_ends_at_any_number() -> None:
    for intensity in (*INTENSITIES, None):
        assert decided("electric", "low-back", intensity, "no", 0) == ENDS


@pytest.mark.parametrize("intensity", [6, 7, 10, None])
@pytest.mark.parametrize("where", ["low-back", "hip-or-knee"])
def test_six_or_more_or_no_number_ends_after_a_sharp_one(where: str, intensity: int | None) -> None:
    assert decided("sharp", where, intensity, "no", 0) == ENDS


@pytest.mark.parametrize("where", ["hip-or-knee", "shoulder-arm-or-wrist"])
def test_a_sharp_one_in_a_limb_leaves_out_what_loads_it(where: str) -> None:
    assert decided("sharp", where, 5) == (Next.OTHERS, LeavesOut.LOADING, Card.NONE)
    assert decided("sharp", where, 5, "no", 5) == ENDS


@pytest.mark.parametrize("where", ["thigh", "below-knee", None])
@pytest.mark.parametrize("quality", ["sharp", "electric", "spasm", "dull", None])
def test_a_leg_ends_and_so_does_not_to_say_that_it_is_none(
    quality: str | None, where: str | None
) -> None:
    assert decided(quality, where, 1, "no", 0) == ENDS


def test_somewhere_else_ends() -> None:
    assert decided("dull", "other", 1, "no", 0) == ENDS


@pytest.mark.parametrize("quality", ["sharp", "spasm", None])
def test_the_second_sharp_one_ends(quality: str | None) -> None:
    assert decided(quality, sharp_before=1) == ENDS
    assert decided("dull", "low-back", 3, sharp_before=1)[0] is Next.CHOOSE


@pytest.mark.parametrize(
    "safety",
    [Safety(stops_to_end=1), Safety(on_sharp_pain="end"), Safety(stops_to_end=0)],
)
def test_a_file_may_end_it_at_the_first(safety: Safety) -> None:
    assert decided("sharp", safety=safety) == ENDS
    assert decided("sharp", "hip-or-knee", safety=safety) == ENDS


def test_no_file_can_allow_more() -> None:
    assert decided("sharp", sharp_before=1, safety=Safety(stops_to_end=9)) == ENDS


@pytest.mark.parametrize("where", ["both-legs", "between-legs", "chest-or-tummy"])
@pytest.mark.parametrize("quality", [*QUALITIES, None])
def test_a_place_of_alarm_is_an_emergency(quality: str | None, where: str) -> None:
    assert decided(quality, where, 0, "no", 0) == EMERGENCY


@pytest.mark.parametrize("red_flags", ["yes", "no", None])
def test_unwell_is_an_emergency(red_flags: str | None) -> None:
    assert decided("unwell", None, None, red_flags) == EMERGENCY


def test_numb_is_an_emergency_unless_every_sign_is_denied() -> None:
    assert decided("numb", None, None, "yes") == EMERGENCY
    assert decided("numb", None, None, None) == EMERGENCY
    assert decided("numb", None, None, "no") == (
        Next.NOTHING, LeavesOut.NOTHING, Card.SAME_DAY,
    )  # fmt: skip


@pytest.mark.parametrize("where", [*WHERES, None])
@pytest.mark.parametrize("quality", [*QUALITIES, None])
def test_a_red_flag_never_goes_on(quality: str | None, where: str | None) -> None:
    for intensity in (*INTENSITIES, None):
        for again in (*INTENSITIES, None):
            assert decided(quality, where, intensity, "yes", again) == EMERGENCY


def test_the_short_check_left_out_ends() -> None:
    assert decided("sharp", "low-back", 4, None) == ENDS
    assert decided("dull", "low-back", 5, None, zone=HURTING) == ENDS


@pytest.mark.parametrize("again", [*INTENSITIES, None])
def test_nothing_answered_ends(again: int | None) -> None:
    assert decided(None, None, None, None, again) == ENDS


@pytest.mark.parametrize("left_out", ["quality", "where", "intensity", "red_flags", "again"])
def test_silence_unlocks_nothing(left_out: str) -> None:
    """Whatever is left out, no stop leads to more than with the answer."""
    order = [Next.NOTHING, Next.GENTLE, Next.OTHERS, Next.CHOOSE]
    for quality in QUALITIES:
        for where in WHERES:
            for intensity in (0, 3, 4, 5, 6, 10):
                said = finding(quality, where, intensity)
                stop = replace(said.stop, **{left_out: None})  # type: ignore[arg-type]
                silent = decide(replace(said, stop=stop)).next
                if silent is not Next.NOTHING:
                    # Not to say what it was counts as sharp; not to rest is no need of a choice.
                    most = max(
                        (decide(finding(q, where, intensity)).next for q in QUALITIES),
                        key=order.index,
                    )
                    assert order.index(silent) <= order.index(most)
                    assert left_out in ("quality", "red_flags", "again")


def test_every_way_of_answering_ends_somewhere() -> None:
    """Asked one after the other, the questions always come to a place without any."""
    for quality in (*QUALITIES, None):
        for where in (*WHERES, None):
            for intensity in (0, 4, 6, None):
                for red_flags in ("yes", "no", None):
                    open_ = replace(finding(quality, where, intensity, red_flags).stop)
                    asked = []
                    for _ in range(9):
                        question = next_question(Finding(open_, WELL, Safety()))
                        if question in (Question.EMERGENCY, Question.CHOICE, Question.REST,
                                        Question.GO_ON):  # fmt: skip
                            break
                        asked.append(question)
                        open_ = replace(open_, asked=open_.asked | {question})
                    else:
                        raise AssertionError(asked)
                    assert len(set(asked)) == len(asked)


# The session after it


def stopped_in(*steps: Values, zone: PainZone = WELL, **keys: object) -> Playing:
    """Stopped two seconds into the first hold or movement."""
    playing = Playing(timeline_of(*steps, **keys), zone=zone)
    playing.until(PhaseKind.MOVE_IN, 500)
    playing.key("x")
    return playing


def shown(playing: Playing) -> StopView:
    """The stop as it is shown."""
    seen = view(playing.state).stop
    assert seen is not None
    return seen


def rested(playing: Playing, again: str = "2") -> Playing:
    """Three minutes of relief, then the number."""
    playing.wait(3 * MINUTE)
    playing.key("enter", again)
    return playing


def ahead(playing: Playing) -> set[str]:
    """The exercises still to come."""
    state = playing.state
    return {phase.exercise for phase in state.plan[state.index :] if phase.exercise}


def test_after_a_sharp_one_only_gentle_ones_without_its_family_go_on() -> None:
    playing = stopped_in(BRIDGE, OTHER_BRIDGE, CURL, TILT)
    playing.key("1", "1", "4", "n")
    assert shown(rested(playing)).question is Question.GO_ON
    assert [option.words for option in shown(playing).options] == ["go on: Pelvic tilt"]
    events = playing.key("g")
    assert [(out.step, out.reason) for out in only(events, ev.LeftOut)] == [
        (1, "stop"), (2, "family"), (3, "gentle"),
    ]  # fmt: skip
    assert all(out.recorded for out in only(events, ev.LeftOut))
    assert ahead(playing) == {"pelvic-tilt"}
    assert playing.state.settle is not None
    assert playing.state.settle.length_ms >= 45_000


def test_after_a_dull_one_in_the_red_only_this_exercise_and_what_is_not_gentle_is_out() -> None:
    playing = stopped_in(TILT, CURL, CAT)
    playing.key("4", "1", "5", "n")
    rested(playing).key("g")
    assert ahead(playing) == {"cat-cow"}


@pytest.mark.parametrize(("where", "codes"), [("8", {"KNEE", "HIPREP"}), ("9", {"SHOULDER"})])
def test_after_a_sharp_one_in_a_limb_what_loads_it_is_out(where: str, codes: set[str]) -> None:
    playing = stopped_in(BRIDGE, OTHER_BRIDGE, CURL)
    playing.key("1", where, "4", "n")
    rested(playing).key("g")
    exercises = (step.usual.exercise for step in playing.state.timeline.steps)
    others = [e for e in exercises if e and e.id != "bridge"]
    assert ahead(playing) == {e.id for e in others if not codes & set(e.avoid)}


def test_a_rest_goes_with_the_exercise_before_it() -> None:
    playing = stopped_in(TILT, {"rest": 20}, CURL, {"rest": 30}, CAT)
    playing.key("4", "1", "5", "n")
    rested(playing).key("g")
    assert [p.kind for p in playing.state.plan[playing.state.index :]].count(PhaseKind.REST) == 0
    assert ahead(playing) == {"cat-cow"}


def test_where_nothing_gentle_is_left_nothing_is_offered() -> None:
    playing = stopped_in(BRIDGE, CURL)
    playing.key("1", "1", "4", "n")
    assert shown(rested(playing)).question is Question.REST
    assert "Nothing is left" in shown(playing).why
    for kind in InputKind:
        if kind not in (InputKind.END, InputKind.INTERRUPT, InputKind.TICK):
            playing.do(kind)
    assert playing.state.status is Status.STOPPED
    playing.key("q")
    assert playing.state.outcome is Outcome.PAIN


def test_a_second_sharp_one_ends_though_it_is_gentle() -> None:
    playing = stopped_in(BRIDGE, TILT, CAT)
    playing.key("1", "1", "4", "n")
    rested(playing).key("g")
    playing.until(PhaseKind.MOVE_IN, 500, exercise="pelvic-tilt")
    playing.key("x", "3", "1", "2", "n")
    assert "No more exercise today" in shown(playing).why
    playing.key("enter", "0")
    assert shown(playing).question is Question.REST


def test_a_mistake_is_no_sharp_stop() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("z", "x", "1", "1", "4", "n")
    assert shown(rested(playing)).question is Question.GO_ON


def test_what_is_left_out_cant_be_gone_back_to() -> None:
    playing = stopped_in(TILT, CURL, CAT)
    playing.key("4", "1", "5", "n")
    rested(playing).key("g")
    playing.key("left", "left", "left")
    assert playing.state.phase.exercise == "cat-cow"


def test_no_easier_exercise_brings_back_what_is_left_out() -> None:
    playing = stopped_in({"exercise": "lift-less", "reps": 1}, {"exercise": "lift-up", "reps": 1})
    playing.key("4", "1", "3", "g", "e", "e")
    assert playing.state.notice == "nothing easier here: → leaves it out"
    assert ahead(playing) == {"lift-up"}


@pytest.mark.parametrize(
    ("how_much", "zone", "keys"),
    [("3", WELL, "aeg"), ("4", HURTING, "aeg"), ("5", HURTING, "ag")],
)
def test_the_easier_one_is_offered_up_to_four(how_much: str, zone: PainZone, keys: str) -> None:
    playing = stopped_in({"exercise": "lift-up", "reps": 2}, zone=zone)
    playing.key("4", "1", how_much)
    if how_much == "5":
        playing.key("n")
    assert "".join(option.key for option in shown(playing).options) == keys
    playing.key("e")
    assert (playing.state.status is Status.RUNNING) == ("e" in keys)


# Relief


def test_relief_begins_with_what_needs_nothing_and_may_be_changed() -> None:
    playing = stopped_in(BRIDGE, TILT)
    events = playing.key("1", "1", "4", "n")
    assert [began.position for began in only(events, ev.ReliefBegan)] == ["rest-crook"]
    assert [position.id for position in shown(playing).positions] == [
        "rest-crook", "rest-side-fetal", "rest-90-90", "rest-pillow", "prone-lying",
    ]  # fmt: skip
    events = playing.key("3")
    assert [(e.question, e.value) for e in only(events, ev.StopAnswered)] == [
        ("position", "rest-90-90")
    ]
    position = shown(playing).position
    assert position is not None
    assert position.id == "rest-90-90"


def test_it_is_asked_again_after_two_minutes_at_the_earliest() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("1", "1", "4", "n")
    playing.wait(2 * MINUTE - 1)
    playing.key("enter")
    assert shown(playing).question is Question.RELIEF
    assert not shown(playing).options
    assert shown(playing).relief_ms == 2 * MINUTE - 1
    playing.wait(1)
    assert [option.key for option in shown(playing).options] == ["enter"]
    playing.key("enter")
    assert shown(playing).question is Question.AGAIN


def test_in_relief_the_ten_minutes_count_from_its_end() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("1", "1", "4", "n")
    assert not only(playing.wait(15 * MINUTE - 1), ev.Ended)
    (ended,) = only(playing.wait(1), ev.Ended)
    assert ended.outcome == "pain"


def test_a_late_key_in_relief_counts_more_than_its_end() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("1", "1", "4", "n")
    playing.wait(14 * MINUTE)
    playing.key("2")
    assert not only(playing.wait(10 * MINUTE - 1), ev.Ended)
    assert only(playing.wait(1), ev.Ended)


def test_a_leg_is_asked_whether_it_has_gone() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("1", "4", "3", "n", "enter", "2")
    assert (shown(playing).question, shown(playing).number) == (Question.LEG_GONE, 2)
    playing.key("y")
    assert shown(playing).question is Question.REST
    assert playing.of(ev.StopAnswered)[-1].value == "yes"


def test_breathing_first_leads_back_to_the_questions_by_a_key_only() -> None:
    playing = stopped_in(BRIDGE, TILT)
    playing.key("4", "space")
    playing.wait(9 * MINUTE)
    assert shown(playing).question is Question.BREATHE
    playing.key("enter")
    assert shown(playing).question is Question.WHERE


# The emergency card


def test_the_card_opens_over_any_question_and_closes_again() -> None:
    playing = stopped_in(BRIDGE, TILT)
    for key in ("4", "1", "3"):
        playing.key("!")
        assert (shown(playing).card, shown(playing).card_is_due) == (Card.EMERGENCY, False)
        playing.key(key, "z", "g")
        playing.key("left")
        assert shown(playing).card is Card.NONE
        playing.key(key)
    assert shown(playing).question is Question.CHOICE


def test_a_card_that_is_due_says_which_answer_brought_it() -> None:
    playing = stopped_in(BRIDGE)
    playing.key("5", "y")
    assert (shown(playing).card, shown(playing).card_is_due) == (Card.EMERGENCY, True)
    assert shown(playing).why == "You answered: numb or tingling, yes to an emergency sign."
