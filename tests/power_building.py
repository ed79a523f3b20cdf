"""A disk whose power is cut: what a program asked the system to do, and what may be left of it.

The program runs under strace. Its calls are played into a model of a disk on which only what was
synced is certain: of the rest, any sectors may have reached it. A name is another thing than its
file, and is certain once its folder was synced; those of one folder get there in their order.
"""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from session_building import TIMEOUT_S, Program

from backcoach.history.opening import StoreError

SECTOR: Final = 512
"""A disk writes this much at once, or nothing of it."""
SHARES: Final = (0.0, 0.2, 0.5, 0.8, 1.0)
"""How many of the sectors that aren't certain are left."""

FOLDER: Final = -1
"""Stands for a folder where a file has its number."""

Token = str | bytes
Image = Mapping[str, bytes | None]
"""What is left, by its place in the folder; None for a folder."""
Missing = Callable[[Program, Sequence[str]], str]
"""What is missing of what was promised in so many lines, "" where nothing is.

What it raises of SQLite's errors or our own means that the image is corrupt.
"""

_MODELLED: Final = (
    *("open", "openat", "creat", "close", "write", "pwrite64", "ftruncate", "fsync", "fdatasync"),
    *("unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat"),
)
_REFUSED: Final = (
    *("writev", "pwritev", "pwritev2", "copy_file_range", "sendfile", "fallocate", "truncate"),
    *("link", "linkat", "symlink", "symlinkat", "rmdir", "dup", "dup2", "dup3"),
)
"""The model knows nothing of these: a program that changes a file by one would pass unseen."""
_LINE: Final = re.compile(r"(\d+) +(.*)")
_CALL: Final = re.compile(r"(\w+)\((.*)\) += (\d+)")
_TOKEN: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|([^,\s][^,]*)')
_PARTS: Final = re.compile(r"(.*) <unfinished \.\.\.>|<\.\.\. \w+ resumed>(.*)")
_STDOUT: Final = "1"


