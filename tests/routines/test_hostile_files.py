"""Files made to take long or to take much: each is judged in seconds, and in little memory.

The program runs as a child with a limit on its processor time, past which it is killed; what it
takes exactly is measured in `benchmarks/`.
"""

import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from session_building import Program

CPU_S: Final = 6
"""Three times of what anything may take: other tests run beside this one."""
MOST_MIB: Final = 200
MIB: Final = 1024 * 1024

HEAD: Final = 'name = "Hostile"\n'
STEP: Final = '[[steps]]\nrest = "5s"\n'
OWN: Final = 'name = "Own"\nkind = "hold"\n'

FINE: Final = ()
TOO_MUCH: Final = ("too-large", "too-deep", "limit")
"""Of what is more than anything of ours has, whichever limit is met first."""

# Its peak is told from a process in between: a child inherits the peak of what it is forked from.
LIMITED: Final = """
import json, resource, subprocess, sys

limit_s, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(limit_s), int(limit_s) + 1))
done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
json.dump(
    {
        "status": done.returncode,
        "stdout": done.stdout.decode(),
        "stderr": done.stderr.decode(),
        "peak_mib": used.ru_maxrss * unit / 2**20,
        "cpu_s": used.ru_utime + used.ru_stime,
    },
    sys.stdout,
)
"""

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGXCPU"), reason="no limits for processes here"
)


@dataclass(frozen=True, slots=True)
class Used:
    """How a limited program ended, and what it took.

    Attributes:
        cpu_s: for whoever looks at a failure: it depends on the machine.
    """

    status: int
    stdout: str
    stderr: str
    peak_mib: float
    cpu_s: float


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def limited(program: Program, *args: str) -> Used:
    """Run the program to its end, or to the end of its processor time."""
    done = program.python(LIMITED, str(CPU_S), *program.command(*args))
    assert done.returncode == 0, done.stderr
    used = Used(**json.loads(done.stdout))
    assert used.status != -signal.SIGXCPU, f"more than {CPU_S} s of processor time"
    assert used.peak_mib <= MOST_MIB
    assert used.status in (0, 1), used.stderr
    assert "Traceback" not in used.stderr
    return used


def check(program: Program, content: bytes, codes: tuple[str, ...]) -> None:
    """Have a file checked, and its first problem be one of these."""
    (program.home / "hostile.toml").write_bytes(content)
    used = limited(program, "check", "./hostile.toml")
    if not codes:
        assert (used.status, used.stdout) == (0, "")
        return
    assert used.status == 1
    assert used.stdout.startswith(tuple(f"error[{code}]" for code in codes)), used.stdout[:400]


# --- texts ---------------------------------------------------------------------------------------


