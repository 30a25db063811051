#!/usr/bin/env python3
"""Lints the charts of cases.py with rhumb and compares with what Helm said (recorded.json).

    check.py RHUMB

Every error and warning of Helm has a finding of the rule that cases.ROWS names, in the file that Helm names; rules about
charts say nothing where Helm says nothing; and render-failed is silent where a rule tells why.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cases

HERE = Path(__file__).resolve().parent
CHART_RULES = {name for _, rule in cases.ROWS for name in (rule.values() if isinstance(rule, dict) else [rule])} - {
    "", "LOAD"}


def lint(rhumb, folder):
    command = [rhumb, "lint", folder.name, "--no-config", "--preset", "all", "--format", "json"]
    run = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr}")
    return [finding for finding in json.loads(run.stdout)["findings"] if finding["rule"] in CHART_RULES]


def is_at(finding, path, files):
    """Helm names folders, the chart's own among them, and files that are not there: no place is right for those."""
    return path not in files or finding.get("place", {}).get("file", "").endswith("/" + path)


def check(rhumb, case, recorded, folder):
    name, files, exceptions = cases.named(case)
    cases.write(files, folder)
    findings = lint(rhumb, folder)
    complaints, expected, anything = [], {exceptions.get("+", "")}, False
    for message in recorded[name]["messages"]:
        rule = cases.rule_for(message["message"], message["path"], exceptions)
        if rule is None:
            complaints.append(f"no row for {message}")
        elif rule == "LOAD":
            anything = True
        elif rule:
            expected.add(rule)
            if not any(finding["rule"] == rule and is_at(finding, message["path"], files) for finding in findings):
                complaints.append(f"{rule} does not say what Helm says: {message}")
    found = {finding["rule"] for finding in findings}
    if anything and not any(finding["severity"] == "error" for finding in findings):
        complaints.append("nothing tells that the chart does not load")
    if found - expected:
        complaints.append(f"Helm does not know of {sorted(found - expected)}: {[f['message'] for f in findings]}")
    return [f"{name}: {complaint}" for complaint in complaints]


def main():
    rhumb = str(Path(sys.argv[1]).resolve())
    recorded = json.loads((HERE / "recorded.json").read_text(encoding="utf-8"))["cases"]
    names = [case[0] for case in cases.CASES]
    complaints = [f"{name}: run record.py" for name in sorted(set(names) ^ set(recorded))]
    if len(set(names)) != len(names):
        complaints.append("two cases have one name")
    if not complaints:
        with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(os.cpu_count()) as pool:
            one = lambda number, case: check(rhumb, case, recorded, Path(place) / f"{number}" / "c")
            complaints = [text for found in pool.map(one, range(len(names)), cases.CASES) for text in found]
    print("\n".join(complaints) or f"{len(names)} charts are judged as Helm judges them")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
