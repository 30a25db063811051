#!/usr/bin/env python3
"""rhumb beside kube-score on the same manifests: what kube-score calls critical, and whether rhumb says it too.

    compare.py RHUMB KUBE_SCORE OUT CHART... [-- ARGUMENTS OF rhumb template]

Each chart is rendered once by `rhumb template`; both tools read that text. A critical result of kube-score counts as
reported when rhumb has a finding about the same object whose rule names that check among its peers. What is left is
listed by check, with an example each.
"""
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

CRITICAL = 1


def peers_of(rhumb):
    rules = json.loads(subprocess.run([rhumb, "rules", "--format", "json"], check=True, capture_output=True).stdout)
    peers = defaultdict(set)
    for rule in rules:
        for peer in rule["peers"]:
            tool, _, check = peer.partition("/")
            if tool == "kube-score":
                peers[check].add(rule["name"])
    return peers


def criticals(kube_score, manifest):
    run = subprocess.run([kube_score, "score", "--output-format", "json", str(manifest)], capture_output=True)
    for scored in json.loads(run.stdout or "[]") or []:
        name = scored["object_meta"]["name"]
        for check in scored["checks"]:
            if check["grade"] == CRITICAL and not check["skipped"]:
                for comment in check["comments"] or [{}]:
                    yield (scored["type_meta"]["kind"], name, check["check"]["id"],
                           f"{comment.get('path') or ''} {comment.get('summary') or ''}".strip())


def findings(rhumb, manifest):
    run = subprocess.run([rhumb, "lint", str(manifest), "--no-config", "--preset", "all", "--format", "jsonl",
                          "--fail-on", "never"], check=True, capture_output=True)
    for line in run.stdout.decode().splitlines():
        finding = json.loads(line)
        name = finding.get("object", {})
        related = [finding["message"]]
        yield finding["rule"], name.get("kind", ""), name.get("name", ""), related


def main():
    arguments, _, passed = " ".join(sys.argv[1:]).partition(" -- ")
    rhumb, kube_score, out, *charts = arguments.split()
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    peers, open_checks, totals = peers_of(rhumb), defaultdict(list), defaultdict(int)
    for chart in charts:
        manifest = out / (chart.strip("/").replace("/", "_") + ".yaml")
        manifest.write_bytes(subprocess.run([rhumb, "template", "release", chart, *passed.split()], check=True,
                                            capture_output=True).stdout)
        own = list(findings(rhumb, manifest))
        for kind, name, check, detail in criticals(kube_score, manifest):
            totals[check] += 1
            if not any(rule in peers[check] and (about_kind, about) == (kind, name) for rule, about_kind, about, _ in own):
                open_checks[check].append(f"{Path(chart).name}: {kind}/{name} {detail}")
    print("| check of kube-score | critical | not reported | example |\n|---|---|---|---|")
    for check in sorted(totals):
        left = open_checks[check]
        print(f"| {check} | {totals[check]} | {len(left)} | {left[0] if left else ''} |")


if __name__ == "__main__":
    main()
