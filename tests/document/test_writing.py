"""Files written whole or not at all: a full disk, a closed folder, a kill, a second writer."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final

import pytest
from customising_building import WITHOUT_POWERS, names, small_files
from session_building import TIMEOUT_S

from backcoach.document.writing import create_file, replace_file

OLD: Final = b'name = "old"\n'
NEW: Final = b'name = "new", longer and \xc3\xbc\r\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file, alone in its folder."""
    path = tmp_path / "routines" / "mine.toml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def python(code: str, *args: str) -> list[str]:
    return [sys.executable, "-c", code, *args]


# --- replacing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [NEW, b"", b"\0\xff" * 100_000])
def test_new_content_takes_the_old_one_s_place(path: Path, content: bytes) -> None:
    replace_file(path, content)

    assert path.read_bytes() == content
    assert names(path.parent) == ["mine.toml"]


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o660, 0o755])
def test_permissions_stay(path: Path, bits: int) -> None:
    path.chmod(bits)
    replace_file(path, NEW)

    assert mode(path) == bits
    assert path.read_bytes() == NEW


def test_a_file_that_is_not_there_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    replace_file(path, NEW)

    assert path.read_bytes() == NEW
    assert mode(path) == 0o600


def test_an_owner_stays(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can own files of others")
    os.chown(path, 12345, 54321)
    path.chmod(0o640)
    replace_file(path, NEW)

    known = path.stat()
    assert (known.st_uid, known.st_gid, mode(path)) == (12345, 54321, 0o640)


@pytest.mark.parametrize("target", ["dotfiles/here.toml", "here.toml"])
@pytest.mark.parametrize("relative", [True, False])
def test_a_link_stays_and_leads_to_the_new_content(
    tmp_path: Path, target: str, relative: bool
) -> None:
    real = tmp_path / target
    real.parent.mkdir(exist_ok=True)
    real.write_bytes(OLD)
    real.chmod(0o640)
    link = tmp_path / "config" / "mine.toml"
    link.parent.mkdir()
    words = f"../{target}" if relative else str(real)
    link.symlink_to(words)
    replace_file(link, NEW, OLD)

    assert os.readlink(link) == words
    assert real.read_bytes() == link.read_bytes() == NEW
    assert not real.is_symlink()
    assert mode(real) == 0o640
    assert names(link.parent) == ["mine.toml"]
    assert [name for name in names(real.parent) if name != "config"] == ["here.toml"]


def test_a_link_to_a_link_stays(path: Path) -> None:
    first, second = path.with_name("first.toml"), path.with_name("second.toml")
    first.symlink_to("second.toml")
    second.symlink_to("mine.toml")
    replace_file(first, NEW)

    assert (os.readlink(first), os.readlink(second)) == ("second.toml", "mine.toml")
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["first.toml", "mine.toml", "second.toml"]


def test_a_folder_that_is_a_link_is_followed(path: Path) -> None:
    linked = path.parent.with_name("linked")
    linked.symlink_to("routines")
    replace_file(linked / "mine.toml", NEW)

    assert linked.is_symlink()
    assert path.read_bytes() == NEW


def test_a_link_that_leads_nowhere_leads_somewhere_now(tmp_path: Path) -> None:
    link = tmp_path / "mine.toml"
    link.symlink_to("real.toml")
    replace_file(link, NEW)

    assert os.readlink(link) == "real.toml"
    assert (tmp_path / "real.toml").read_bytes() == NEW


def test_a_link_that_leads_round_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "mine.toml"
    link.symlink_to("mine.toml")
    with pytest.raises(OSError, match=r"mine\.toml"):
        replace_file(link, NEW)

    assert link.is_symlink()
    assert names(tmp_path) == ["mine.toml"]


def test_another_name_of_the_file_keeps_the_old_content(path: Path) -> None:
    other = path.with_name("other.toml")
    other.hardlink_to(path)
    replace_file(path, NEW)

    assert (path.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_whoever_reads_the_old_content_reads_it_to_its_end(path: Path) -> None:
    with path.open("rb") as reader:
        begun = reader.read(3)
        replace_file(path, NEW)
        assert begun + reader.read() == OLD


# --- what others have done meanwhile -------------------------------------------------------------


def test_what_it_was_made_from_is_replaced(path: Path) -> None:
    replace_file(path, NEW, OLD)

    assert path.read_bytes() == NEW


@pytest.mark.parametrize("now", [b"", b"x", OLD + b"\n", OLD.replace(b"old", b"odd")])
def test_what_has_changed_meanwhile_is_kept(path: Path, now: bytes) -> None:
    path.write_bytes(now)
    before = path.stat()
    with pytest.raises(FileExistsError, match=r"mine\.toml.*changed"):
        replace_file(path, NEW, OLD)

    assert path.read_bytes() == now
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert names(path.parent) == ["mine.toml"]


def test_what_has_gone_meanwhile_does_not_come_back(path: Path) -> None:
    path.unlink()
    with pytest.raises(FileNotFoundError):
        replace_file(path, NEW, OLD)

    assert names(path.parent) == []


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match="mine"):
        replace_file(path, NEW)

    assert path.is_dir()
    assert names(path.parent) == ["mine.toml"]


# --- what can't be written -----------------------------------------------------------------------


def test_what_can_not_be_written_whole_leaves_the_old_content(path: Path) -> None:
    with small_files(), pytest.raises(OSError, match="too large"):
        replace_file(path, NEW * 100)

    assert path.read_bytes() == OLD
    assert names(path.parent) == ["mine.toml"]


def test_what_can_not_be_written_whole_is_not_created(tmp_path: Path) -> None:
    with small_files(), pytest.raises(OSError, match="too large"):
        create_file(tmp_path / "new.toml", NEW * 100)

    assert names(tmp_path) == []


TRYING: Final = """
import sys
from pathlib import Path
from backcoach.document import writing
try:
    getattr(writing, sys.argv[1])(Path(sys.argv[2]), b"new")
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("doing", ["replace_file", "create_file"])
def test_a_folder_that_may_not_be_written_to_keeps_what_it_has(path: Path, doing: str) -> None:
    target = path if doing == "replace_file" else path.with_name("new.toml")
    path.parent.chmod(0o500)
    try:
        done = subprocess.run(
            python(WITHOUT_POWERS + TRYING, doing, str(target)),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    finally:
        path.parent.chmod(0o700)

    assert done.stdout == "PermissionError\n"
    assert path.read_bytes() == OLD
    assert names(path.parent) == ["mine.toml"]


@pytest.mark.parametrize("doing", [replace_file, create_file])
def test_a_folder_that_is_not_there_is_not_made(
    tmp_path: Path, doing: Callable[[Path, bytes], None]
) -> None:
    with pytest.raises(FileNotFoundError):
        doing(tmp_path / "nowhere" / "mine.toml", NEW)

    assert names(tmp_path) == []


# --- on the disk ---------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace isn't installed")
@pytest.mark.parametrize("doing", ["replace_file", "create_file"])
def test_content_is_on_the_disk_before_it_has_its_name(
    path: Path, tmp_path: Path, doing: str
) -> None:
    target = path if doing == "replace_file" else path.with_name("new.toml")
    trace = tmp_path / "trace"
    calls = "write,fsync,fdatasync,rename,renameat,renameat2,link,linkat"
    subprocess.run(
        [
            *("strace", "-f", "-y", "-o", str(trace), "-e", f"trace={calls}"),
            *python(TRYING, doing, str(target)),
        ],
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    folder = re.escape(str(path.parent))
    seen = []
    for line in trace.read_text("utf-8").splitlines():
        if re.search(rf'write\(\d+<{folder}/\..*"new"', line):
            seen.append("write")
        elif re.search(rf"f(data)?sync\(\d+<{folder}/\.", line):
            seen.append("sync file")
        elif re.search(rf'(rename|link)(at2?)?\(.*"{folder}/\..*"{re.escape(str(target))}"', line):
            seen.append("name")
        elif re.search(rf"fsync\(\d+<{folder}>", line):
            seen.append("sync folder")

    assert seen == ["write", "sync file", "name", "sync folder"]


WRITING: Final = """
import sys
from pathlib import Path
from backcoach.document.writing import replace_file
path = Path(sys.argv[1])
while True:
    for letter in b"ab":
        replace_file(path, bytes([letter]) * 300_000)
        sys.stdout.buffer.write(b".")
        sys.stdout.flush()
"""
WHOLE: Final = (b"a" * 300_000, b"b" * 300_000)


def kill_while_it_writes(path: Path, random: Random) -> None:
    """Kill a process that does nothing but replace a file, at a moment drawn."""
    with subprocess.Popen(python(WRITING, str(path)), stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.read(random.randint(1, 20))
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(random.uniform(0, 0.01))
        finally:
            writer.kill()


def check_killed(path: Path, seed: int) -> None:
    replace_file(path, WHOLE[0])
    kill_while_it_writes(path, Random(seed))

    assert path.read_bytes() in WHOLE
    # What a killed process leaves behind is hidden, and is no routine by its name.
    left = [name for name in names(path.parent) if name != path.name]
    assert all(name.startswith(".") and not name.endswith(".toml") for name in left)
    assert len(left) <= 1
    replace_file(path, NEW)
    assert path.read_bytes() == NEW
    for name in left:
        (path.parent / name).unlink()


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_leaves_a_whole_file(path: Path, seed: int) -> None:
    check_killed(path, seed)


@pytest.mark.soak
def test_very_many_kills_leave_a_whole_file(path: Path) -> None:
    for seed in range(100, 600):
        check_killed(path, seed)


# --- creating ------------------------------------------------------------------------------------


def test_a_new_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    before = os.umask(0)
    try:
        create_file(path, NEW)
    finally:
        os.umask(before)

    assert path.read_bytes() == NEW
    assert mode(path) == 0o600
    assert path.stat().st_nlink == 1
    assert names(tmp_path) == ["new.toml"]


def test_what_is_there_is_never_written_over(path: Path) -> None:
    before = path.stat()
    with pytest.raises(FileExistsError):
        create_file(path, NEW)

    assert path.read_bytes() == OLD
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert names(path.parent) == ["mine.toml"]


@pytest.mark.parametrize("target", ["nowhere.toml", "mine.toml", "link.toml"])
def test_a_link_is_never_written_over(path: Path, target: str) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(target)
    with pytest.raises(FileExistsError):
        create_file(link, NEW)

    assert os.readlink(link) == target
    assert path.read_bytes() == OLD
    assert names(path.parent) == ["link.toml", "mine.toml"]


def test_a_folder_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").mkdir()
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "mine.toml", NEW)

    assert (tmp_path / "mine.toml").is_dir()


CREATING: Final = """
import sys
from pathlib import Path
from backcoach.document.writing import create_file
folder, name, count = sys.argv[1:]
print("ready", flush=True)
sys.stdin.read()
for number in range(int(count)):
    try:
        create_file(Path(folder) / f"{number}.toml", name.encode() * 10_000)
    except FileExistsError:
        continue
    print(number)
"""


def test_of_many_that_create_a_file_at_once_one_wins(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    count = 40
    won: dict[str, list[str]] = {}
    racers = [
        subprocess.Popen(
            python(CREATING, str(folder), name, str(count)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"
    ]
    try:
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.close()
        for racer, name in zip(racers, "abcd", strict=True):
            assert racer.stdout is not None
            won[name] = racer.stdout.read().split()
            assert racer.wait(TIMEOUT_S) == 0
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()
            assert racer.stdout is not None
            racer.stdout.close()

    assert sorted(chain(*won.values())) == sorted(map(str, range(count)))
    assert names(folder) == sorted(f"{number}.toml" for number in range(count))
    for name, numbers in won.items():
        for number in numbers:
            assert (folder / f"{number}.toml").read_bytes() == name.encode() * 10_000
