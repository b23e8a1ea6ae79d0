"""bin/inventory: every package this system is made of, with its digests, as a list in CycloneDX 1.5.

Read from the lock files alone, so that it says what is installed from them and asks nobody.
"""

import base64
import json
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from neet.launch.places import ROOT

Component = dict[str, Any]


def of_python() -> Iterator[Component]:
    """The packages of uv.lock, with the digest of each file that may be installed."""
    for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"]:
        if "registry" not in each["source"]:
            continue
        files = [*each.get("wheels", []), *([each["sdist"]] if "sdist" in each else [])]
        digests = sorted({file["hash"].removeprefix("sha256:") for file in files})
        hashes = [{"alg": "SHA-256", "content": digest} for digest in digests]
        yield _component("pypi", each["name"], each["version"], hashes)


def of_screens() -> Iterator[Component]:
    """The packages of package-lock.json, from which the screens are built."""
    for path, each in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if not path:
            continue
        kind, _, digest = each["integrity"].partition("-")
        hashes = [{"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}]
        yield _component("npm", path.rpartition("node_modules/")[2], each["version"], hashes)


def _component(kind: str, name: str, version: str, hashes: list[dict[str, str]]) -> Component:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": hashes,
    }  # fmt: skip


def inventory() -> dict[str, Any]:
    """The whole list, the same for the same lock files."""
    found = {each["bom-ref"]: each for each in (*of_python(), *of_screens())}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": [found[ref] for ref in sorted(found)],
    }


def main() -> int:
    json.dump(inventory(), sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
