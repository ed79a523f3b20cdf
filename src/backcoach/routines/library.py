"""The library: routine files, read, checked and compiled."""

from backcoach.catalogue.loading import Catalogue
from backcoach.document.reading import read_document
from backcoach.paths import Paths
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.routines.finding import Entry, find_entry, list_entries
from backcoach.timeline.model import Timeline


class Library:
    """Every routine that can be named."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._catalogue = Catalogue(paths.exercises)

    def entries(self) -> list[Entry]:
        """All routines, by id."""
        return list_entries(self._paths)

    def find(self, name: str) -> Entry:
        """The routine with an id, or at a path.

        Raises:
            UnreadableError: there is none.
        """
        return find_entry(self._paths, name)

    def load(self, entry: Entry) -> Timeline:
        """The routine, checked and compiled.

        Raises:
            BadFileError: with everything that is wrong in it.
            UnreadableError: the file can't be read.
        """
        document = read_document(str(entry.path))
        return compile_routine(check_routine(entry.id, document, self._catalogue))
