#!/usr/bin/env python3
"""Renders every case of cases.txt with rhumb and compares with what Helm printed.

usage: check.py RHUMB [--traced] [CASE ...]

A case must give the recorded bytes on standard output; one that must fail the recorded message (from "Error:" on),
nothing on standard output and status 1. --traced renders with origins and traces kept: not a byte may change.
"""
import difflib
import sys
import tempfile
from pathlib import Path

import record

MARKS = str.maketrans({" ": "·", "\t": "→", "\r": "␍"})
MOST_LINES = 40


def difference(want, got):
    sides = [side.decode(errors="replace").split("\n") for side in (want, got)]
    lines = list(difflib.unified_diff(*sides, "helm", "rhumb", lineterm="", n=2))[:MOST_LINES]
    return "\n".join(line.translate(MARKS) if line[0] in "+-" else line for line in lines)


def problem(rhumb, name, arguments, fails, home):
    status, out, error = record.render(rhumb, arguments, home)
    folder = record.HERE / name
    if fails:
        if status != 1 or out:
            return f"status {status}, {len(out)} bytes on standard output"
        return difference((folder / "expected.err").read_bytes(), error)
    if status:
        return f"status {status}: {error.decode(errors='replace')}"
    return difference((folder / "expected.yaml").read_bytes(), out)


def main():
    rhumb = str(Path(sys.argv[1]).resolve())
    names = [a for a in sys.argv[2:] if not a.startswith("--")]
    more = ["--traced"] if "--traced" in sys.argv[2:] else []
    failed = passed = 0
    with tempfile.TemporaryDirectory() as home:
        for name, arguments, fails in record.read_cases():
            if names and name not in names:
                continue
            found = problem(rhumb, name, [*arguments, *more], fails, home)
            if found:
                print(f"{name}:\n{found}\n")
            failed += bool(found)
            passed += not found
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
