"""What the history is picked by, where nothing was found: a slip, or nothing there yet."""

from collections.abc import Iterable

from backcoach.document.problems import did_you_mean
from backcoach.errors import UnreadableError
from backcoach.history.activities import ACTIVITIES
from backcoach.history.reader import Reader
from backcoach.paths import Paths
from backcoach.routines.finding import list_entries


def look_for_slips(
    paths: Paths, reader: Reader | None, routine: str | None, exercise: str | None
) -> None:
    """Refuse a routine or an exercise that neither the library nor the history knows.

    What has left the library is still known where it was played.

    Raises:
        UnreadableError: there is none such; with what was probably meant.
    """
    sessions = []
    if reader is not None:
        sessions = [
            each
            for deleted in (False, True)
            for each in reader.sessions(exercises=True, deleted=deleted)
        ]
    if routine is not None:
        known = {*ACTIVITIES, *(entry.id for entry in list_entries(paths))}
        known.update(each.routine for each in sessions)
        _look(routine, known, "routine", "`backcoach list` names those of the library.")
    if exercise is not None:
        from backcoach.catalogue.loading import Catalogue

        catalogue = Catalogue(paths.exercises)
        known = {done.exercise for each in sessions for done in each.exercises}
        hint = catalogue.suggest(exercise) or "`backcoach list --exercises` names them."
        _look(exercise, known.union(catalogue.ids), "exercise", hint)


def _look(name: str, known: Iterable[str], kind: str, otherwise: str) -> None:
    if name in known:
        return
    hint = did_you_mean(name, sorted(known)) or otherwise
    raise UnreadableError(
        f"there is no {kind} `{name}`, in the library or in the history. "
        f"{hint[:1].upper()}{hint[1:]}"
    )