@cache
def why_not_traced() -> str:
    """Why no program can be traced here; "" where one can."""
    if sys.platform != "linux":
        return "system calls are traced on Linux only"
    if shutil.which("strace") is None:
        return "strace isn't installed"
    done = subprocess.run(
        ["strace", "-f", "-o", "/dev/null", sys.executable, "-c", ""],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    return f"strace may not trace here: {done.stderr.strip()}" if done.returncode else ""


# What a program did


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that succeeded: its texts as bytes, everything else as strace writes it."""

    name: str
    tokens: tuple[Token, ...]
    result: int


def trace(program: Program, code: str, *args: str) -> list[Call]:
    """Run some Python in a program's environment: every call that may have changed a file."""
    log = program.home.with_name(f"{program.home.name}.strace")
    calls = ",".join(f"?{name}" for name in (*_MODELLED, *_REFUSED))
    options = ("-f", "-q", "-xx", "-s", str(2**24), "-o", str(log), "-e", f"trace={calls}")
    done = subprocess.run(
        ["strace", *options, sys.executable, "-c", code, *args],
        env=program.env(),
        cwd=program.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    text = log.read_text("ascii")
    log.unlink()
    return list(_calls(text.splitlines()))


def _calls(lines: Iterable[str]) -> Iterator[Call]:
    begun: dict[str, str] = {}
    for line in lines:
        # Another thread's call may stand between a call's beginning and its end.
        if (found := _LINE.fullmatch(line)) is None:
            continue
        thread, what = found.groups()
        if part := _PARTS.fullmatch(what):
            if part[1] is not None:
                begun[thread] = part[1]
                continue
            what = begun.pop(thread) + part[2]
        if call := _CALL.match(what):
            tokens = (
                bytes.fromhex(text.replace("\\x", "")) if plain == "" else plain
                for text, plain in _TOKEN.findall(call[2])
            )
            kept = tuple(token for token in tokens if token != "AT_FDCWD")
            yield Call(call[1], kept, int(call[3]))


# What the disk has of it


@dataclass(slots=True)
class _File:
    """A file's content. `waiting` isn't certain: texts with their places, or None and a size."""

    certain: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for at, data in self.waiting:
            _change(self.certain, at, data)
        self.waiting.clear()

    def left(self, chance: random.Random, share: float) -> bytes:
        content = bytearray(self.certain)
        for at, data in self.waiting:
            for place, piece in _sectors(at, data):
                if chance.random() < share:
                    _change(content, place, piece)
        return bytes(content)


def _sectors(at: int, data: bytes | None) -> Iterator[tuple[int, bytes | None]]:
    if data is None:
        yield at, None
        return
    end = at + len(data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, data[len(data) - (end - at) : len(data) - (end - stop)]
        at = stop


def _change(content: bytearray, at: int, data: bytes | None) -> None:
    size = at if data is None else max(len(content), at + len(data))
    content.extend(bytes(max(0, size - len(content))))
    del content[size:]
    if data is not None:
        content[at : at + len(data)] = data


class Disk:
    """A folder on a disk: everything that is in it at first is certain.

    Attributes:
        said: the lines that the program has printed so far.
    """

    def __init__(self, root: Path) -> None:
        self.said: list[str] = []
        self._root = str(root)
        self._files: dict[int, _File] = {}
        self._open: dict[str, int | str] = {}
        """A descriptor's file, or the folder it is open on."""
        self._names = {self._root: FOLDER}
        for path in sorted(root.rglob("*")):
            self._names[str(path)] = FOLDER if path.is_dir() else self._add(path.read_bytes())
        self._certain = dict(self._names)
        self._waiting: dict[str, list[Mapping[str, int | None]]] = {}
        """By folder: what its names become, None for one that goes."""

    def _add(self, content: bytes = b"") -> int:
        self._files[len(self._files)] = _File(bytearray(content))
        return len(self._files) - 1

    def play(self, call: Call) -> bool:
        """Do what a call did; whether something may be left or promised now that wasn't before.

        Raises:
            NotImplementedError: the model doesn't know it, and it was done to one of these files.
        """
        first, *others = call.tokens
        if call.name in _REFUSED:
            ours = any(isinstance(token, bytes) and self._path(token) for token in call.tokens)
            if ours or first in self._open:
                raise NotImplementedError(str(call))
            return False
        if isinstance(first, bytes):
            path = self._path(first)
            return bool(path) and self._play_path(call, path, others)
        return self._play_descriptor(call, first, others)

    def _path(self, name: bytes) -> str:
        """The path if it is one of ours, else ""."""
        path = name.decode("utf-8", "surrogateescape")
        return path if f"{path}/".startswith(f"{self._root}/") else ""

    def _play_path(self, call: Call, path: str, others: Sequence[Token]) -> bool:
        match call.name:
            case "open" | "openat" | "creat":
                flags = f"{others[0]!s}|{'O_CREAT|O_TRUNC' if call.name == 'creat' else ''}"
                return self._play_open(path, flags, str(call.result))
            case "mkdir" | "mkdirat":
                self._rename({path: FOLDER})
            case "unlink" | "unlinkat":
                self._rename({path: None})
            case _:
                (new,) = (token for token in others if isinstance(token, bytes))
                target = self._path(new)
                if Path(target).parent != Path(path).parent:
                    raise NotImplementedError(str(call))
                self._rename({path: None, target: self._names[path]})
        return True

    def _play_open(self, path: str, flags: str, descriptor: str) -> bool:
        new = path not in self._names
        if new:
            self._rename({path: self._add()})
        file = self._names[path]
        self._open[descriptor] = path if file == FOLDER else file
        if file != FOLDER and "O_TRUNC" in flags:
            self._files[file].waiting.append((0, None))
            return True
        return new

    def _rename(self, names: Mapping[str, int | None]) -> None:
        _become(self._names, names)
        folder = str(Path(next(iter(names))).parent)
        self._waiting.setdefault(folder, []).append(names)

    def _play_descriptor(self, call: Call, descriptor: str, others: Sequence[Token]) -> bool:
        if call.name == "write" and descriptor == _STDOUT and isinstance(others[0], bytes):
            self.said += others[0].decode().splitlines()
            return True
        if call.name in ("open", "openat") or descriptor not in self._open:
            # What has this number now is none of ours.
            return False
        place = self._open[descriptor]
        match call.name, place, others:
            case "close", _, _:
                del self._open[descriptor]
            case "fsync" | "fdatasync", int(), _:
                self._files[place].sync()
            case "fsync" | "fdatasync", str(), _:
                for names in self._waiting.pop(place, ()):
                    _become(self._certain, names)
            case "pwrite64", int(), [bytes(data), _, at]:
                self._files[place].waiting.append((int(at), data[: call.result]))
                return True
            case "ftruncate", int(), [size]:
                self._files[place].waiting.append((int(size), None))
                return True
            case _:
                raise NotImplementedError(str(call))
        return False

    def left(self, chance: random.Random) -> Image:
        """What may be left when the power is cut now."""
        names = dict(self._certain)
        for waiting in self._waiting.values():
            for change in waiting[: chance.randint(0, len(waiting))]:
                _become(names, change)
        share = chance.choice(SHARES)
        image: dict[str, bytes | None] = {}
        for path, file in sorted(names.items()):
            inside = path[len(self._root) + 1 :]
            # What is in a folder that isn't there is nowhere.
            if inside and str(Path(path).parent) in names:
                image[inside] = None if file == FOLDER else self._files[file].left(chance, share)
        return image


def _become(names: dict[str, int], change: Mapping[str, int | None]) -> None:
    for path, file in change.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


# What is found there afterwards


@dataclass(slots=True)
class Tally:
    """What was found in the images, no two of which are the same.

    Attributes:
        corrupt, lost: how many can't be used, and in how many something promised is missing.
        first: what was found first, and after which call.
    """

    calls: int = 0
    images: int = 0
    corrupt: int = 0
    lost: int = 0
    first: str = ""

    @property
    def faults(self) -> int:
        """In how many images something is wrong."""
        return self.corrupt + self.lost

    def __str__(self) -> str:
        return (
            f"{self.calls:4} calls, {self.images:5} images: {self.corrupt} corrupt, "
            f"{self.lost} without something that was promised"
        )


def cut_power(
    program: Program,
    code: str,
    *args: str,
    missing: Missing,
    images: int,
    seed: int = 0,
) -> Tally:
    """Cut the power of a program after its calls, and look at what may be left of its home.

    Args:
        images: how many are made after a call; those that are the same count once.
    """
    chance = random.Random(seed)
    disk = Disk(program.home)
    left = Program(program.home.with_name(f"{program.home.name}-left"))
    seen: set[object] = set()
    tally = Tally()
    for call in trace(program, code, *args):
        if not disk.play(call):
            continue
        tally.calls += 1
        for _ in range(images):
            image = disk.left(chance)
            if (kind := hash((*image.items(), len(disk.said)))) in seen:
                continue
            seen.add(kind)
            _lay_out(image, left.home)
            tally.images += 1
            try:
                fault = missing(left, disk.said)
                tally.lost += bool(fault)
            except (sqlite3.Error, StoreError) as error:
                fault = f"{type(error).__name__}: {error}"
                tally.corrupt += 1
            if fault and not tally.first:
                tally.first = f"after {call.name} {call.tokens[0]!r}, {disk.said[-1:]}: {fault}"
    shutil.rmtree(left.home, ignore_errors=True)
    return tally


def _lay_out(image: Image, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in image.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)
