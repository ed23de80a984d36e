"""The operator's commands. None of them can open a journal."""

from datetime import timedelta

import click
from flask import Flask, current_app

from journal.accounts import service as accounts


def set_up(app: Flask) -> None:
    """Put the commands on `flask`."""
    app.cli.add_command(demo)
    app.cli.add_command(invite)


@click.command()
@click.option("--days", default=14, show_default=True, help="How long the invitation can be used.")
def invite(days: int) -> None:
    """Make an invitation for one patient, and print its code."""
    click.echo(accounts.invite("patient", timedelta(days=days)))


@click.command()
def demo() -> None:
    """Fill the journal of a made-up patient, and say how to sign in."""
    from journal.demo.fill import fill

    login_name, password = fill(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"\nA made-up journal is there.\n  login name  {login_name}\n  password    {password}\n")
