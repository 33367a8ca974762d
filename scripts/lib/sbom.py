"""What the program is made of, as CycloneDX 1.6 JSON on standard output: the packages
of Package.swift with their exact versions, what they bring along and the toolchain's
library, and the system libraries it is linked to. sbom.py [--epoch SECONDS]

A package without a row in LICENSES, and a row without a package, is an error.
"""

import datetime
import hashlib
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LICENSES = {
    "swift-argument-parser": "Apache-2.0 WITH Swift-exception",
    "swift-log": "Apache-2.0",
    "GRDB.swift": "MIT",
    "Yams": "MIT",
}
# Part of a package's own sources, and linked in with it.
BUNDLED = {"Yams": [("libyaml", "MIT", "parser and emitter, as Yams carries it")]}
# Linked statically from the toolchain, and dynamically from the system.
TOOLCHAIN = ("swift-runtime", "Apache-2.0 WITH Swift-exception")
SYSTEM = [("sqlite3", "blessing", "libsqlite3.so.0"), ("libcurl", "curl", "libcurl.so.4, loaded at first use")]


def licensed(expression):
    return [{"expression": expression}]


def package(url, version):
    name = url.rstrip("/").split("/")[-1]
    if name not in LICENSES:
        sys.exit(f"{name} has no license in scripts/lib/sbom.py")
    path = url.removeprefix("https://")
    return {
        "type": "library",
        "bom-ref": f"pkg:swift/{path}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:swift/{path}@{version}",
        "licenses": licensed(LICENSES[name]),
        "externalReferences": [{"type": "vcs", "url": url}],
    }


def main():
    manifest = (ROOT / "Package.swift").read_text(encoding="utf-8")
    found = re.findall(r'\.package\(url: "([^"]+)", exact: "([^"]+)"\)', manifest)
    if len(found) != manifest.count(".package(url:"):
        sys.exit("a package of Package.swift has no exact version")
    packages = [package(url, version) for url, version in found]
    missing = set(LICENSES) - {component["name"] for component in packages}
    if missing:
        sys.exit(f"scripts/lib/sbom.py names what Package.swift does not: {sorted(missing)}")
    version = re.search(
        r'current = "([^"]+)"', (ROOT / "Sources/rotator/Version.swift").read_text(encoding="utf-8")
    ).group(1)
    parts = list(packages)
    for owner, bundled in BUNDLED.items():
        for name, license, description in bundled:
            parts.append({
                "type": "library", "bom-ref": f"{owner}/{name}", "name": name,
                "licenses": licensed(license), "description": description,
            })
    parts.append({
        "type": "library", "bom-ref": TOOLCHAIN[0], "name": TOOLCHAIN[0],
        "licenses": licensed(TOOLCHAIN[1]),
        "description": "standard library and Foundation of the toolchain, linked statically",
    })
    for name, license, description in SYSTEM:
        parts.append({
            "type": "library", "bom-ref": f"system/{name}", "name": name, "scope": "required",
            "licenses": licensed(license), "description": f"of the system: {description}",
        })
    program = {
        "type": "application", "bom-ref": "rotator", "name": "rotator", "version": version,
        "licenses": licensed("MIT"),
    }
    epoch = int(sys.argv[2]) if sys.argv[1:2] == ["--epoch"] else 0
    # The same contents are the same document.
    seed = hashlib.sha256(json.dumps([program, parts], sort_keys=True).encode()).hexdigest()
    serial = f"{seed[:8]}-{seed[8:12]}-5{seed[13:16]}-8{seed[17:20]}-{seed[20:32]}"
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
            .strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": program,
        },
        "components": parts,
        "dependencies": [
            {"ref": "rotator", "dependsOn": sorted(
                part["bom-ref"] for part in parts if "/libyaml" not in part["bom-ref"])},
            {"ref": next(p["bom-ref"] for p in packages if p["name"] == "Yams"),
             "dependsOn": ["Yams/libyaml"]},
        ],
    }
    json.dump(document, sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")


main()
