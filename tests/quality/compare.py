#!/usr/bin/env python3
"""rhumb beside other linters on the same manifests: what they hold for errors, and whether rhumb says it too.

    compare.py RHUMB OUT [--kube-score PROGRAM] [--kube-linter PROGRAM] [--polaris PROGRAM] [--set NAME=VALUE ...]
               CHART...

Each chart is rendered once by `rhumb template`; all tools read that text with their defaults, rhumb with `--preset
all`. An error is a critical result of kube-score, any report of kube-linter (it knows one weight only), a failed check
of severity danger of Polaris. It counts as reported when rhumb has a finding about the same object, and about the same
container where the other tool names one, whose rule has that check among its peers and whose message names the same
thing (`NAMED`). What is left must be excused: `peer_reasons.py` gives reasons by check, with facts to be true of the
object where a reason rests on them. What is neither reported nor excused is listed, and the exit code is 1.

The tables of docs/comparison.md are the output of this script. Needs PyYAML.
"""
import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from peer_reasons import REASONS

CRITICAL_GRADE = 1
CONTAINER_LISTS = ("initContainers", "containers", "ephemeralContainers")

# What an error ("check: detail") speaks of, and how rhumb's message about the same says it; without a row the rule is
# enough.
NAMED = (
    (r"(?i)\b(cpu|memory) (limit|request) (?:is not set|0)", "no {} {}"),
    (r'^sensitive-host-mounts: host system directory "([^"]+)"', "is {} of the node"),
    (r"^host-?[nN]etwork", "network of their node"),
    (r"^host-?(?:pid|PID)", "processes of their node"),
    (r"^host-?(?:ipc|IPC)", "shared memory of their node"),
    (r"environment variable (\S+) in container", "{}"),
)


@dataclass
class Claim:
    """An error of another tool, or a finding of rhumb: `check` is then the rule."""
    check: str
    kind: str
    name: str
    container: str
    detail: str


@dataclass
class Manifest:
    """What a chart renders to; the facts of peer_reasons.py look at this."""
    text: str
    objects: dict = field(default_factory=dict)
    findings: list = field(default_factory=list)

    def object_of(self, claim):
        return self.objects.get((claim.kind, claim.name), {})

    def pod_spec(self, claim):
        return pod_spec(self.object_of(claim))

    def containers(self, claim):
        """The container that the error names, or all of the object's."""
        return [each for key in CONTAINER_LISTS for each in self.pod_spec(claim).get(key) or []
                if claim.container in ("", each["name"])]

    def has_finding(self, rule, claim, said=""):
        """Whether rhumb says this of the object, and of the container where both name one."""
        return any(finding.check == rule and (finding.kind, finding.name) == (claim.kind, claim.name)
                   and (finding.container == claim.container or "" in (finding.container, claim.container))
                   and said in finding.detail for finding in self.findings)


def pod_spec(thing):
    spec = thing.get("spec") or {}
    if thing.get("kind") == "Pod":
        return spec
    spec = (spec.get("jobTemplate") or {}).get("spec") or spec
    return (spec.get("template") or {}).get("spec") or {}


def run(command, accepted=(0,)):
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    if done.returncode not in accepted:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode()


def kube_score(program, path):
    for scored in json.loads(run([program, "score", "--output-format", "json", path], (0, 1))) or []:
        for check in scored["checks"]:
            if check["grade"] != CRITICAL_GRADE or check["skipped"]:
                continue
            for comment in check["comments"] or [{}]:
                yield Claim(check["check"]["id"], scored["type_meta"]["kind"], scored["object_meta"]["name"],
                            comment.get("path") or "", comment.get("summary") or "")


def kube_linter(program, path):
    for report in json.loads(run([program, "lint", "--format", "json", path], (0, 1)))["Reports"] or []:
        about, message = report["Object"]["K8sObject"], report["Diagnostic"]["Message"]
        container = re.search(r'container "([^"]+)"', message)
        yield Claim(report["Check"], about["GroupVersionKind"]["Kind"], about["Name"],
                    container[1] if container else "", message)


def polaris(program, path):
    for result in json.loads(run([program, "audit", "--format", "json", "--audit-path", path]))["Results"]:
        pod = result["PodResult"] or {}
        places = [("", result["Results"]), ("", pod.get("Results"))]
        places += [(each["Name"], each["Results"]) for each in pod.get("ContainerResults") or []]
        for container, checks in places:
            for name, check in (checks or {}).items():
                if not check["Success"] and check["Severity"] == "danger":
                    yield Claim(name, result["Kind"], result["Name"], container, check["Message"])


TOOLS = {"kube-score": kube_score, "kube-linter": kube_linter, "polaris": polaris}


def container_at(thing, path):
    at = re.search(r"\.(initContainers|containers|ephemeralContainers)\[(\d+)\]", path)
    return pod_spec(thing)[at[1]][int(at[2])]["name"] if at else ""


