#!/usr/bin/env python3
"""Runs the cases of tests/lint/*/mutants.txt (see cases.py) and the fixtures tests/lint/*/*.yaml through the binary.

    mutants.py RHUMB [RULE ...]

A fixture is a manifest, linted alone with the one rule of its folder (`--only`); every line that must have a finding
ends with "# expect: rule-name" (several names: one finding each), and no other line may have one. Its first line may
say how it is linted: "# lint: --tier production --kube-version 1.30".
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cases
import fixtures


def main():
    rhumb = str(Path(sys.argv[1]).resolve())
    folder = Path(__file__).resolve().parent
    names = sys.argv[2:] or sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__")
    groups = [cases.parse(folder / name / "mutants.txt") for name in names if (folder / name / "mutants.txt").exists()]
    manifests = [path for name in names for path in sorted((folder / name).glob("*.yaml"))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda group: cases.run_cases(rhumb, group), groups))
        found += list(pool.map(lambda path: fixtures.check(rhumb, path), manifests))
    complaints = [text for group in found for text in group]
    count = sum(len(group) for group in groups) + len(manifests)
    print("\n".join(complaints) or f"{count} cases of {len(names)} rules hold")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
