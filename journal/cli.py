"""The operator's commands. None of them can open a journal."""

from datetime import timedelta

import click
from flask import Flask, current_app

from journal.accounts import service as accounts
from journal.deposits import service as deposits
from journal.errors import NotFound
from journal.sharing import service as sharing


def set_up(app: Flask) -> None:
    """Put the commands on `flask`."""
    for command in (demo, disable_therapist, invite, invite_therapist, relock, sweep, verify):
        app.cli.add_command(command)


@click.command()
@click.option("--days", default=14, show_default=True, help="How long the invitation can be used.")
def invite(days: int) -> None:
    """Make an invitation for one patient, and print its code."""
    click.echo(accounts.invite("patient", timedelta(days=days)))


@click.command()
@click.option("--days", default=14, show_default=True, help="How long the invitation can be used.")
def invite_therapist(days: int) -> None:
    """Make an invitation for one therapist, and print its code."""
    click.echo(accounts.invite("therapist", timedelta(days=days)))


@click.command()
@click.argument("login_name")
def disable_therapist(login_name: str) -> None:
    """Shut the account of a therapist who left: sign-ins and shares end, and their patients are told."""
    try:
        ended = sharing.disable_therapist(login_name)
    except NotFound:
        click.echo("There is no therapist with this login name.", err=True)
        raise SystemExit(1) from None
    click.echo(f"The account is shut. {ended} shares ended; their patients see it when they next sign in.")


@click.command()
def relock() -> None:
    """Bring every account under the current secret, so that the previous one can be taken out of the settings."""
    found = accounts.relock() + sharing.relock()
    click.echo(f"{found.done} under the current secret, {found.refused} that neither secret opens.")
    if found.refused:
        raise SystemExit(1)


@click.command()
def sweep() -> None:
    """Delete sign-ins, invitations, known devices and receipts that are past their end. Every start does it too."""
    click.echo(f"{accounts.sweep() + deposits.sweep()} deleted.")


@click.command()
def verify() -> None:
    """Say whether this keyring is this database's; ask after a restore."""
    lost = accounts.accounts_without_lock_key()
    click.echo(f"{accounts.count_accounts()} accounts, {lost} of them without a key in this keyring.")
    if lost:
        raise SystemExit(1)


@click.command()
def demo() -> None:
    """Fill the journal of a made-up patient, with a made-up therapist, and say how to sign in."""
    from journal.demo.fill import fill

    made_up = fill(current_app._get_current_object())  # type: ignore[attr-defined]
    reader = made_up.therapist
    click.echo(
        f"\nA made-up journal is there.\n  login name  {made_up.login_name}\n  password    {made_up.password}\n"
        f"\nA made-up therapist reads some of it.\n  login name  {reader.login_name}\n  password    {reader.password}\n"
        f"  setup key   {reader.setup_key}   (for an authenticator app)\n"
        f"  or a code that works once: {', '.join(reader.codes[:4])}\n"
    )