def full(piece: str, head: str = "", tail: str = "") -> str:
    """As many of these pieces as a file may have."""
    room = MIB - len(head.encode()) - len(tail.encode())
    return head + piece * (room // len(piece.encode())) + tail


def each(
    piece: Callable[[int], str], head: str = "", tail: str = "", most: int | None = None
) -> str:
    """As many pieces as a file may have, or so many; each is made with its number."""
    pieces = []
    room = MIB - len(head.encode()) - len(tail.encode())
    for number in count():
        made = piece(number)
        room -= len(made.encode())
        if room < 0 or number == most:
            break
        pieces.append(made)
    return f"{head}{''.join(pieces)}{tail}"


def own(keys: str) -> Callable[[int], str]:
    """An exercise of the file's own; `%d` is its number."""
    return lambda number: (f"[exercises.e-%d]\n{keys}").replace("%d", str(number))


def in_circuits(inmost: str, rounds: int) -> str:
    """Three circuits, one in the other."""
    return f"{HEAD}steps = [{f'{{ repeat = {rounds}, steps = [' * 3}{inmost}{'] }' * 3}]\n"


def step(keys: str) -> str:
    return f'[[steps]]\nexercise = "bridge"\n{keys}\n'


_SLIPS: Final = each("exercis{} = 0\n".format, most=240)

Case = tuple[Callable[[], str], tuple[str, ...]]

HOSTILE: Final[dict[str, Case]] = {
    "near misses of keys": (
        lambda: each("summary{} = 0\n".format, HEAD, STEP, 40_000),
        ("unknown-key",),
    ),
    "opening brackets of values": (lambda: full("{a=[", "x = "), ("too-deep",)),
    "nesting nearly as deep as can be parsed": (
        lambda: f"{HEAD}x = {'{a=[' * 199}\n{STEP}",
        ("too-deep", "toml-syntax"),
    ),
    "the same thing twice, as deep": (
        lambda: f"{HEAD}x = {'{a=' * 390}{{b=1,b=2}}{'}' * 390}\n{STEP}",
        ("too-deep", "toml-duplicate"),
    ),
    "one dotted key": (lambda: full("a."), ("too-deep",)),
    "dotted keys below a dotted header": (
        lambda: each(lambda number: f"k{number}{'.a' * 990} = 0\n", f"[a{'.a' * 990}]\n"),
        TOO_MUCH,
    ),
    "dotted headers": (lambda: each(lambda number: f"[t{number}{'.a' * 15}]\n"), TOO_MUCH),
    "dotted keys that begin with a quote": (
        lambda: each(lambda number: f'"{number}\\""{".a" * 900} = 0\n'),
        TOO_MUCH,
    ),
    "spaces": (lambda: full(" ", HEAD + STEP, "\n"), FINE),
    "spaces in a mistake": (lambda: full(" ", f"{HEAD}x = 1", "y\n"), ("toml-syntax",)),
    "spaces in a header": (lambda: full(" ", f"{HEAD}[x", "y\n"), ("toml-syntax",)),
    "brackets of two kinds": (
        lambda: HEAD + "x = { a 1 " + "{\n" * 200_000 + "]\n" * 200_000,
        ("toml-syntax", *TOO_MUCH),
    ),
    "brackets on each line below a mistake": (
        lambda: full("[\n", "x = [1 2\n"),
        ("toml-syntax", *TOO_MUCH),
    ),
    "texts of many lines below a mistake": (
        lambda: full("'''a\n", "x = [1 2\n"),
        ("toml-syntax", *TOO_MUCH),
    ),
    "quotes in braces": (lambda: full("{'"), ("toml-syntax",)),
    "a mistake on each line": (lambda: full("x\n"), ("toml-syntax",)),
    "mistakes after a long array": (
        lambda: full("0,\n", "x = [\n", "]\n" + "y = [1 2]\n" * 100),
        ("toml-syntax", *TOO_MUCH),
    ),
    "repeated keys after very many": (
        lambda: each("k{} = 0\n".format, "", "k0 = 0\n" * 100),
        ("toml-duplicate", *TOO_MUCH),
    ),
    "a circle of exercises": (
        lambda: each(
            lambda number: own(f'{OWN}easier = "e-{(number + 1) % 5000}"\n')(number),
            HEAD + STEP,
            "",
            5000,
        ),
        ("exercise-cycle", *TOO_MUCH),
    ),
    "exercises that lead to unknown ones": (
        lambda: each(own(f'{OWN}easier = "x-%d"\n'), HEAD + STEP, "", 10_000),
        ("unknown-exercise", *TOO_MUCH),
    ),
    "unknown exercises among very many": (
        lambda: each(own(OWN), HEAD + '[[steps]]\nexercise = "ee-x"\n' * 200, "", 10_000),
        ("unknown-exercise", *TOO_MUCH),
    ),
    "swaps of unknown exercises": (
        lambda: each(
            lambda _: '{ when = "bending-worse", replace = "brige", exercise = "planc" },',
            f"{HEAD}{STEP}[coach]\nswaps = [",
            "]\n",
            12_000,
        ),
        ("unknown-exercise", *TOO_MUCH),
    ),
    "a huge number": (lambda: f"{HEAD}{step('reps = ' + '9' * 5000)}", ("toml-syntax",)),
    "a huge number for an id": (
        lambda: f"{HEAD}[[steps]]\nexercise = 0x{'f' * 5000}\n",
        ("wrong-type",),
    ),
}
MORE: Final[dict[str, Case]] = {
    "unknown keys": (lambda: each("k{} = 0\n".format, HEAD, STEP), TOO_MUCH),
    "long keys": (
        lambda: each(lambda number: f"{str(number) * 100_000} = 0\n", HEAD, STEP, 9),
        ("unknown-key",),
    ),
    "opening brackets": (lambda: full("["), ("toml-syntax",)),
    "shorter dotted keys below a shorter header": (
        lambda: each(lambda number: f"k{number}{'.a' * 60} = 0\n", f"[a{'.a' * 60}]\n"),
        TOO_MUCH,
    ),
    "one line": (lambda: full("a", f'{HEAD}summary = "', f'"\n{STEP}'), ("length",)),
    "escapes": (lambda: full("\\u00e9", f'{HEAD}summary = "', f'"\n{STEP}'), ("length",)),
    "lists of reps": (
        lambda: HEAD + step(f"reps = [{'1,' * 100}]") * 200,
        ("reps",),
    ),
    "circuits in circuits": (
        lambda: in_circuits('{ exercise = "bridge", reps = [100, 100] }', 50),
        ("limit",),
    ),
    "a huge number that can be read": (
        lambda: full("f", f"{HEAD}{step('reps = 0x')[:-1]}"),
        ("reps",),
    ),
    "wrong exercises": (
        lambda: each(own("kind = 1\n"), HEAD + STEP, "", 10_000),
        ("missing-key", "wrong-type", *TOO_MUCH),
    ),
    "many dotted keys": (lambda: each(lambda number: f"k{number}{'.a' * 900} = 0\n"), TOO_MUCH),
    "headers": (lambda: full("[[steps]]\n", HEAD), TOO_MUCH),
    "dotted pairs": (lambda: each(lambda number: f"t{number}{'.a' * 59} = 0\n"), TOO_MUCH),
    "unknown exercises among very many of long names": (
        lambda: each(
            lambda number: own(OWN)(number).replace(".e-", f".{'abcdefgh-' * 6}"),
            HEAD + f'[[steps]]\nexercise = "{"hgfedcba-" * 6}x"\n' * 200,
            "",
            8000,
        ),
        ("unknown-exercise", *TOO_MUCH),
    ),
    "exercises without a mistake": (lambda: each(own(OWN), HEAD + STEP, "", 16_000), ("limit",)),
    "unknown keys of a step": (
        lambda: each("prepare{} = 0\n".format, HEAD + step(""), "", 40_000),
        ("unknown-key",),
    ),
    "unknown keys of 200 steps": (
        lambda: HEAD + step(each("hold{} = 0\n".format, most=240)) * 200,
        ("unknown-key",),
    ),
    "steps of no kind": (
        lambda: HEAD + f"[[steps]]\n{_SLIPS}" * 200,
        ("step-kind",),
    ),
    "a key of 1 MiB": (lambda: full("k", HEAD, f" = 0\n{STEP}"), ("unknown-key",)),
    "an id of 1 MiB": (lambda: full("a-", f'{HEAD}[[steps]]\nexercise = "', 'a"\n'), ("length",)),
    "a name of 1 MiB that looks like markup": (
        lambda: full("[a", "name = '", f"'\n{STEP}"),
        ("length", "markup"),
    ),
    "a duration of 1 MiB": (
        lambda: full("1h", f'{HEAD}[[steps]]\nrest = "', '"\n'),
        ("duration",),
    ),
    "control characters": (
        lambda: full("\\u0001", f'{HEAD}summary = "', f'"\n{STEP}'),
        ("control-character",),
    ),
    "no characters": (lambda: "\0" * MIB, ("toml-syntax",)),
    "a long number": (lambda: full("9", f"{HEAD}{step('hold = 1.')[:-1]}"), ("duration",)),
    "days": (
        lambda: each("t{} = 2026-01-02 12:30:00.1+01:30\n".format, HEAD, STEP),
        ("unknown-key",),
    ),
    "lines": (lambda: full("\n", HEAD + STEP, "x"), ("toml-syntax",)),
    "quotes that are never closed": (
        lambda: full('""a', f'{HEAD}summary = """'),
        ("toml-syntax",),
    ),
    "brackets that are never closed": (lambda: each("k{} = [\n".format), ("toml-syntax",)),
    "arrays in arrays": (lambda: full(f"{'[' * 398}{']' * 398},\n", "x = [", "]\n"), TOO_MUCH),
    "tables in arrays": (lambda: full("{a.b.c.d.e.f.g = 1},", f"{HEAD}x = [", "]\n"), TOO_MUCH),
    "dotted keys in braces": (
        lambda: each(lambda number: f"t{number}{'.a' * 15}=0,\n", f"{HEAD}x = {{\n", "}\n"),
        TOO_MUCH,
    ),
    "headers of one table": (lambda: full("[a]\n"), ("toml-duplicate",)),
    "40,000 steps": (lambda: f"{HEAD}steps = [{'{},' * 40_000}]\n", ("step-kind",)),
    "wrong stages": (lambda: f"{HEAD}stage = [{'0,' * 49_000}]\n{STEP}", ("choice",)),
    "wrong cues": (
        lambda: f"{OWN}cues.go = [" + '"a b c d e f g h i",' * 40_000 + "]\n",
        ("cue-length",),
    ),
    "wrong poses": (
        lambda: OWN + "[[poses]]\nscale = { a = 1, b = 2 }\n" * 10_000,
        ("cant-draw", "choice"),
    ),
    "the most phases": (
        lambda: f"{HEAD}steps = [{{repeat = 50, steps = [{'{rest = 1},' * 199}]}}]\n",
        FINE,
    ),
    "the most comments": (lambda: full("# [[steps]] = '''\n", HEAD + STEP), FINE),
}


@pytest.mark.parametrize(
    "name", [*HOSTILE, *(pytest.param(name, marks=pytest.mark.soak) for name in MORE)]
)
def test_a_file_of(program: Program, name: str) -> None:
    make, codes = {**HOSTILE, **MORE}[name]
    check(program, make().encode(), codes)


def test_a_file_of_50_mb(program: Program) -> None:
    with (program.home / "sparse.toml").open("wb") as file:
        file.truncate(50 * MIB)

    assert "too-large" in limited(program, "check", "./sparse.toml").stdout


@pytest.mark.parametrize("form", ["text", "concise", "json", "github"])
def test_many_problems_at_the_end_of_many_lines(program: Program, form: str) -> None:
    bad = '[[steps]]\nrest = "x"\n' * 200
    (program.home / "long.toml").write_text(full("\n", HEAD, bad), "utf-8")

    used = limited(program, "check", "--max-errors", "200", "--format", form, "./long.toml")

    assert used.stdout.count("duration") >= 200


def test_an_exercise_file_that_is_wrong_all_over_and_named_in_each_step(program: Program) -> None:
    folder = program.home / "config" / "exercises"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(each("k{} = 0\n".format, OWN, "", 40_000), "utf-8")
    steps = HEAD + '[[steps]]\nexercise = "mine"\n' * 200
    (program.home / "steps.toml").write_text(steps, "utf-8")

    assert "exercise-file" in limited(program, "check", "./steps.toml").stdout


def test_easier_forms_that_are_much_longer_than_their_steps(program: Program) -> None:
    steps = step(f"pace = 'self'\nset_rest = 1\nprepare = 1\nreps = [{'1,' * 20}]") * 200
    exercises = f"""
[exercises.short]
{OWN}easier = "long"
[exercises.long]
name = "Long"
kind = "dynamic"
sides = "alternate"
dose = {{ reps = [{"100," * 20}], hold = 1 }}
"""
    text = HEAD + steps.replace('"bridge"', '"short"') + exercises
    (program.home / "forms.toml").write_text(text, "utf-8")

    used = limited(program, "show", "./forms.toml")

    assert used.status == 0 or "error[limit]" in used.stderr


# --- the limits themselves -----------------------------------------------------------------------


def test_a_program_that_takes_too_long_is_killed(program: Program) -> None:
    done = program.python(LIMITED, "1", *program.command()[:1], "-c", "while True: pass")

    assert json.loads(done.stdout)["status"] == -signal.SIGXCPU


def test_a_program_s_memory_is_measured(program: Program) -> None:
    hungry = f"b'x' * {2 * MOST_MIB * MIB}"
    done = program.python(LIMITED, "9", *program.command()[:1], "-c", hungry)
    peak_mib = json.loads(done.stdout)["peak_mib"]

    assert 2 * MOST_MIB < peak_mib < 3 * MOST_MIB
