"""A migration only adds, so that the release before goes on while this one is rolled out; what is to go, goes later."""

from typing import Any

from flask_migrate import upgrade
from sqlalchemy import inspect

from journal import create_app
from journal.database import db
from tests.operating.make_released import STORES
from tests.operating.test_upgrading import HISTORY, close
from tests.stores import Stores, settings

Shape = dict[str, dict[str, Any]]


def shape() -> Shape:
    """Every table of both stores, as the one from before would find it."""
    found = {}
    for store, bind in STORES.items():
        seen = inspect(db.engines[bind])
        for table in seen.get_table_names():
            found[f"{store}.{table}"] = {
                "columns": {it["name"]: it for it in seen.get_columns(table)},
                "rules": {
                    str(rule["name"])
                    for rules in (seen.get_unique_constraints, seen.get_foreign_keys, seen.get_check_constraints)
                    for rule in rules(table)
                },
                "key": seen.get_pk_constraint(table)["constrained_columns"],
            }
    return found


def breaks(before: Shape, after: Shape) -> list[str]:
    """What an app that knows only `before` would stumble over."""
    found = [f"{table} is gone" for table in before if table not in after]
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        found += [f"{table}: {rule} is asked of it now" for rule in new["rules"] - old["rules"]]
        found += [f"{table}: its key is another"] if new["key"] != old["key"] else []
        for name, column in old["columns"].items():
            now = new["columns"].get(name)
            if now is None:
                found.append(f"{table}.{name} is gone")
            elif str(now["type"]) != str(column["type"]) or now["nullable"] < column["nullable"]:
                found.append(f"{table}.{name} takes less")
        for name in new["columns"].keys() - old["columns"].keys():
            if not new["columns"][name]["nullable"] and new["columns"][name]["default"] is None:
                found.append(f"{table}.{name} is needed")
    return found


def test_no_step_takes_away_what_the_release_before_needs(folder):
    app, before = create_app(settings(Stores.sqlite(folder))), {}
    with app.app_context():
        for revision in HISTORY:
            upgrade(revision=revision)
            after = shape()
            assert breaks(before, after) == [], revision
            assert len(after) >= len(before)
            before = after
    close(app)


def test_what_would_break_it_is_noticed(folder):
    app = create_app(settings(Stores.sqlite(folder)))
    with app.app_context():
        upgrade()
        before = shape()
        with db.engines[None].begin() as c:
            for statement in (
                "DROP TABLE known_devices",
                "ALTER TABLE courses RENAME COLUMN story TO words",
                "ALTER TABLE pins ADD COLUMN needed VARCHAR NOT NULL DEFAULT ''",
                "ALTER TABLE pins ADD COLUMN added VARCHAR",
            ):
                c.exec_driver_sql(statement)
        after = shape()
        after["journal.pins"]["columns"]["needed"]["default"] = None
        after["journal.tries"]["columns"]["failures"]["nullable"] = False
        before["journal.tries"]["columns"]["failures"]["nullable"] = True
    close(app)
    assert sorted(breaks(before, after)) == [
        "journal.courses.story is gone",
        "journal.known_devices is gone",
        "journal.pins.needed is needed",
        "journal.tries.failures takes less",
    ]
