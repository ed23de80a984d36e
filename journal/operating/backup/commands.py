"""The operator's commands for backups."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

from journal import clock
from journal.accounts import service as accounts
from journal.operating import last_backup
from journal.operating.backup import files, keys
from journal.operating.backup.progress import Progress
from journal.operating.backup.reading import BackupFile, Read
from journal.operating.backup.refusals import Unusable
from journal.operating.backup.restoring import Restored
from journal.operating.backup.restoring import restore as put_back
from journal.operating.backup.stores import DATABASE, KEYRING_PART, STORES
from journal.operating.backup.writing import Written, write

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_SHORTEST_PASSPHRASE = 12
# PostgreSQL's code for what a role may not do.
_NOT_ALLOWED = "42501"


def told_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Exit with 1 and a sentence, never with a driver's words: they can hold values."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except Unusable as refusal:
            click.echo(str(refusal), err=True)
        except DBAPIError as error:
            click.echo(_of_a_store(error), err=True)
        else:
            return
        raise SystemExit(1)

    return run


@click.command("backup-key")
@click.argument("file", type=_FILE)
@click.option("--passphrase", is_flag=True, help="Ask for a passphrase, without which the private key opens nothing.")
@told_plainly
def backup_key(file: Path, passphrase: bool) -> None:
    """Make the operator's key pair: FILE is the private key, to be kept off this host; FILE.pub is the public one."""
    public = keys.make(file, _new_passphrase() if passphrase else None)
    click.echo(
        f"private key  {file}   take it off this host; without it no backup opens\n"
        f"public key   {keys.public_beside(file)}   SHORELINE_BACKUP_KEY names this file\n"
        f"fingerprint  {keys.told(public.fingerprint)}"
    )


@click.command()
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--to", "to", type=_FOLDER, help="The same as FOLDER.")
@click.option("--keyring-to", type=_FOLDER, help="Another folder for the keyring: who has one must not have both.")
@click.option("--keep-days", type=click.IntRange(min=1), help="Delete backups in these folders that are older.")
@told_plainly
def backup(folder: Path | None, to: Path | None, keyring_to: Path | None, keep_days: int | None) -> None:
    """Back up database and keyring into FOLDER while people write, sealed to SHORELINE_BACKUP_KEY."""
    if (folder is None) == (to is None):
        raise click.UsageError("Name the folder once: `flask backup FOLDER`, or `--to FOLDER`.")
    database_to = folder or to
    assert database_to is not None
    settings = current_app.extensions["settings"]
    _refuse_longer(keep_days, settings.backups_kept_days)
    key = keys.read_public(settings.backup_key)
    progress = Progress()
    try:
        made = write(key, {DATABASE: database_to, KEYRING_PART: keyring_to or database_to}, progress)
    finally:
        progress.end()
    _tell_made(made, keys.told(key.fingerprint))
    _note(settings.data)
    _tell_old((database_to, keyring_to or database_to), keep_days, settings.backups_kept_days)


@click.command()
@click.argument("given", metavar="[DATABASE_FILE] [KEYRING_FILE]", type=_FILE, nargs=-1)
@click.option("--database", type=_FILE, help="The database's backup, beside the keyring that is in place.")
@click.option("--keyring", type=_FILE, help="The keyring's backup, beside the database that is in place.")
@click.option("--key", required=True, type=_FILE, help="The operator's private key.")
@click.option("--accept-damage", is_flag=True, help="Put back also what does not open or has no key any more.")
@told_plainly
def restore(given: Sequence[Path], database: Path | None, keyring: Path | None, key: Path, accept_damage: bool) -> None:
    """Put a backup back into empty stores, on either engine, whatever it was made on. Stop the app first."""
    paths = [*given, *(each for each in (database, keyring) if each)]
    if not 1 <= len(paths) <= 2:
        raise click.UsageError("Give the database's backup and the keyring's, or one of them.")
    parts = _by_part(paths, key)
    for name, path in ((DATABASE, database), (KEYRING_PART, keyring)):
        if path and (name not in parts or parts[name].path != path):
            raise Unusable(f"{path} is no backup of the {name}.")
    progress = Progress()
    try:
        done = put_back(parts, progress, accept_damage=accept_damage)
    finally:
        progress.end()
    _tell_restored(done)


@click.command("verify-backup")
@click.argument("given", metavar="FILE...", type=_FILE, nargs=-1, required=True)
@click.option("--key", required=True, type=_FILE, help="The operator's private key.")
@told_plainly
def verify_backup(given: Sequence[Path], key: Path) -> None:
    """Read backups from the first byte to the last without restoring them, and say whether they are whole."""
    secret, progress, failed = keys.read_secret(key, _passphrase), Progress(), False
    for path in given:
        try:
            found = BackupFile(path, secret).read(accounts.peppers(), progress)
        except Unusable as refusal:
            failed = True
            click.echo(str(refusal), err=True)
            continue
        finally:
            progress.end()
        failed = failed or bool(found.damaged)
        _tell_read(path, found)
    if failed:
        raise SystemExit(1)