def lint(rhumb, path, objects):
    output = run([rhumb, "lint", path, "--no-config", "--preset", "all", "--format", "jsonl", "--fail-on", "never"])
    for finding in map(json.loads, output.splitlines()):
        about = finding.get("object", {})
        kind, name = about.get("kind", ""), about.get("name", "")
        container = container_at(objects.get((kind, name), {}), finding.get("path", ""))
        yield Claim(finding["rule"], kind, name, container, finding["message"])


def load(rhumb, chart, out, values):
    path = out / (chart.name + ".yaml")
    path.write_text(run([rhumb, "template", "release", chart, *(word for each in values for word in ("--set", each))]))
    manifest = Manifest(path.read_text())
    for thing in yaml.safe_load_all(manifest.text):
        if not thing:
            continue
        key = thing["kind"], thing["metadata"]["name"]
        if key in manifest.objects:
            raise RuntimeError(f"{chart}: {'/'.join(key)} stands twice, and findings are told apart by kind and name")
        manifest.objects[key] = thing
    manifest.findings = list(lint(rhumb, path, manifest.objects))
    return path, manifest


def rules_of(rhumb):
    """The rules by the checks that mean the same, and how the tables call each rule."""
    peers, titles = defaultdict(set), {}
    for rule in json.loads(run([rhumb, "rules", "--format", "json"])):
        titles[rule["name"]] = f"{rule['name']} ({', '.join(rule['presets']) or 'by name'})"
        for peer in rule["peers"]:
            peers[peer].add(rule["name"])
    return peers, titles


def needle(claim):
    for pattern, form in NAMED:
        found = re.search(pattern, f"{claim.check}: {claim.detail}")
        if found:
            return form.format(*(group.lower() if form.startswith("no ") else group for group in found.groups()))
    return ""


def excuse(tool, claim, manifest):
    """The reason whose fact holds, or None."""
    for fact, reason in REASONS.get(f"{tool}/{claim.check}", ()):
        if fact(claim, manifest):
            return reason
    return None


@dataclass
class Row:
    """A check of one tool over all charts."""
    errors: Counter = field(default_factory=Counter)
    silent: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    rules: set = field(default_factory=set)
    unexplained: list = field(default_factory=list)


def compare(tool, chart, claims, manifest, peers, rows):
    for claim in claims:
        row = rows[claim.check]
        row.errors[chart] += 1
        saying = {rule for rule in peers[f"{tool}/{claim.check}"] if manifest.has_finding(rule, claim, needle(claim))}
        row.rules |= saying
        if saying:
            continue
        row.silent[chart] += 1
        reason = excuse(tool, claim, manifest)
        if reason:
            row.reasons[reason] += 1
        else:
            row.unexplained.append(f"{tool}/{claim.check} {chart}: {claim.kind}/{claim.name} {claim.container} "
                                   f"{claim.detail}")


def print_summary(charts, tables):
    print("| tool | " + " | ".join(charts) + " |\n|---" + "|---" * len(charts) + "|")
    for tool, rows in tables.items():
        cells = []
        for chart in charts:
            errors = sum(row.errors[chart] for row in rows.values())
            cells.append(f"{errors - sum(row.silent[chart] for row in rows.values())} of {errors}")
        print(f"| {tool} | " + " | ".join(cells) + " |")


def print_table(tool, rows, titles):
    print(f"\n| check of {tool} | errors | not reported | rules of rhumb | why not |\n|---|---|---|---|---|")
    for check, row in sorted(rows.items(), key=lambda item: (sum(item[1].silent.values()), item[0])):
        several = len(row.reasons) > 1
        why = "; ".join(f"{count}: {reason}" if several else reason for reason, count in row.reasons.most_common())
        rules = ", ".join(titles[rule] for rule in sorted(row.rules))
        print(f"| {check} | {sum(row.errors.values())} | {sum(row.silent.values())} | {rules} | {why} |")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("rhumb", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("charts", type=Path, nargs="+")
    parser.add_argument("--set", action="append", default=[])
    for tool in TOOLS:
        parser.add_argument(f"--{tool}", type=Path)
    return parser.parse_args()


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    programs = {tool: getattr(options, tool.replace("-", "_")) for tool in TOOLS}
    tables = {tool: defaultdict(Row) for tool, program in programs.items() if program}
    peers, titles = rules_of(options.rhumb)
    for chart in options.charts:
        path, manifest = load(options.rhumb, chart, options.out, options.set)
        for tool, rows in tables.items():
            compare(tool, chart.name, TOOLS[tool](programs[tool], path), manifest, peers, rows)
    print_summary([chart.name for chart in options.charts], tables)
    for tool, rows in tables.items():
        print_table(tool, rows, titles)
    unexplained = [line for rows in tables.values() for row in rows.values() for line in row.unexplained]
    for line in unexplained:
        print(line, file=sys.stderr)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
