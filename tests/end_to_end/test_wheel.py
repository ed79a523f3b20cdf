"""What is installed: the built wheel, in an environment of its own, away from this checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from end_to_end_terminal import Home

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    run(*build, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_library_the_catalogue_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "routines").glob("*.toml"):
        assert f"backcoach/routines/bundled/{path.name}" in names
    for path in (ROOT / "src" / "backcoach" / "catalogue").glob("*/*.toml"):
        assert f"backcoach/catalogue/{path.parent.name}/{path.name}" in names
    assert "backcoach/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "docs", "benchmarks"))]


def test_the_installed_wheel_plays(wheel: Path, home: Home) -> None:
    venv = home.folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=home.folder)
    # Our own pip, and no bytecode: to make both anew takes longer than all the rest.
    pip = (sys.executable, "-m", "pip", "--python", venv / "bin" / "python")
    install = ("--disable-pip-version-check", "install", "-q", "--no-compile")
    run(*pip, *install, "--constraint", ROOT / "constraints.txt", wheel, cwd=home.folder)
    backcoach = venv / "bin" / "backcoach"
    listed = run(backcoach, "list", cwd=home.folder, env=home.env)
    assert "bird-dogs" in listed
    answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes", "--speed", "500")
    played = run(backcoach, "play", "planks", "--plain", *answers, cwd=home.folder, env=home.env)
    assert "the end: completed" in played
    (session,) = home.sessions()
    assert session["routine"] == "planks"
    assert session["outcome"] == "completed"
