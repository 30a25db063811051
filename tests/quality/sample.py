#!/usr/bin/env python3
"""Lints every chart below a folder, checks that nothing crashes or hangs, and draws a sample of findings to be judged.

    sample.py RHUMB CHARTS OUT [--seed N] [--count N] [--severity error] [--jobs N] [-- ARGUMENTS OF rhumb lint]

CHARTS holds charts with their dependencies in place; a chart within another one's charts/ is not linted by itself, and
neither are library charts. Every chart is linted with its defaults and each of its ci/*-values.yaml (rhumb's own way
without a rhumb.yaml). OUT/findings.jsonl gets all findings, OUT/runs.json time and status of every chart,
OUT/sample.md the sample, each finding with what a person needs to judge it.

The sample is drawn with a fixed seed over rules and charts: a rule among those with findings, then a chart among those
where it has some, then a finding, each with equal chances and without drawing one twice.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LIMIT_SECONDS = 60


def find_charts(folder):
    for path in sorted(folder.rglob("Chart.yaml")):
        chart = path.parent
        inner = any((parent.parent / "Chart.yaml").exists() for parent in chart.parents if parent.name == "charts")
        is_library = any(line.strip() == "type: library" for line in path.read_text(errors="replace").splitlines())
        if not inner and not is_library:
            yield chart


def lint(rhumb, folder, chart, arguments):
    command = [rhumb, "lint", str(chart.relative_to(folder)), "--no-config", "--format", "jsonl", "--fail-on", "never",
               *arguments]
    begin = time.monotonic()
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        return {"chart": str(chart.relative_to(folder)), "status": "hangs", "seconds": LIMIT_SECONDS}, []
    seconds = time.monotonic() - begin
    findings = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    row = {"chart": str(chart.relative_to(folder)), "status": run.returncode, "seconds": round(seconds, 3),
           "findings": len(findings)}
    if run.returncode not in (0, 1):
        row["error"] = run.stderr.decode("utf-8", "replace")[-2000:]
    return row, findings


def draw(findings, seed, count):
    by_rule = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        by_rule[finding["rule"]][finding["chart"]].append(finding)
    chance, sample = random.Random(seed), []
    while by_rule and len(sample) < count:
        rule = chance.choice(sorted(by_rule))
        chart = chance.choice(sorted(by_rule[rule]))
        found = by_rule[rule][chart]
        sample.append(found.pop(chance.randrange(len(found))))
        if not found:
            del by_rule[rule][chart]
        if not by_rule[rule]:
            del by_rule[rule]
    return sample


def describe(number, finding):
    name = finding.get("object", {})
    where = finding.get("place", {})
    lines = [f"### {number}. {finding['rule']}", "", f"- chart: {finding['chart']}",
             f"- environments: {', '.join(finding.get('environments', [])) or 'defaults'}",
             f"- object: {name.get('kind', '')}/{name.get('name', '')} `{finding.get('path', '')}`",
             f"- message: {finding['message']}", f"- help: {finding['help']}",
             f"- place: {where.get('file', '')}:{where.get('line', '')}: `{finding.get('excerpt', '').strip()}`"]
    if "rendered" in finding:
        lines.append(f"- rendered: {finding['rendered']['file']}:{finding['rendered']['line']}:"
                     f" `{finding['rendered'].get('excerpt', '').strip()}`")
    return "\n".join([*lines, "- verdict: ", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rhumb")
    parser.add_argument("charts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--severity", default="error")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    own, _, passed = " ".join(sys.argv[1:]).partition(" -- ")
    options = parser.parse_args(own.split())
    rhumb, folder = str(Path(options.rhumb).resolve()), options.charts.resolve()
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda chart: lint(rhumb, folder, chart, passed.split()), find_charts(folder)))
    rows, findings = [row for row, _ in results], [finding for _, found in results for finding in found]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "runs.json").write_text(json.dumps(rows, indent=1))
    (options.out / "findings.jsonl").write_text("".join(json.dumps(finding) + "\n" for finding in findings))
    sample = draw([one for one in findings if one["severity"] == options.severity], options.seed, options.count)
    (options.out / "sample.md").write_text(
        "\n".join(describe(number, finding) for number, finding in enumerate(sample, 1)))
    bad = [row for row in rows if row["status"] not in (0, 1)]
    counts = defaultdict(int)
    for finding in findings:
        counts[(finding["severity"], finding["rule"])] += 1
    for (severity, rule), count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{count:6} {severity:7} {rule}")
    print(f"{len(rows)} charts, {len(findings)} findings, {len(bad)} crashes or hangs,"
          f" slowest {max(row['seconds'] for row in rows):.2f} s")
    for row in bad:
        print(row)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
