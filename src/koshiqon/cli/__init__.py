"""The command line: one file a command group, heavy imports inside commands."""

from __future__ import annotations

import typer

from koshiqon import __version__
from koshiqon.cli import cases, check, interview, law, openapi, reform, register, review, screen, serve, status, stay

app = typer.Typer(
    name="koshiqon",
    help="An open laboratory for migration policy. Kazakhstan is its first country.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("check")(check.check)
app.command("review")(review.review)
app.command("stay")(stay.stay)
app.command("status")(status.status)
app.command("interview")(interview.interview)
app.command("cases")(cases.cases)
app.command("law-on")(law.law_on)
app.command("changed")(law.changed)
app.add_typer(register.app, name="register")
app.command("screen")(screen.screen)
app.command("reform")(reform.reform)
app.command("serve")(serve.serve)
app.command("openapi")(openapi.openapi)


@app.command("version")
def version() -> None:
    """Print the version of the program."""
    typer.echo(__version__)


def main() -> None:
    """The entry point of the installed program."""
    app()
