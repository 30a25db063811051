#!/usr/bin/env python3
"""Carries out what findings say about values: which remedies do not cure, which places do not matter.

    cures.py RHUMB CHARTS OUT [--severity error] [--rule NAME] [--chart PART] [--jobs N] [-- ARGUMENTS OF rhumb lint]

Every chart below CHARTS is linted as in sample.py. Three kinds of claims are tried, each by --set-json on
top of the environments and another run:

- remedies: help that begins with "set KEY in the values", "set KEY to VALUE" or "set KEY and KEY" says that with the
  key set the finding is gone. Where the help leaves the value open, several usual ones are tried; one that cures is
  enough.
- unused values: with another value there, nothing that is rendered changes.
- places: a finding that stands at a value says that this value makes it. With another value there, the finding has to
  be gone or to say something else.

OUT/cures.jsonl gets a row for every claim: the values tried, and what was left. Prints the claims that do not hold and
a table by rule; exits 1 when there is one.
"""
import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from sample import find_charts

LIMIT_SECONDS = 120
STEP = r'(?:\["[^"]+"\]|\[\d+\]|[A-Za-z0-9_/-]+)'
PATH = rf"{STEP}(?:\.?{STEP})*"
REMEDY = re.compile(rf"^set ({PATH})(?: and ({PATH}))?(?: to ([^\s,;:]+)(?= first| in the values|[,;:]|$)| in the values)")
ANY_POD = {"labelSelector": {"matchLabels": {"app": "any"}}, "topologyKey": "kubernetes.io/hostname"}
PROBE = {"httpGet": {"path": "/live", "port": 8080}, "periodSeconds": 10}
SCRAPED = {"prometheus.io/scrape": "true", "prometheus.io/port": "8080", "prometheus.io/path": "/metrics"}
HARDENED = {"runAsNonRoot": True, "runAsUser": 1001, "runAsGroup": 1001, "readOnlyRootFilesystem": True,
            "allowPrivilegeEscalation": False, "privileged": False, "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"}}
POD_HARDENED = {"runAsNonRoot": True, "runAsUser": 1001, "runAsGroup": 1001, "fsGroup": 1001,
                "seccompProfile": {"type": "RuntimeDefault"}}
AMOUNTS = {"requests": {"cpu": "100m", "memory": "128Mi", "ephemeral-storage": "50Mi"},
           "limits": {"cpu": "1", "memory": "128Mi", "ephemeral-storage": "1Gi"}}
# What a person writes under a key of this name.
USUAL = [
    (r"resources$", [AMOUNTS]),
    (r"requests$", [AMOUNTS["requests"]]),
    (r"limits$", [AMOUNTS["limits"]]),
    (r'annotations$', [SCRAPED]),
    (r'scrape"?\]?$', ["true"]),
    (r"runasuser$", [1001]),
    (r"securitycontext$", [HARDENED, POD_HARDENED]),
    (r"probe$", [PROBE]),
    (r"replicas$|replicacount$|minreplicas$", [3, 2]),
    (r"affinity$", [{"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [ANY_POD]}},
                    {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
                        {"weight": 100, "podAffinityTerm": ANY_POD}]}}]),
    (r"affinitypreset$", ["hard", "soft"]),
    (r"nodeport$|port$", [9999, "9999"]),
    (r"topologyspreadconstraints$", [[{"maxSkew": 1, "topologyKey": key, "whenUnsatisfiable": "DoNotSchedule",
                                       "labelSelector": {}}]
                                     for key in ("kubernetes.io/hostname", "topology.kubernetes.io/zone")]),
    (r"lifecycle(hooks)?$", [{"preStop": {"exec": {"command": ["sleep", "10"]}}}]),
    (r"tls$", [[{"secretName": "tls", "hosts": ["chart-example.local"]}], [{"secretName": "tls"}], True]),
    (r"memory$", ["128Mi"]),
    (r"cpu$", ["100m"]),
]
OPEN = [True, False, 1, "1", {"enabled": True}, ["any"], "any"]


def usual(key):
    for pattern, values in USUAL:
        if re.search(pattern, key.lower()):
            return values + [True]
    return OPEN


def written(value):
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def as_set(path):
    """A path of ours as the left side of --set-json: a["b.c"] is a.b\\.c there."""
    steps = re.findall(STEP, path)
    text = ""
    for step in steps:
        if step.startswith('["'):
            step = step[2:-2].replace("\\", "\\\\").replace(".", "\\.").replace(",", "\\,")
        text += step if step.startswith("[") else f".{step}"
    return text.lstrip(".")


