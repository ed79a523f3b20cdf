"""Routine files of the person's own: begun, copied, and changed value by value."""

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
import tomli
from customising_building import BUNDLED, COMMENTED, MINE, names, small_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_building import ROOT

from backcoach.catalogue.fields import ID_PATTERN
from backcoach.document.problems import BadFileError
from backcoach.document.reading import MAX_BYTES
from backcoach.errors import EXIT_PROBLEM, EXIT_USAGE, BackcoachError, UnreadableError
from backcoach.paths import Paths
from backcoach.routines.customising import change_routine, copy_routine, new_routine, slug
from backcoach.routines.finding import find_entry
from backcoach.routines.library import Library

STARTER: Final = ROOT / "src" / "backcoach" / "routines" / "starter.toml"
SCHEMA: Final = "routine.schema.json"
BOM: Final = b"\xef\xbb\xbf"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The folders of somebody who has nothing yet."""
    return Paths(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def mine(paths: Paths) -> Path:
    """A routine of their own."""
    return own(paths, "mine", MINE.encode())


def own(paths: Paths, name: str, content: bytes) -> Path:
    path = paths.routines / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def copied(paths: Paths, source: str, routine_id: str | None = None) -> Path:
    return copy_routine(paths, find_entry(paths, source), routine_id)


def changed(paths: Paths, routine: str, path: str, value: str) -> str:
    return change_routine(Library(paths), find_entry(paths, routine), path, value)


def problems(paths: Paths, path: Path) -> list[str]:
    """The codes of everything that is wrong or unwise in a file."""
    return [problem.code for problem in Library(paths).check_file(path)]


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def state(path: Path) -> tuple[bytes, int, int, int]:
    """All that tells whether a file was touched."""
    known = path.stat()
    return path.read_bytes(), known.st_mtime_ns, known.st_ino, known.st_mode


def around_name(content: bytes) -> bytes:
    """A file's content without what follows `name =`."""
    return re.sub(rb'(?m)^name = "(?:[^"\\]|\\.)*"', b"name =", content, count=1)


# --- ids -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "routine_id"),
    [
        ("a", "a"),
        ("1", "1"),
        ("my-bird-dogs", "my-bird-dogs"),
        ("My Bird-dogs", "my-bird-dogs"),
        ("  Before  bed!  ", "before-bed"),
        ("2 × 10 s", "2-10-s"),
        ("a" * 80, "a" * 80),
        ("con", "con"),
        ("x.toml", "x-toml"),
    ],
)
def test_the_id_that_a_name_gives(name: str, routine_id: str) -> None:
    assert slug(name) == routine_id
    assert slug(routine_id) == routine_id


NO_ID: Final = (
    *("", " ", '"""', "-", "--", ".", "..", "...", "!", "\0", "🧘", "спина"),
    *("../x", "x/y", "/", "/etc/passwd", "~/x", "./x", "x/", "x\\y", "..\\x", "\\", "C:\\x"),
    *("a" * 81, "a" * 200, "a " * 41),
)


@pytest.mark.parametrize("name", NO_ID)
def test_a_name_that_gives_no_id(paths: Paths, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        new_routine(paths, name)

    assert raised.value.exit_status == EXIT_USAGE
    assert everything(tmp_path) == []


@given(st.text(st.sampled_from("aZ0 -_./\\~é\0\n…")) | st.text())
@settings(max_examples=300)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    try:
        made = slug(name)
    except UnreadableError:
        return
    assert re.fullmatch(ID_PATTERN, made)
    assert len(made) <= 80


# --- begun ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Before bed", "Before bed"),
        ("before-bed", "Before bed"),
        ("a", "A"),
        ("con", "Con"),
        ("Rücken & Co", "Rücken & Co"),
        (" 2 × 10 s ", "2 × 10 s"),
        ('Say "hm", it\'s # 1', 'Say "hm", it\'s # 1'),
        ("a" * 80, "A" + "a" * 79),
    ],
)
def test_a_routine_that_was_begun_is_right(paths: Paths, name: str, shown: str) -> None:
    path = new_routine(paths, name)

    content = path.read_bytes()
    assert path.parent == paths.routines
    assert tomllib.loads(content.decode())["name"] == shown
    assert around_name(content) == around_name(STARTER.read_bytes())
    assert problems(paths, path) == []
    assert find_entry(paths, path.stem).source == "user"
    assert Library(paths).load(find_entry(paths, path.stem)).total_ms > 0


