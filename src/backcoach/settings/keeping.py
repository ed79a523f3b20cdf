"""A setting that is chosen in the program, written into `settings.toml`."""

from pathlib import Path

from backcoach.document.editing import encode_like, set_value
from backcoach.document.reading import parse_document, read_bytes
from backcoach.document.writing import create_file, replace_file
from backcoach.errors import BackcoachError
from backcoach.paths import make_private


def keep_theme(path: Path, name: str) -> None:
    """Write down the theme; every other byte of the file stays as it is.

    Args:
        path: of the settings; a new file where there is none.
        name: one of `THEMES`.

    Raises:
        BackcoachError: the file is no TOML, or can't be written. It is as it was.
    """
    literal = f'"{name}"'
    try:
        if not path.exists():
            make_private(path.parent)
            create_file(path, f"[screen]\ntheme = {literal}\n".encode())
            return
        content = read_bytes(str(path))
        text = set_value(parse_document(content, str(path)), ("screen", "theme"), literal)
        replace_file(path, encode_like(content, text), content)
    except OSError as error:
        raise BackcoachError(f"{path}: {error.strerror or error}") from error
