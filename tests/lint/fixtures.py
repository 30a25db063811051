"""Fixtures: manifests with the expectation in the line. See mutants.py."""
import json
import re
import subprocess

from cases import ROOT


def expectations(text):
    expected = []
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(r"#\s*expect:\s*(.+)$", line)
        if found:
            expected += [(number, rule) for rule in re.split(r"[,\s]+", found.group(1).strip())]
    return sorted(expected)


def check(rhumb, path):
    text = path.read_text(encoding="utf-8")
    options = re.match(r"# lint: (.*)", text)
    command = [rhumb, "lint", str(path.relative_to(ROOT)), "--no-config", "--format", "json", "--only", path.parent.name,
               *(options.group(1).split() if options else [])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if run.returncode not in (0, 1):
        return [f"{path.relative_to(ROOT)}: exit {run.returncode}: {run.stderr}"]
    findings = json.loads(run.stdout)["findings"]
    got = sorted((finding["place"]["line"], finding["rule"]) for finding in findings)
    want = expectations(text)
    complaints = [f"{path.relative_to(ROOT)}:{line}: {rule} is expected here" for line, rule in want if (line, rule) not in got]
    complaints += [f"{path.relative_to(ROOT)}:{line}: {rule} is not expected here: "
                   + "; ".join(f["message"] for f in findings if f["place"]["line"] == line)
                   for line, rule in got if (line, rule) not in want]
    if not complaints and got != want:
        complaints.append(f"{path.relative_to(ROOT)}: findings {got}, expected {want}")
    return complaints
