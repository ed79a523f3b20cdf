"""How many of something, in words."""


def plural(count: int, noun: str) -> str:
    """So many of something: "no stops", "1 stop", "2 stops"."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