def _of_a_store(error: DBAPIError) -> str:
    if getattr(error.orig, "sqlstate", None) == _NOT_ALLOWED:
        return (
            "This role may not do that in the database. With its owner's addresses in DATABASE_URL and KEYRING_URL, "
            "run this again. Nothing was changed or kept."
        )
    return f"A store did not answer, or broke off ({type(error.orig).__name__}). Nothing was changed or kept."


COMMANDS = (backup_key, backup, restore, verify_backup)


def _by_part(paths: Sequence[Path], key: Path) -> dict[str, BackupFile]:
    secret = keys.read_secret(key, _passphrase)
    opened = [BackupFile(path, secret) for path in paths]
    parts = {file.part: file for file in opened}
    if len(parts) != len(opened):
        raise Unusable(f"Both files are backups of the {opened[0].part}. Give one of each, or one alone.")
    return {part: parts[part] for part in STORES if part in parts}


def _passphrase() -> str:
    found: str = click.prompt("Passphrase of the private key", hide_input=True, err=True)
    return found


def _new_passphrase() -> str:
    found: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    if len(found) < _SHORTEST_PASSPHRASE:
        raise Unusable(f"Choose {_SHORTEST_PASSPHRASE} characters or more, several words say. No key was made.")
    return found


def _refuse_longer(keep_days: int | None, told_days: int | None) -> None:
    if keep_days is not None and told_days is not None and keep_days > told_days:
        raise Unusable(
            f"People are told that backups are kept {told_days} days (SHORELINE_BACKUPS_KEPT_DAYS). Keep them no "
            "longer, or say another number there first. No backup was made."
        )


def _tell_made(made: dict[str, Written], fingerprint: str) -> None:
    for part, written in made.items():
        size = written.path.stat().st_size
        click.echo(f"{part:<9}{written.path}   {sum(written.rows.values()):,} rows, {size / 1e6:,.1f} MB")
        for name, values in written.damaged.items():
            click.echo(f"         {values} values in {name} are damaged in the database itself.", err=True)
    click.echo(f"sealed to {fingerprint}")
    if len({written.path.parent for written in made.values()}) == 1:
        click.echo("Both lie in one folder: take them to two places. Who has one must not have both.")


def _note(data: Path) -> None:
    """For the doctor. The backup is made, whatever becomes of the note."""
    try:
        last_backup.note(data)
    except OSError as error:
        click.echo(f"That this backup was made could not be noted in {data}: {error.strerror}.", err=True)


def _tell_old(folders: Sequence[Path], keep_days: int | None, told_days: int | None) -> None:
    now = clock.now()
    if keep_days is not None:
        gone = files.prune(folders, keep_days, now)
        click.echo(f"{len(gone)} files older than {keep_days} days deleted.")
    elif told_days is not None and (old := files.older(folders, told_days, now)):
        click.echo(
            f"{len(old)} files here are older than the {told_days} days that people are told. "
            f"--keep-days {told_days} deletes them.",
            err=True,
        )


def _tell_restored(done: Restored) -> None:
    for part, read in done.read.items():
        how = "has it already, left as it is" if part in done.kept else "restored"
        rows = sum(read.rows.values())
        click.echo(f"{part:<9}{how}: {rows:,} rows, made {_when(read)} by version {read.manifest.version}")
    ways, letters, again = done.ways_in, done.letters, done.again
    click.echo(f"opened   {ways.opened} ways in and {letters.opened} letters, with this host's secret and this keyring")
    if ways.refused or ways.without_key:
        click.echo(f"         {ways.without_key} ways in have no key, {ways.refused} do not open: these stay shut")
    if letters.refused or letters.without_key:
        shut = letters.refused + letters.without_key
        click.echo(f"         {shut} letters are shut for good: what they lent was taken back or narrowed since")
        click.echo(f"         {done.ended} shares ended by it; their patients see that, and can make them again")
    click.echo(f"erased   {again.accounts} accounts and {again.rows} rows again; {again.keys} keys of erased accounts")
    click.echo("Everybody signs in anew. Sign-ins, tokens and counts of tries are in no backup.")
    if set(done.read) == set(STORES) and KEYRING_PART not in done.kept:
        since = _when(done.read[KEYRING_PART])
        click.echo(f"Whatever else was deleted since {since} is there again; shares taken back since are lent again.")
        click.echo("Nothing here knows of it. Tell patients and therapists, so that they can do it anew.")


def _tell_read(path: Path, found: Read) -> None:
    manifest, rows = found.manifest, sum(found.rows.values())
    how = "read to its end, and not sound" if found.damaged else "whole: every chunk opens"
    click.echo(
        f"{path}\n  {manifest.store}, made {_when(found)} by version {manifest.version}, schema {manifest.schema}\n"
        f"  {how}, {rows:,} rows"
    )
    for name, rows in found.rows.items():
        click.echo(f"    {name:<18}{rows:>10,}")
    for name, values in found.damaged.items():
        click.echo(f"  {values} values in {name} were damaged before the backup was made.", err=True)
    if not found.from_here:
        click.echo("  Not made under this host's secret: nothing in it opens here, and who made it cannot be told.")


def _when(found: Read) -> str:
    return datetime.fromisoformat(found.manifest.made_at).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
