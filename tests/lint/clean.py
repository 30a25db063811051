#!/usr/bin/env python3
"""Both charts of this repository are clean in every environment: no finding, nothing silenced, and every rule of their
profile looked, but for those that requirements leave out by name.

    clean.py RHUMB
"""
import json
import subprocess
import sys

from cases import ROOT


def main():
    run = subprocess.run([sys.argv[1], "lint", "--format", "json", "--show-suppressed", "--fail-on", "note"], cwd=ROOT,
                         capture_output=True, text=True, timeout=300)
    report = json.loads(run.stdout)
    complaints = [f"{finding['rule']}: {finding['message']}" for finding in report["findings"]]
    if (ROOT / "rhumb.yaml").read_text(encoding="utf-8").count("ignores:"):
        complaints.append("rhumb.yaml ignores findings")
    environments = {(one["chart"], one["environment"]) for one in report["environments"]}
    if len(environments) != 5:
        complaints.append(f"five environments are linted, not {sorted(environments)}")
    complaints += [f"{one['chart']} has no objects" for one in report["environments"] if not one["objects"]]
    if run.returncode != 0:
        complaints.append(f"exit {run.returncode}: {run.stderr}")
    print("\n".join(complaints) or "no finding in five environments")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
