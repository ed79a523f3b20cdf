"""Routine files of the person's own: begun, copied, and changed value by value."""

from contextlib import suppress
from importlib import resources
from pathlib import Path
from re import fullmatch, search
from typing import Final

from backcoach.catalogue.fields import ID_PATTERN, as_id
from backcoach.document.editing import encode_like, literals, read_path, set_value
from backcoach.document.problems import BadFileError
from backcoach.document.reading import Document, parse_document, read_bytes
from backcoach.document.writing import create_file, replace_file
from backcoach.errors import BackcoachError, UnreadableError
from backcoach.paths import Paths, make_private
from backcoach.routines.finding import Entry, bundled_folder
from backcoach.routines.library import Library

SCHEMA: Final = "routine.schema.json"
DIRECTIVE: Final = f"#:schema ./{SCHEMA}"
"""The line that tells an editor which keys there are."""
LONGEST_NAME: Final = 80


def new_routine(paths: Paths, name: str) -> Path:
    """Begin a routine: a file with comments that passes every check.

    Args:
        name: an id, or a name that gives one.

    Raises:
        UnreadableError: no id can be made of the name.
        BadFileError: no routine may have such a name.
        BackcoachError: there is such a file already, or it can't be written.
    """
    starter = (resources.files("backcoach.routines") / "starter.toml").read_bytes()
    routine_id = slug(name)
    shown = " ".join(name.split())
    if shown == routine_id:
        shown = shown.replace("-", " ").capitalize()
    text = _named(parse_document(starter, f"{routine_id}.toml"), shown)
    Library(paths).validate(text.encode(), f"{routine_id}.toml", routine_id)
    return _create(paths, routine_id, text)


def copy_routine(paths: Paths, entry: Entry, routine_id: str | None = None) -> Path:
    """Copy a routine into the person's own folder.

    Args:
        routine_id: of the copy; None for the same: the copy then stands in for a bundled one.

    Raises:
        UnreadableError: it isn't written like an id, or the routine can't be read.
        BackcoachError: there is such a file already, or it can't be written.
    """
    chosen = entry.id if routine_id is None else routine_id
    if slug(chosen) != chosen:
        raise UnreadableError(f"`{chosen}` is no id: write it like `{slug(chosen)}`")
    document = parse_document(read_bytes(str(entry.path)), str(entry.path))
    text = document.text
    if not search(r"(?m)^#:schema ", text):
        newline = "\r\n" if "\r\n" in text else "\n"
        document = parse_document(f"{DIRECTIVE}{newline}{text}".encode(), document.file)
        text = document.text
    name = document.values.get("name")
    if chosen != entry.id and isinstance(name, str):
        # Two routines of one name could not be told apart.
        tail = f" ({chosen})"
        head = name[: max(0, LONGEST_NAME - len(tail))].strip()
        text = _named(document, head + tail if head else chosen)
    return _create(paths, chosen, text)


def change_routine(library: Library, entry: Entry, path: str, value: str) -> str:
    """Change one value of a routine file in place; what is wrong afterwards is never written.

    Args:
        path: as people write it, `steps[2].hold`.
        value: as it was typed: TOML, or a text without its quotes.

    Returns:
        The value as it is written now.

    Raises:
        UnreadableError: the path leads nowhere.
        BadFileError: the file would be wrong, or is.
        BackcoachError: it can't be written.
    """
    content = read_bytes(str(entry.path))
    document = parse_document(content, str(entry.path))
    where = read_path(path)
    refused: BadFileError | None = None
    for literal in literals(value):
        text = set_value(document, where, literal)
        changed = encode_like(content, text)
        try:
            library.validate(changed, document.file, entry.id)
        except BadFileError as error:
            refused = refused or error
            continue
        try:
            replace_file(entry.path, changed, content)
        except OSError as error:
            raise _unwritable(entry.path, error) from error
        return literal
    assert refused is not None
    raise refused


def slug(name: str) -> str:
    """The id that a name gives: its words in lower case, joined by hyphens.

    Raises:
        UnreadableError: it gives none.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UnreadableError("the name holds bytes that are no text") from error
    # A path would lead somewhere else.
    made = "" if "/" in name or "\\" in name else as_id(name)
    if not made or len(made) > LONGEST_NAME or not fullmatch(ID_PATTERN, made):
        raise UnreadableError(f"`{name}` gives no id: use words and digits, like `my-bird-dogs`")
    return made


def _named(document: Document, name: str) -> str:
    return set_value(document, ("name",), literals(name)[-1])


def _create(paths: Paths, routine_id: str, text: str) -> Path:
    path = paths.routines / f"{routine_id}.toml"
    try:
        make_private(paths.config)
        make_private(paths.routines)
        create_file(path, text.encode())
    except FileExistsError as error:
        raise BackcoachError(f"{path}: there is one already, and nothing was changed") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    # Without the schema an editor completes nothing, and all else is well.
    with suppress(OSError):
        _put_schema(paths.routines)
    return path


def _put_schema(folder: Path) -> None:
    """Have the schema beside the routines, for editors, and up to date."""
    schema = (bundled_folder() / SCHEMA).read_bytes()
    path = folder / SCHEMA
    if not path.exists() or path.read_bytes() != schema:
        replace_file(path, schema)


def _unwritable(path: Path, error: OSError) -> BackcoachError:
    return BackcoachError(f"{path}: {error.strerror or error}")
