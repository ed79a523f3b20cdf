"""What the package imports is what it asks for: an installation has nothing else."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Final

from session_building import ROOT

PACKAGE: Final = ROOT / "src" / "backcoach"
NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


def normal(distribution: str) -> str:
    """A distribution's name as an index has it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def named(requirement: str) -> str:
    """The distribution that a requirement asks for."""
    found = NAME.match(requirement)
    assert found is not None
    return normal(found.group())


def asked_for() -> set[str]:
    """The project's dependencies, and what those ask for themselves."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = {named(each) for each in project["dependencies"]}
    for distribution in sorted(found & installed()):
        found |= {named(each) for each in requires(distribution) or () if "extra ==" not in each}
    return found


def installed() -> set[str]:
    """The distributions that are here."""
    return {normal(each) for owners in packages_distributions().values() for each in owners}


def imported(path: Path) -> set[str]:
    """The packages of others that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {"backcoach"}


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        "import os, click.types\nfrom backcoach import paths\n"
        "def late():\n    from tomli_w import dumps\n",
        "utf-8",
    )

    assert imported(path) == {"click", "tomli_w"}


def test_what_is_imported_is_asked_for() -> None:
    owners = packages_distributions()
    known = asked_for()
    strays = [
        (str(path.relative_to(PACKAGE)), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in sorted(imported(path))
        if not known & {normal(owner) for owner in owners.get(name, [name])}
    ]

    assert strays == []
