#!/usr/bin/env python3
"""What other linters get wrong, and rhumb right: one manifest or chart for each case that was reproduced with
kube-linter, kube-score and Polaris.

    check.py RHUMB

A file rows/<row>.yaml, or the Chart.yaml of a folder rows/<row>/, begins with "# row NAME: what it is about", "# peers:
what the others say", "# rules: NAME ..." and, where it is needed, "# lint: OPTION ...". It is linted with these rules
alone, for every word of theirs counts: lines with "# expect: rule-name" have that finding, others have none.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import fixtures  # noqa: E402

ROWS = ("A", "B", "C", "D", "E", "E2", "F", "F2", "FF", "G", "G3", "GG", "H", "HH", "I", "I2", "I3", "J", "K", "L", "LL",
        "KK", "M", "MM", "N", "N2", "O", "Q", "T", "EE", "II", "JJ", "Y", "string-port", "invalid-yaml")


def heading(path):
    """Row, peers, rules and options of a fixture."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines[:4]:
        match = re.match(r"# (row|peers|rules|lint):? (.*)", line)
        if match:
            found[match[1]] = match[2]
    missing = {"row", "peers", "rules"} - found.keys()
    if missing:
        raise ValueError(f"{path}: the heading has no {', '.join(sorted(missing))}")
    return found["row"].partition(":")[0], found["rules"].split(), found.get("lint", "").split()


def wanted(target):
    files = sorted(target.rglob("*.yaml")) if target.is_dir() else [target]
    return sorted((str(file.relative_to(HERE)), line, rule) for file in files
                  for line, rule in fixtures.expectations(file.read_text(encoding="utf-8")))


def lint(rhumb, target, rules, options):
    command = [rhumb, "lint", str(target.relative_to(HERE)), "--no-config", "--format", "json",
               *(word for rule in rules for word in ("--only", rule)), *options]
    run = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr}")
    findings = json.loads(run.stdout)["findings"]
    if (run.returncode == 1) != any(finding["severity"] in ("error", "warning") for finding in findings):
        raise RuntimeError(f"{target.name}: exit {run.returncode} does not fit the findings")
    return findings


def check(rhumb, target, rules, options):
    got, want = [], wanted(target)
    for finding in lint(rhumb, target, rules, options):
        place = (finding["place"]["file"], finding["place"]["line"], finding["rule"])
        got.append(place)
        if place not in want:
            yield f"{target.name}:{place[1]}: {place[2]} is not expected here: {finding['message']}"
    for place in want:
        if place not in got:
            yield f"{place[0]}:{place[1]}: {place[2]} is expected here"
    if len(got) != len(want):
        yield f"{target.name}: {len(got)} findings, {len(want)} expected"


def main():
    rhumb = str(Path(sys.argv[1]).resolve())
    targets = sorted(path for path in (HERE / "rows").iterdir() if path.suffix == ".yaml" or path.is_dir())
    complaints, seen = [], []
    for target in targets:
        row, rules, options = heading(target / "Chart.yaml" if target.is_dir() else target)
        seen.append(row)
        complaints += check(rhumb, target, rules, options)
    complaints += [f"row {row} has no fixture" for row in ROWS if row not in seen]
    complaints += [f"row {row} is not in the table" for row in seen if row not in ROWS]
    print("\n".join(complaints) or f"{len(seen)} fixtures of {len(ROWS)} rows hold")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