def test_the_starter_shows_every_kind_of_step() -> None:
    text = STARTER.read_text("utf-8")
    # What is commented out has to be right once the signs are taken away.
    shown = re.sub(r"(?m)^# (\[\[steps\]\]|repeat|round_rest|steps = \[|  \{|\])", r"\1", text)
    assert shown != text
    steps = tomllib.loads(shown)["steps"]
    assert {key for step in steps for key in step} >= {"exercise", "rest", "repeat", "duration"}


def test_the_starter_is_right_with_its_circuit(paths: Paths) -> None:
    text = STARTER.read_text("utf-8")
    shown = re.sub(r"(?m)^# (\[\[steps\]\]|repeat|round_rest|steps = \[|  \{|\])", r"\1", text)

    assert problems(paths, own(paths, "mine", shown.encode())) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("é" * 90 + "a", id="long"),
        pytest.param("я" * 90 + "a", id="long, and little of it a word"),
        pytest.param("a" + " " * 90 + "b", id="long by its blanks"),
        pytest.param("a\x1b[2Jb", id="a control character"),
        pytest.param('a"\nstage = ["', id="two lines"),
        pytest.param("a\u202eb", id="turned round"),
        pytest.param("a [bold] b", id="markup"),
        pytest.param("a\udcff", id="bytes that are no text"),
        pytest.param(" my-back ", id="blanks around an id"),
    ],
)
def test_a_name_that_no_file_may_have_is_refused_or_mended(
    paths: Paths, tmp_path: Path, name: str
) -> None:
    try:
        path = new_routine(paths, name)
    except (UnreadableError, BadFileError):
        assert everything(tmp_path) == []
    else:
        assert problems(paths, path) == []
        shown = tomllib.loads(path.read_text("utf-8"))["name"]
        assert shown == shown.strip()


@pytest.mark.parametrize("again", ["Before bed", "before-bed", "Before, bed!"])
def test_nothing_is_begun_twice(paths: Paths, again: str) -> None:
    path = new_routine(paths, "Before bed")
    path.write_bytes(b"what I typed")
    before = state(path)
    with pytest.raises(BackcoachError) as raised:
        new_routine(paths, again)

    assert raised.value.exit_status == EXIT_PROBLEM
    assert str(path) in str(raised.value)
    assert state(path) == before
    assert names(paths.routines) == ["before-bed.toml", SCHEMA]


@pytest.mark.parametrize("target", ["nowhere.toml", "../../outside.toml"])
def test_nothing_is_begun_through_a_link(paths: Paths, tmp_path: Path, target: str) -> None:
    paths.routines.mkdir(parents=True)
    link = paths.routines / "mine.toml"
    link.symlink_to(target)
    with pytest.raises(BackcoachError):
        new_routine(paths, "mine")

    assert os.readlink(link) == target
    assert everything(tmp_path) == [paths.config, paths.routines, link]


def test_what_is_begun_is_private(paths: Paths) -> None:
    path = new_routine(paths, "mine")
    modes = [each.stat().st_mode & 0o777 for each in (paths.config, paths.routines, path)]

    assert modes == [0o700, 0o700, 0o600]
    assert not paths.data.exists()


def test_what_can_not_be_written_is_not_begun(paths: Paths) -> None:
    with small_files(), pytest.raises(BackcoachError, match="too large") as raised:
        new_routine(paths, "mine")

    assert str(paths.routines / "mine.toml") in str(raised.value)
    assert names(paths.routines) == []


def test_a_file_where_the_folder_should_be_is_said(paths: Paths) -> None:
    paths.config.write_bytes(b"")
    with pytest.raises(BackcoachError) as raised:
        new_routine(paths, "mine")

    assert raised.value.exit_status == EXIT_PROBLEM
    assert paths.config.read_bytes() == b""


# --- the schema beside them ----------------------------------------------------------------------


