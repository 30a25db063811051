#!/usr/bin/env python3
"""Includes respect the layers: a module includes itself and what stands below it, and third-party headers only where
their one home is."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BELOW = {
    "base": [],
    "value": ["base"],
    "yaml": ["value"],
    "jsonschema": ["yaml"],
    "gotmpl": ["value"],
    "funcs": ["gotmpl", "yaml"],
    "chart": ["yaml"],
    "manifest": ["yaml"],
    "render": ["funcs", "chart", "manifest", "jsonschema"],
    "lint": ["render"],
    "project": ["lint"],
    "report": ["lint"],
    "cli": ["project", "report"],
}
HOMES = {
    r"yaml\.h": ["yaml"],
    r"yaml-cpp/": ["project"],
    r"CLI/": ["cli"],
    r"nlohmann/": ["report"],
    r"spdlog/": ["base"],
    r"re2/": ["base"],
    r"ares\.h": ["base"],
    r"openssl/": ["funcs"],
    r"crypt\.h": ["funcs"],
    r"zlib\.h": ["chart", "funcs"],
}


def reachable(module):
    found = {module}
    for below in BELOW[module]:
        found |= reachable(below)
    return found


def complaints(path, module, public):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if not include:
            continue
        name = include.group(1)
        parts = name.split("/")
        other = parts[1] if parts[0] == "rhumb" and len(parts) > 2 else parts[0] if parts[0] in BELOW else None
        if other and other not in reachable(module):
            yield f"{path.relative_to(ROOT)}:{number}: {module} must not include {name}"
        if other and parts[0] != "rhumb" and other != module:
            yield f"{path.relative_to(ROOT)}:{number}: {name} is private to {other}"
        for pattern, homes in HOMES.items():
            if re.match(pattern, name) and (public or module not in homes):
                yield f"{path.relative_to(ROOT)}:{number}: {name} has its home in {', '.join(homes)}"


def main():
    found = []
    for top, public in ((ROOT / "src", False), (ROOT / "include/rhumb", True)):
        for path in sorted([*top.rglob("*.h"), *top.rglob("*.cpp")]):
            module = path.relative_to(top).parts[0]
            found += complaints(path, module, public)
    print("\n".join(found) or f"includes respect the {len(BELOW)} layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
