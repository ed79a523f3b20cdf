"""Where it hurt, by exercise and side."""

from stats_building import a_session, a_stop

from backcoach.stats.places import PlaceCount, by_place


def test_stops_and_aches_by_exercise_and_side() -> None:
    sessions = [
        a_session(
            stops=(
                a_stop("bird-dog", "left", intensity=4),
                a_stop("bird-dog", "left", intensity=None),
                a_stop("bird-dog", "right", intensity=0),
                a_stop("bridge", mistake=True, intensity=9),
                a_stop(None, intensity=8),
            ),
            aches=("bird-dog", "plank"),
        ),
        a_session(aches=("plank",), stops=(a_stop("bird-dog", "left", intensity=6),)),
        a_session(aches=("plank",), stops=(a_stop("plank"),), rehearsal=True),
    ]

    assert by_place(sessions) == [
        PlaceCount("bird-dog", "left", 3, 0, 6),
        PlaceCount("bird-dog", "right", 1, 0, 0),
        PlaceCount("plank", None, 0, 2, None),
        PlaceCount("bird-dog", None, 0, 1, None),
    ]


def test_an_exercise_without_sides_is_one_place() -> None:
    both = a_session(stops=(a_stop("plank"),), aches=("plank",))

    assert by_place([both]) == [PlaceCount("plank", None, 1, 1, None)]


def test_nothing_hurt() -> None:
    assert by_place([a_session()]) == []