def test_the_schema_is_put_beside_them(paths: Paths) -> None:
    new_routine(paths, "mine")
    schema = paths.routines / SCHEMA

    assert schema.read_bytes() == (ROOT / "routines" / SCHEMA).read_bytes()
    assert schema.stat().st_mode & 0o777 == 0o600
    assert [entry.id for entry in Library(paths).entries() if entry.source == "user"] == ["mine"]


def test_the_schema_is_kept_up_to_date_and_left_alone_otherwise(paths: Paths) -> None:
    new_routine(paths, "one")
    schema = paths.routines / SCHEMA
    before = state(schema)
    new_routine(paths, "two")
    assert state(schema) == before

    schema.write_bytes(b"{}")
    copied(paths, "planks")
    assert schema.read_bytes() == before[0]


def test_a_schema_that_can_not_be_put_there_keeps_nobody_from_beginning(paths: Paths) -> None:
    (paths.routines / SCHEMA).mkdir(parents=True)
    new_routine(paths, "mine")

    assert names(paths.routines) == ["mine.toml", SCHEMA]


# --- copied --------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", BUNDLED, ids=lambda path: path.stem)
def test_a_copy_stands_in_byte_by_byte(paths: Paths, source: Path) -> None:
    path = copied(paths, source.stem)

    assert path == paths.routines / source.name
    assert path.read_bytes() == source.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    entry = find_entry(paths, source.stem)
    assert (entry.source, entry.stands_in, entry.path) == ("user", True, path)


@pytest.mark.parametrize("source", BUNDLED, ids=lambda path: path.stem)
def test_a_copy_under_another_id_has_another_name(paths: Paths, source: Path) -> None:
    path = copied(paths, source.stem, "my-own")

    content = path.read_bytes()
    old = tomllib.loads(source.read_text("utf-8"))
    new = tomllib.loads(content.decode())
    assert new["name"] == f"{old['name']} (my-own)"
    assert new | {"name": old["name"]} == old
    assert around_name(content) == around_name(source.read_bytes())
    assert problems(paths, path) == problems(paths, source)


def test_no_two_routines_have_one_name(paths: Paths) -> None:
    for routine_id in (None, "planks-2", "planks-3"):
        copied(paths, "planks", routine_id)
    copied(paths, "planks-2", "planks-4")

    found = [problems for problems in Library(paths).check_all() if len(list(problems))]  # type: ignore[arg-type]
    assert found == []
    shown = tomllib.loads((paths.routines / "planks-4.toml").read_text("utf-8"))["name"]
    assert shown.endswith(" (planks-4)")


@pytest.mark.parametrize(
    ("length", "of_id"),
    [
        *((80, 1), (80, 10), (76, 1), (40, 40), (80, 70)),
        pytest.param(80, 77),
        pytest.param(20, 77),
        pytest.param(20, 78),
        pytest.param(80, 80),
    ],
)
def test_the_copy_of_a_long_name_is_right(paths: Paths, length: int, of_id: int) -> None:
    name = ("Dehnung für den Rücken, " * 4)[:length].strip().ljust(length, "x")
    own(paths, "mine", MINE.replace('"Mine"', f'"{name}"').encode())
    path = copied(paths, "mine", "a" * of_id)

    assert problems(paths, path) == []
    shown = tomllib.loads(path.read_text("utf-8"))["name"]
    assert len(shown) <= 80
    assert shown != name
    assert shown == shown.strip()


def test_one_of_mine_is_copied(paths: Paths, mine: Path) -> None:
    mine.chmod(0o644)
    before = state(mine)
    path = copied(paths, "mine", "mine-too")

    assert path.read_text("utf-8") == "#:schema ./routine.schema.json\n" + MINE.replace(
        '"Mine"', '"Mine (mine-too)"'
    )
    assert state(mine) == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_at_a_path_is_copied(paths: Paths, tmp_path: Path) -> None:
    source = tmp_path / "from-physio.toml"
    source.write_text(MINE, "utf-8")
    path = copied(paths, str(source))

    assert path == paths.routines / "from-physio.toml"
    assert tomllib.loads(path.read_text("utf-8")) == tomllib.loads(MINE)


