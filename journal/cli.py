"""The operator's commands. None of them can open a journal."""

import sys
from datetime import timedelta

import click
from flask import Flask, current_app

from journal import clock
from journal.accounts import service as accounts
from journal.deposits import service as deposits
from journal.errors import NotFound
from journal.operating import plainly
from journal.operating.backup.commands import COMMANDS as BACKUP_COMMANDS
from journal.operating.doctor import doctor
from journal.operating.replaying import replayed, told
from journal.operating.rotate_pepper import rotate_pepper
from journal.sharing import service as sharing


def set_up(app: Flask) -> None:
    """Put the commands on `flask`."""
    for command in (
        demo, disable_therapist, doctor, invite, invite_therapist, replay_erasures, rotate_pepper, sweep,
        verify, verify_erasure, *BACKUP_COMMANDS,
    ):  # fmt: skip
        app.cli.add_command(plainly.told(command))
    app.cli.add_command(plainly.schema_told(app.cli.commands["db"]))


_DAYS = click.option(
    "--days", default=14, show_default=True, type=click.IntRange(1, 3650), help="How long the invitation can be used."
)


@click.command()
@_DAYS
def invite(days: int) -> None:
    """Make an invitation for one patient, and print its code."""
    _tell_invitation("patient", days)


@click.command()
@_DAYS
def invite_therapist(days: int) -> None:
    """Make an invitation for one therapist, and print its code."""
    _tell_invitation("therapist", days)


def _tell_invitation(role: str, days: int) -> None:
    """The code alone on standard output, for whoever pipes it."""
    settings, valid_for = current_app.extensions["settings"], timedelta(days=days)
    until = clock.now() + valid_for
    click.echo(accounts.invite(role, valid_for))
    click.echo(
        f"For one {role}, once, until {until:%Y-%m-%d %H:%M} UTC: to be typed at {settings.origin}/sign-up as the "
        "invitation code. It is not shown again.",
        err=True,
    )
    if settings.registration == "closed":
        click.echo("Nobody can use it while SHORELINE_REGISTRATION is closed.", err=True)


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
def sweep() -> None:
    """Delete sign-ins, invitations, known devices and receipts that are past their end. Every start does it too."""
    click.echo(f"{accounts.sweep() + deposits.sweep()} deleted.")


@click.command()
def replay_erasures() -> None:
    """Erase again what a restored backup brought back. Every start does it too."""
    click.echo(told(replayed()))


@click.command()
@click.argument("backup_url")
@click.argument("login_name")
@click.option("--keyring", help="A keyring to try instead of this host's, such as a backup of it.")
def verify_erasure(backup_url: str, login_name: str, keyring: str | None) -> None:
    """Show that nothing of an erased account opens from a backup: DATABASE_URL of the backup, and the login name.

    The account's password is asked for, or read from standard input where that is no terminal. Ends with 0 when nothing
    opens, 1 when something does or might, 2 when nothing was looked at.
    """
    found = accounts.look_into(backup_url, keyring, login_name, _password())
    if not found.there:
        click.echo("Nobody of this name is in that backup: nothing was looked at.", err=True)
        raise SystemExit(plainly.NOT_DONE)
    if found.opens:
        click.echo(f"It opens: {found.rows} sealed rows, and this password with this keyring opens them.")
        raise SystemExit(1)
    if found.key_there:
        click.echo(f"{found.rows} sealed rows, and their key is in this keyring. This password is not theirs.")
        raise SystemExit(1)
    click.echo(f"{found.rows} sealed rows are there. Their key is in no keyring given: nothing of them opens.")


def _password() -> str:
    """Never from the command line: everybody on the host can read that, and the shell keeps it."""
    if sys.stdin.isatty():
        try:
            asked: str = click.prompt("Password of the account", hide_input=True, err=True)
        except click.Abort:
            raise SystemExit(plainly.NOT_DONE) from None
        return asked
    return sys.stdin.readline().rstrip("\r\n")


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

    if current_app.extensions["settings"].registration == "closed":
        click.echo("Nobody can join while SHORELINE_REGISTRATION is closed, and so no made-up patient.", err=True)
        raise SystemExit(plainly.NOT_DONE)
    # The journal is filled through its doors, which tell whoever asks less than is told here.
    accounts.accounts_without_lock_key()
    made_up = fill(current_app._get_current_object())  # type: ignore[attr-defined]
    reader = made_up.therapist
    click.echo(
        f"\nA made-up journal is there.\n  login name  {made_up.login_name}\n  password    {made_up.password}\n"
        f"\nA made-up therapist reads some of it.\n  login name  {reader.login_name}\n  password    {reader.password}\n"
        f"  setup key   {reader.setup_key}   (for an authenticator app)\n"
        f"  or a code that works once: {', '.join(reader.codes[:4])}\n"
    )
