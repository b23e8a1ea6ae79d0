"""The list of parts holds every package of both lock files, with digests that are those of the files."""

import json
import re
import tomllib

from neet.launch.inventory import inventory
from neet.launch.places import ROOT

WIDTH = {"SHA-256": 64, "SHA-512": 128}


def test_every_package_of_the_lock_files_stands_once_with_its_digests() -> None:
    python = {
        f"pkg:pypi/{each['name']}@{each['version']}"
        for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"]
        if "registry" in each["source"]
    }
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    screens = {
        f"pkg:npm/{path.rpartition('node_modules/')[2].replace('@', '%40')}@{each['version']}"
        for path, each in locked.items()
        if path
    }

    parts = inventory()["components"]

    assert len(python) > 100
    assert len(screens) > 10
    assert {each["purl"] for each in parts} == python | screens
    assert len(parts) == len({each["bom-ref"] for each in parts})
    assert [each["purl"] for each in parts if not each["hashes"]] == []
    for digest in (digest for each in parts for digest in each["hashes"]):
        assert re.fullmatch(rf"[0-9a-f]{{{WIDTH[digest['alg']]}}}", digest["content"])