def test_a_file_name_that_is_no_id_needs_one(paths: Paths, tmp_path: Path) -> None:
    source = tmp_path / "From Physio (2).toml"
    source.write_text(MINE, "utf-8")
    with pytest.raises(UnreadableError, match="`from-physio-2`"):
        copied(paths, str(source))
    assert not paths.config.exists()

    assert copied(paths, str(source), "from-physio-2").exists()


@pytest.mark.parametrize(
    "routine_id",
    [
        *("", "X", "a b", "a--b", "-a", "a-", "a_b", "é", "a.toml", " a", "a\n", "a" * 81),
        *("..", "../x", "/x", "x/y", "x\\y", "~", ".hidden"),
    ],
)
def test_what_is_no_id_is_refused(paths: Paths, tmp_path: Path, routine_id: str) -> None:
    with pytest.raises(UnreadableError):
        copied(paths, "planks", routine_id)

    assert everything(tmp_path) == []


def test_nothing_is_copied_over_anything(paths: Paths, mine: Path) -> None:
    before = state(mine)
    for source, routine_id in (("planks", "mine"), ("mine", None), ("mine", "mine")):
        with pytest.raises(BackcoachError) as raised:
            copied(paths, source, routine_id)
        assert raised.value.exit_status == EXIT_PROBLEM

    assert state(mine) == before
    assert names(paths.routines) == ["mine.toml"]


@pytest.mark.parametrize(
    "content",
    [
        b'name = "Mine"\nsteps = [',
        b'name = "M\xefne"\n',
        b'name = "Mine"\nname = "Mine"\n',
        b"\0",
        b"#" * (MAX_BYTES + 1),
    ],
    ids=["syntax", "latin-1", "twice", "nul", "large"],
)
def test_a_broken_routine_is_not_copied(paths: Paths, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "broken.toml"
    source.write_bytes(content)
    with pytest.raises(BadFileError) as raised:
        copied(paths, str(source))

    assert raised.value.problems.found
    assert not paths.config.exists()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda _: None])
def test_what_is_no_file_is_not_copied(
    paths: Paths, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "odd.toml")
    with pytest.raises(UnreadableError):
        copied(paths, str(tmp_path / "odd.toml"))

    assert not paths.config.exists()


@pytest.mark.parametrize(
    ("source", "copy"),
    [
        (b'name = "x"\n', b'#:schema ./routine.schema.json\nname = "x"\n'),
        (b'\r\nname = "x"\r\n', b'#:schema ./routine.schema.json\r\n\r\nname = "x"\r\n'),
        (BOM + b'name = "x"\r\n', b'#:schema ./routine.schema.json\r\nname = "x"\r\n'),
        (b"# x", b"#:schema ./routine.schema.json\n# x"),
        (b"", b"#:schema ./routine.schema.json\n"),
        (b"#:schema ./routine.schema.json\nx = 1", b"#:schema ./routine.schema.json\nx = 1"),
        (b"# x\r\n#:schema ./routine.schema.json", b"# x\r\n#:schema ./routine.schema.json"),
        (BOM + b"#:schema ./routine.schema.json\n", b"#:schema ./routine.schema.json\n"),
    ],
)
def test_the_line_for_editors_is_there_once(
    paths: Paths, tmp_path: Path, source: bytes, copy: bytes
) -> None:
    (tmp_path / "one.toml").write_bytes(source)
    first = copied(paths, str(tmp_path / "one.toml"))
    (tmp_path / "two.toml").write_bytes(first.read_bytes())
    second = copied(paths, str(tmp_path / "two.toml"))

    assert first.read_bytes() == second.read_bytes() == copy


