#!/usr/bin/env python3
"""Every rule is complete: documentation, cases that fire and cases that stay silent, its page in docs/rules/.

    rules.py RHUMB
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lint"))
import cases  # noqa: E402

# Rules that no change of a chart brings about, and where they are tested instead.
ELSEWHERE = {
    "unused-ignore": "tests/cli/lint_test.py",
    "unused-baseline-entry": "tests/cli/lint_test.py",
}


def check_cases(rule):
    folder = ROOT / "tests/lint" / rule
    if rule in ELSEWHERE:
        if rule not in (ROOT / ELSEWHERE[rule]).read_text(encoding="utf-8"):
            yield f"{rule}: {ELSEWHERE[rule]} does not test it"
        return
    if not (folder / "mutants.txt").exists():
        yield f"{rule}: there is no tests/lint/{rule}/mutants.txt"
        return
    found = cases.parse(folder / "mutants.txt")
    firing = [case for case in found if any(one.rule == rule for one in case.expectations)]
    silent = [case for case in found if case.silent]
    if len(firing) < 2:
        yield f"{rule}: {len(firing)} mutants bring the finding, two different ones are needed"
    if len(silent) < 2:
        yield f"{rule}: {len(silent)} near misses stay silent, two are needed"
    for case in firing:
        wanted = [one for one in case.expectations if one.rule == rule]
        if not any(kind in ("template", "at") for one in wanted for kind, _ in one.conditions):
            yield f"{case.where}: {case.name}: the case does not say which line is at fault"


def check_documentation(rule):
    name = rule["name"]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        yield f"{name}: the name is not kebab-case"
    for heading in ("## What it does", "## Why", "## Example"):
        if heading not in rule["documentation"]:
            yield f"{name}: the documentation has no {heading!r}"
    if rule["summary"].endswith(".") or not rule["remedy"].endswith("."):
        yield f"{name}: the summary ends without a dot, the remedy with one"
    if not (ROOT / "src/lint/rules" / f"{name}.cpp").exists():
        yield f"{name}: it does not stand in a file of its name"


def check_pages(rhumb):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([rhumb, "rules", "--write-pages", folder], check=True)
        made = {path.name: path.read_text(encoding="utf-8") for path in Path(folder).iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md")}
    for name in sorted(made.keys() | kept.keys()):
        if made.get(name) != kept.get(name):
            yield f"docs/rules/{name} is not what the binary says; run: rhumb rules --write-pages docs/rules"


def main():
    rhumb = str(Path(sys.argv[1]).resolve())
    rules = json.loads(subprocess.run([rhumb, "rules", "--format", "json"], check=True, capture_output=True).stdout)
    complaints = []
    for rule in rules:
        complaints += check_documentation(rule)
        complaints += check_cases(rule["name"])
    complaints += check_pages(rhumb)
    print("\n".join(complaints) or f"{len(rules)} rules are complete")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