def others(path, value):
    """Values that are not this one, of its own kind first."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 4, value - 1]
    return [other for other in [*usual(path)[:3], "another", "1m", "5", None] if other != value]


def lint(rhumb, folder, chart, arguments):
    command = [rhumb, "lint", chart, "--no-config", "--format", "jsonl", "--fail-on", "never", *arguments]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]


def identity(finding):
    name = finding.get("object", {})
    return (finding["rule"], name.get("kind"), name.get("namespace"), name.get("name"), finding.get("path"))


def fault(finding):
    """What has to be gone when a remedy was carried out: items of lists go by what they are called, for they may move."""
    rule, *name, path = identity(finding)
    return (rule, *name, finding["message"] if path and "[" in path.split('["')[0] else path)


def says(finding):
    return (*identity(finding), finding["message"], finding.get("rendered", {}).get("excerpt"))


def outcome(before, after, finding, same):
    if after is None:
        return "timeout"
    failures = {other["message"] for other in before if other["rule"] == "render-failed"}
    for other in after:
        if other["rule"] == "render-failed" and other["message"] not in failures:
            return "fails: " + other["message"][:300]
    still = [other for other in after if same(other) == same(finding)]
    return f"left: {still[0]['message'][:200]} | {still[0]['help'][:200]}" if still else "holds"


class Chart:
    """One chart's findings, and what becomes of them with other values."""

    def __init__(self, rhumb, folder, chart, arguments):
        self.rhumb, self.folder, self.chart, self.arguments = rhumb, folder, chart, arguments
        self.plain = None
        self.findings = lint(rhumb, folder, chart, arguments) or []

    def with_values(self, settings):
        pairs = [part for key, value in settings for part in ("--set-json", f"{as_set(key)}={json.dumps(value)}")]
        return lint(self.rhumb, self.folder, self.chart, [*self.arguments, *pairs])

    def row(self, finding, kind, tries, same):
        row = {"chart": self.chart, "claim": kind, "rule": finding["rule"], "severity": finding["severity"],
               "object": identity(finding)[1::2], "path": finding.get("path"), "message": finding["message"],
               "help": finding["help"], "tried": []}
        for settings in tries:
            result = outcome(self.findings, self.with_values(settings), finding, same)
            row["tried"].append([settings, result])
            if result == "holds":
                break
        row["holds"] = row["tried"][-1][1] == "holds"
        return row

    def remedy(self, finding):
        match = REMEDY.match(finding.get("help", ""))
        if not match:
            return None
        first, second, wanted = match.groups()
        if wanted is not None:
            tries = [[(key, written(wanted)) for key in (first, second) if key]]
        elif second:
            tries = [[(first, one), (second, other)] for one in usual(first)[:3] for other in usual(second)[:3]]
        else:
            tries = [[(first, value)] for value in usual(first)]
        return self.row(finding, "remedy", tries, fault)

    def place(self, finding):
        where = finding.get("place", {})
        for source in finding.get("cause", {}).get("values", []):
            for layer in source.get("layers", []):
                at = layer.get("key", layer.get("place", {}))
                if (at.get("file"), at.get("line")) != (where.get("file"), where.get("line")) or "value" not in layer:
                    continue
                value = written(layer["value"])
                tries = [[(prefix + layer["path"], other)] for prefix in self.scopes(where["file"])
                         for other in others(layer["path"], value)]
                return self.row(finding, "place", tries, says)
        return None

    def unused(self, finding):
        if finding["rule"] != "unused-value":
            return None
        row = {"chart": self.chart, "claim": "unused", "rule": finding["rule"], "severity": finding["severity"],
               "object": [], "path": finding["path"], "message": finding["message"], "help": finding["help"],
               "tried": []}
        for value in ("another", True, {"any": "thing"}):
            other = self.rendered(finding["path"], value)
            if other is not None:  # a schema may refuse the value
                result = "holds" if self.rendered() == other else "left: the rendering changes"
                row["tried"].append([[(finding["path"], value)], result])
        row["holds"] = all(result == "holds" for _, result in row["tried"])
        return row if row["tried"] else None

    def rendered(self, key=None, value=None):
        if key is None and self.plain is not None:
            return self.plain
        pair = [] if key is None else ["--set-json", f"{as_set(key)}={json.dumps(value)}"]
        command = [self.rhumb, "template", "x", self.chart, "--deterministic", *pair]
        run = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=LIMIT_SECONDS)
        printed = run.stdout if run.returncode == 0 else None
        if key is None:
            self.plain = printed
        return printed

    def scopes(self, file):
        """Prefixes that lead to a sub-chart's values, from the file that they stand in."""
        parts = Path(file).relative_to(self.chart).parts
        folder, prefixes = self.folder / self.chart, [""]
        for name in [parts[i + 1] for i in range(len(parts) - 1) if parts[i] == "charts"]:
            declared = yaml.safe_load((folder / "Chart.yaml").read_text()).get("dependencies") or []
            names = [name, *(row["alias"] for row in declared if row.get("name") == name and "alias" in row)]
            prefixes = [f"{prefix}{inner}." for prefix in prefixes for inner in names]
            folder = folder / "charts" / name
        return prefixes


def main():
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rhumb")
    parser.add_argument("charts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--severity", default="error")
    parser.add_argument("--rule")
    parser.add_argument("--chart")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(sys.argv[1:split])
    rhumb = str(Path(options.rhumb).resolve())
    options.out.mkdir(parents=True, exist_ok=True)

    def check_chart(name):
        chart = Chart(rhumb, options.charts, name, sys.argv[split + 1:])
        for finding in chart.findings:
            if finding["severity"] == options.severity and options.rule in (None, finding["rule"]):
                yield from filter(None, [chart.remedy(finding), chart.place(finding), chart.unused(finding)])

    names = [str(chart.relative_to(options.charts)) for chart in find_charts(options.charts)]
    names = [name for name in names if options.chart is None or options.chart in name]
    with ThreadPoolExecutor(options.jobs) as pool:
        rows = [row for found in pool.map(lambda name: list(check_chart(name)), names) for row in found]
    with open(options.out / "cures.jsonl", "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return report(rows)


def report(rows):
    table = defaultdict(Counter)
    for row in rows:
        table[f"{row['claim']} {row['rule']}"][row["holds"]] += 1
        if not row["holds"]:
            print(f"{row['claim']} {row['rule']}: {row['chart']} {'/'.join(map(str, row['object']))} {row['path']}: "
                  f"{row['message'][:120]} | {row['help']}")
            for settings, result in row["tried"][:3]:
                print(f"    {json.dumps(settings)[:90]}: {result[:260]}")
    for claim, counts in sorted(table.items()):
        print(f"{claim}: {counts[True]} hold, {counts[False]} do not")
    print(f"{sum(row['holds'] for row in rows)} of {len(rows)} claims hold")
    return int(not all(row["holds"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