@pytest.mark.parametrize(
    "name", ['"Mine"', "'Mine'", '"""Mine"""', "'''\nMine'''", '"M\\u0069ne"', '"""\\\n  Mine"""']
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_name_is_changed_however_it_is_written(paths: Paths, name: str, ends: str) -> None:
    text = f'# name = "no"\n"name"  =\t{name}\t# name = "no"\n[[steps]]\nrest = "30s"\n'
    own(paths, "mine", text.replace("\n", ends).encode())
    path = copied(paths, "mine", "b")

    assert (
        path.read_bytes()
        == (
            "#:schema ./routine.schema.json\n"
            '# name = "no"\n"name"  =\t"Mine (b)"\t# name = "no"\n[[steps]]\nrest = "30s"\n'
        )
        .replace("\n", ends)
        .encode()
    )


# --- changed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "literal", "old", "new"),
    [
        ("name", "Bed time", '"Bed time"', '"Mine"', '"Bed time"'),
        ("name", "'Bed time'", "'Bed time'", '"Mine"', "'Bed time'"),
        ("name", "42", '"42"', '"Mine"', '"42"'),
        ("name", "true", '"true"', '"Mine"', '"true"'),
        ("name", "[1]", '"[1]"', '"Mine"', '"[1]"'),
        ("name", "2026-01-02", '"2026-01-02"', '"Mine"', '"2026-01-02"'),
        ("note", "-5", '"-5"', "'as it was'", '"-5"'),
        ("note", "", '""', "'as it was'", '""'),
        ("note", 'x" # y', '"x\\" # y"', "'as it was'", '"x\\" # y"'),
        ("note", "5 × 🧘", '"5 × 🧘"', "'as it was'", '"5 × 🧘"'),
        ("steps[1].reps", "6", "6", "reps = 5", "reps = 6"),
        ("steps[1].reps", " 6 ", "6", "reps = 5", "reps = 6"),
        ("steps[1].reps", "[6, 4, 2]", "[6, 4, 2]", "reps = 5", "reps = [6, 4, 2]"),
        ("steps[2].rest", "1m30s", '"1m30s"', '"30s"', '"1m30s"'),
        ("steps[2].rest", "90", "90", '"30s"', "90"),
        ("steps[1].exercise", "bird-dog", '"bird-dog"', '"cat-cow"', '"bird-dog"'),
        ("steps[1].note", "Slowly.", '"Slowly."', "# reps = 6\n", '# reps = 6\nnote = "Slowly."\n'),
        ("steps[2].note", "Sip.", '"Sip."', '"30s"\n', '"30s"\nnote = "Sip."\n'),
        ("stage", '["acute"]', '["acute"]', "was'\n", "was'\nstage = [\"acute\"]\n"),
        ("coach.mode", "off", '"off"', "was'\n", "was'\ncoach.mode = \"off\"\n"),
        ("defaults.hold", "0", "0", "was'\n", "was'\ndefaults.hold = 0\n"),
    ],
)  # fmt: skip
def test_one_value_is_changed(
    paths: Paths, mine: Path, path: str, value: str, literal: str, old: str, new: str
) -> None:
    mine.chmod(0o640)

    assert changed(paths, "mine", path, value) == literal
    assert mine.read_text("utf-8") == MINE.replace(old, new, 1)
    assert mine.stat().st_mode & 0o777 == 0o640
    assert names(paths.routines) == ["mine.toml"]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("steps[1].reps", "many", "reps"),
        ("steps[1].reps", "0", "reps"),
        ("steps[1].reps", "'6'", "reps"),
        ("steps[2].rest", "1:30", "duration"),
        ("steps[2].rest", "2.5", "duration"),
        ("steps[2].rest", "1h", "duration-range"),
        ("steps[1].exercise", "bird-cat", "unknown-exercise"),
        ("steps[1].nope", "1", "unknown-key"),
        ("nope.nope", "1", "unknown-key"),
        ("steps[1].rest", "30s", "step-kind"),
        ("steps", "[]", None),
        ("name", "x" * 81, "length"),
        ("name", "a\x1b[2Jb", "control-character"),
        ("name", "", "length"),
        ("stage", "acute", "wrong-type"),
        ("safety.stops_to_end", "3", "range"),
        ("steps[3].hold", "5s", None),
        ("steps[0].hold", "5s", None),
        ("steps[1]", "5s", None),
        ("hold of two", "5s", None),
        ("", "5s", None),
        ("name.x", "5s", None),
    ],
)
def test_what_would_be_wrong_is_never_written(
    paths: Paths, mine: Path, path: str, value: str, code: str | None
) -> None:
    before = state(mine)
    with pytest.raises(BackcoachError) as raised:
        changed(paths, "mine", path, value)

    assert state(mine) == before
    assert names(paths.routines) == ["mine.toml"]
    if code is None:
        assert raised.value.exit_status == EXIT_USAGE
    else:
        assert isinstance(raised.value, BadFileError)
        assert [problem.code for problem in raised.value.problems] == [code]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        pytest.param("nan", "nan"),
        pytest.param("-nan", "-nan"),
        ("[nan]", None),
        pytest.param("\udcff", None, id="no text"),
        ("inf", "inf"),
    ],
)
def test_a_value_like_no_other_is_a_text_or_refused(
    paths: Paths, mine: Path, value: str, name: str | None
) -> None:
    before = state(mine)
    if name is None:
        with pytest.raises(BackcoachError):
            changed(paths, "mine", "name", value)
        assert state(mine) == before
    else:
        changed(paths, "mine", "name", value)
        assert tomllib.loads(mine.read_text("utf-8"))["name"] == name


