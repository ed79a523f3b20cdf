"""`backcoach schema`: the JSON schema of a routine file, for editors."""

import json

import click


@click.command("schema")
def command() -> None:
    """The JSON schema of a routine file, for editors.

    Write it beside your routines as routine.schema.json; their first line,
    `#:schema ./routine.schema.json`, says where it is.
    """
    from backcoach.routines.schema import routine_schema

    click.echo(json.dumps(routine_schema(), indent=2))
