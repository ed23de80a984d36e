"""`flask rotate-pepper`: does the next step of a rotation and says what comes after it. Never prints a secret."""

from pathlib import Path

import click
from flask import current_app

from journal.operating.alone import alone
from journal.operating.in_use import pepper_id
from journal.operating.rotation import NotNow, Rotation

STEPS = ("begin", "use", "relock", "retire", "abandon", "readmit")


@click.command()
@click.argument("step", required=False, type=click.Choice(STEPS))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--status", is_flag=True, help="Say how far it is, and change nothing; 1 when something here is to do.")
@click.option("--everywhere", is_flag=True, help="No other host is there, or each has the file and was reloaded since.")
@click.option("--leave", default=0, help="So many locks that nothing opens may stay behind (with retire).")
def rotate_pepper(step: str | None, file: Path | None, status: bool, everywhere: bool, leave: int) -> None:
    """Change the host's secret while everybody goes on. Alone, it does the next step of a rotation under way.

    begin: make the new secret. use: lock with it from now on. relock: bring everything under it. retire: take the old
    one out. abandon: take back begin, or the note of one that no host has. readmit FILE: let a retired secret open a
    backup from its time.
    """
    rotation = Rotation(current_app.extensions["settings"])
    try:
        if status:
            _tell(rotation)
            raise SystemExit(0 if rotation.all_reloaded_here() else 1)
        with alone(rotation.settings.data, "rotating", patient=False) as nobody_else:
            if not nobody_else:
                raise NotNow("Somebody is at this already.")
            _do(rotation, step or _next(rotation), file, everywhere, leave)
    except NotNow as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    except OSError as error:
        click.echo(f"{rotation.file} could not be written ({error.strerror}); it is as it was.", err=True)
        raise SystemExit(1) from None


def _do(rotation: Rotation, step: str, file: Path | None, everywhere: bool, leave: int) -> None:
    if step == "begin":
        rotation.begin()
        click.echo("A new secret is in the file, beside the one in use. It can open, and locks nothing yet.")
        click.echo("Keep a copy of the file now, apart from your backups.")
    elif step == "use":
        rotation.use(everywhere)
        click.echo("The new secret locks from the next reload on; the one before still opens.")
    elif step == "relock":
        found = rotation.relock()
        click.echo(f"{found.done} locks are under the current secret; {rotation.left()} are left under the previous.")
        if found.refused:
            click.echo(f"{found.refused} open with no secret and key that are here.")
    elif step == "retire":
        kept = rotation.retire(everywhere, leave)
        click.echo(f"The previous secret opens nothing any more. It is kept in {kept}.")
        click.echo("Move that file to where the backups from before are, and destroy it with the last of them.")
    elif step == "abandon":
        rotation.abandon()
        click.echo("The new secret is gone; nothing was locked with it.")
    else:
        if file is None:
            raise NotNow("Say which: flask rotate-pepper readmit FILE")
        rotation.readmit(file)
        click.echo("The retired secret opens again; nothing is locked with it.")
    _after(rotation, step)


def _next(rotation: Rotation) -> str:
    """The step that the file and the stores ask for."""
    if rotation.settings.next_pepper:
        return "use"
    if rotation.settings.previous_pepper is None:
        raise NotNow("No rotation is under way. To begin one: flask rotate-pepper begin")
    return "relock" if rotation.left() else "retire"


def _after(rotation: Rotation, step: str) -> None:
    """What the operator does next."""
    found = rotation.as_it_stands()
    if found != rotation.settings:
        here = "Reload every process now: kill -HUP of gunicorn's master."
        others = " Bring the file to every other host and reload there too." if not rotation.one_host() else ""
        click.echo(f"next       {here}{others}")
    if step == "readmit":
        click.echo("then       restore the backup, and go on: flask rotate-pepper")
    elif found.next_pepper or found.previous_pepper:
        click.echo(f"then       flask rotate-pepper{_word(Rotation(found))}")


def _word(rotation: Rotation) -> str:
    """Which word the next step wants: `relock` moves what all hosts open already, and needs none."""
    if rotation.one_host() or _next(rotation) == "relock":
        return ""
    return " --everywhere   (no other host is there, or each has the file and was reloaded)"


def _tell(rotation: Rotation) -> None:
    found, under = rotation.as_it_stands(), rotation.under()
    places = {"current": found.pepper, "next": found.next_pepper, "previous": found.previous_pepper}
    for place, pepper in places.items():
        if pepper:
            click.echo(f"{place:10} {pepper_id(pepper)}, {under.pop(pepper_id(pepper), 0)} locks")
    if under:
        click.echo(f"elsewhere  {under.total()} locks under secrets that are not here: {', '.join(sorted(under))}")
    if noted := rotation.noted_elsewhere():
        click.echo(f"begun       on another host, to {noted.hex()}: that one is to be finished first")
    reloaded = rotation.all_reloaded_here()
    click.echo(f"processes  {'all' if reloaded else 'not all'} of this host run with the file as it is")