WAYS: Final = {
    "lf": lambda content: content,
    "crlf": lambda content: content.replace(b"\n", b"\r\n"),
    "bom": lambda content: BOM + content,
    "bom and crlf": lambda content: BOM + content.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_byte_order_mark_and_line_ends_stay(paths: Paths, way: Callable[[bytes], bytes]) -> None:
    path = own(paths, "mine", way(MINE.encode()))
    changed(paths, "mine", "steps[1].reps", "[6, 4]")
    assert path.read_bytes() == way(MINE.replace("reps = 5", "reps = [6, 4]").encode())

    changed(paths, "mine", "steps[1].note", "Slowly.")
    with_note = MINE.replace(
        "reps = 5 # reps = 6\n", 'reps = [6, 4] # reps = 6\nnote = "Slowly."\n'
    )
    assert path.read_bytes() == way(with_note.encode())


def leaves(value: object, path: str = "") -> dict[str, object]:
    """The values of a file by their paths, as people write them."""
    if isinstance(value, dict):
        below = {f"{path}.{name}".removeprefix("."): inner for name, inner in value.items()}
    elif isinstance(value, list):
        below = {f"{path}[{number}]": inner for number, inner in enumerate(value, 1)}
    else:
        return {path: value}
    return {at: each for name, inner in below.items() for at, each in leaves(inner, name).items()}


def another(value: object) -> str:
    """A value that would do in the place of another of its kind, as it is typed."""
    if isinstance(value, str) and re.fullmatch(r"([0-9]+[hms])+", value):
        return "11s"
    return "☃" if isinstance(value, str) else "7"


def check_every_leaf(paths: Paths, path: Path) -> tuple[set[str], set[str]]:
    """Set each value to another, and back; which ones were taken, and which refused."""
    content = path.read_bytes()
    text = content.decode("utf-8-sig")
    values = leaves(tomli.loads(text))
    library = Library(paths)
    entry = library.find(path.stem)
    taken, refused = set[str](), set[str]()
    for leaf, value in values.items():
        before = state(path)
        try:
            literal = change_routine(library, entry, leaf, another(value))
        except BadFileError:
            refused.add(leaf)
            assert state(path) == before
            continue
        taken.add(leaf)
        new = tomli.loads(f"x = {literal}")["x"]
        now = path.read_bytes().decode("utf-8-sig")
        assert [*leaves(tomli.loads(now)).items()] == [*(values | {leaf: new}).items()]
        check_one_stretch(text, now, value, literal)
        assert path.read_bytes().startswith(BOM) == content.startswith(BOM)
        path.write_bytes(content)
    return taken, refused


def check_one_stretch(old: str, new: str, value: object, literal: str) -> None:
    """Somewhere a literal stands in the place of one of a value, and that is all."""
    for found in re.finditer(re.escape(literal), new):
        head, tail = new[: found.start()], new[found.end() :]
        if old.startswith(head) and old.endswith(tail):
            was = old[len(head) : len(old) - len(tail)]
            assert tomli.loads(f"x = [{was}]")["x"] == [value]
            return
    raise AssertionError(f"more than one value has changed:\n{new}")


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_every_value_between_comments_is_changed_or_stays(paths: Paths, ends: bytes) -> None:
    path = own(paths, "mine", COMMENTED.read_bytes().replace(b"\n", ends))
    taken, refused = check_every_leaf(paths, path)

    assert {"name", "steps[1].reps[2]", "steps[3].steps[2].hold"} <= taken
    assert {"steps[1].exercise", "coach.mode", "exercises.wall-sit.kind"} <= refused


@pytest.mark.parametrize("routine", ["bird-dogs", "desk-break"])
def test_every_value_of_a_routine_is_changed_or_stays(paths: Paths, routine: str) -> None:
    source = ROOT / "routines" / f"{routine}.toml"
    taken, refused = check_every_leaf(paths, own(paths, routine, source.read_bytes()))

    assert {"name", "summary"} <= taken
    assert "steps[1].exercise" in refused


@pytest.mark.soak
@pytest.mark.parametrize("source", BUNDLED, ids=lambda path: path.stem)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_value_of_every_routine_is_changed_or_stays(
    paths: Paths, source: Path, way: Callable[[bytes], bytes]
) -> None:
    taken, refused = check_every_leaf(paths, own(paths, source.stem, way(source.read_bytes())))

    assert {"name", "summary"} <= taken
    assert "steps[1].exercise" in refused


def test_one_mistake_can_be_mended(paths: Paths) -> None:
    path = own(paths, "mine", MINE.replace("reps = 5", 'reps = "five"').encode())
    changed(paths, "mine", "steps[1].reps", "5")

    assert path.read_text("utf-8") == MINE


@pytest.mark.parametrize("content", [b'name = "x', b"name = 1\nsteps = 2\n", b"\xff"])
def test_a_broken_file_stays_as_it_is(paths: Paths, content: bytes) -> None:
    path = own(paths, "mine", content)
    before = state(path)
    with pytest.raises(BadFileError):
        changed(paths, "mine", "name", "Mine")

    assert state(path) == before


def test_a_link_to_a_routine_stays_one(paths: Paths, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "back.toml"
    real.parent.mkdir()
    real.write_text(MINE, "utf-8")
    paths.routines.mkdir(parents=True)
    link = paths.routines / "mine.toml"
    link.symlink_to("../../dotfiles/back.toml")
    changed(paths, "mine", "name", "Linked")

    assert os.readlink(link) == "../../dotfiles/back.toml"
    assert real.read_text("utf-8") == MINE.replace('"Mine"', '"Linked"')
    assert names(real.parent) == ["back.toml"]


def test_what_can_not_be_written_leaves_the_file_as_it_was(paths: Paths, mine: Path) -> None:
    before = state(mine)
    with small_files(), pytest.raises(BackcoachError, match="too large") as raised:
        changed(paths, "mine", "name", "Other")

    assert raised.value.exit_status == EXIT_PROBLEM
    assert str(mine) in str(raised.value)
    assert state(mine) == before
    assert names(paths.routines) == ["mine.toml"]


TYPED: Final = st.text(max_size=12) | st.lists(
    st.sampled_from(
        [
            *"\n'\"[]{}.,#=\\a1-_ \0",
            "[[steps]]\n",
            "\nnote = 'x'",
            "name = 'y'",
            '"""',
            "'''",
            "]\n",
        ]
    ),
    max_size=6,
).map("".join)


@given(
    path=st.sampled_from(["name", "note", "steps[1].note", "tags", "steps[1].reps", "when"]),
    value=TYPED.filter(lambda typed: "nan" not in typed),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_no_other_value_changes(paths: Paths, path: str, value: str) -> None:
    mine = own(paths, "mine", MINE.encode())
    try:
        changed(paths, "mine", path, value)
    except BadFileError:
        assert mine.read_text("utf-8") == MINE
        return
    now = leaves(tomllib.loads(mine.read_text("utf-8")))
    was = leaves(tomllib.loads(MINE))
    kept = {at for at in was if not at.startswith(path)}
    assert {at for at in now if not at.startswith(path)} == kept
    assert all(now[at] == was[at] for at in kept)
    assert Library(paths).load(find_entry(paths, "mine")).name == now["name"]
