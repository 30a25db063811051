#!/usr/bin/env python3
"""Wall time, CPU time and peak memory of `rhumb template` against `helm template`, in turn in one run.

usage: template.py RHUMB LAUNCH [--helm HELM] [--runs N] [--only WORD]... [--json FILE] [-f VALUES]... [CHART...]

RHUMB is the release binary, LAUNCH the program rhumb_launch of the build (target rhumb_launch). Measured are
`rhumb version` against `helm version`, charts/tms in each environment, generated charts (charts.py: an empty one,
umbrellas of 10 to 100 dependencies, megabytes of custom resource definitions, megabytes of output) and each CHART that
is given, with the VALUES that are given. --only takes the cases whose names have one of the WORDs.

Prints medians, ratios, whether the outputs are the same bytes ("random": but for lines in which Helm differs from
itself), and how the umbrella's time and memory grow. Exits 1 when a target of measure.py is missed or outputs differ.
"""
import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from charts import COUNTS, write_all
from measure import LINEAR, ROOT, comparison, growth, in_turn, medians, missed, ratios


def cases(folder, options):
    """Arguments by name, of rhumb and of Helm alike; None for what the two have different ones for."""
    found = {"version": None}
    for env in ("dev", "staging", "production"):
        found[f"tms {env}"] = ["template", "tms", ROOT / "charts/tms", "-n", "tms", "-f", ROOT / f"values/{env}.yaml"]
    for name, chart in write_all(folder).items():
        found[name] = ["template", "bench", chart]
    found["crds printed"] = [*found["crds"], "--include-crds"]
    for chart in options.chart:
        values = [part for file in options.values for part in ("-f", file)]
        found[chart.name] = ["template", "bench", chart, *values]
    return {name: arguments for name, arguments in found.items()
            if not options.only or any(word in name for word in options.only)}


def measure(options, folder, name, arguments):
    commands = {"helm": [options.helm, *(arguments or ["version"])],
                "rhumb": [options.rhumb, *(arguments or ["version"])]}
    rows, first, last = in_turn(options.launch, folder, commands, options.runs)
    helm, rhumb = medians(rows["helm"]), medians(rows["rhumb"])
    ratio, size = ratios(rhumb, helm), len(last["helm"])
    # The two say different versions.
    bytes_are = "-" if arguments is None else comparison(first["helm"], last["helm"], last["rhumb"])
    return {"case": name, "bytes": size, "helm": helm, "rhumb": rhumb, "ratio": ratio, "output": bytes_are,
            "missed": missed(ratio, size) + (["bytes"] if bytes_are == "DIFFER" else [])}


def line(result):
    helm, rhumb, ratio = result["helm"], result["rhumb"], result["ratio"]
    verdict = "missed: " + ", ".join(result["missed"]) if result["missed"] else ""
    return (f"{result['case'][:22]:<22}{result['bytes'] / 1000:>7.0f}{helm.wall * 1e3:>9.1f}{rhumb.wall * 1e3:>8.1f}"
            f"{ratio.wall:>7.3f}{helm.cpu * 1e3:>9.1f}{rhumb.cpu * 1e3:>8.1f}{ratio.cpu:>7.3f}"
            f"{helm.peak / 1024:>8.1f}{rhumb.peak / 1024:>7.1f}{ratio.peak:>7.3f}  {result['output']:<7}{verdict}").rstrip()


HEAD = (f"{'':<22}{'':>7}{'wall ms':>15}{'':>9}{'cpu ms':>15}{'':>9}{'peak MiB':>14}\n"
        f"{'case':<22}{'KB':>7}{'helm':>9}{'rhumb':>8}{'ratio':>7}{'helm':>9}{'rhumb':>8}{'ratio':>7}"
        f"{'helm':>8}{'rhumb':>7}{'ratio':>7}  output")


def umbrella_growth(results):
    """None when not all of them were measured."""
    by_case = {result["case"]: result for result in results}
    counts = (0, *COUNTS)
    if any(f"umbrella-{count}" not in by_case for count in counts):
        return None
    told = {}
    for name in ("helm", "rhumb"):
        for what in ("wall", "cpu", "peak"):
            amounts = {count: getattr(by_case[f"umbrella-{count}"][name], what) for count in counts}
            told[f"{name} {what}"] = growth(amounts)
    return told


def print_growth(told):
    print(f"\nper dependency from {', '.join(map(str, (0, *COUNTS[:-1])))} on, and the exponent of the growth")
    for what, (power, steps) in told.items():
        scale, unit = (1e3, "ms") if not what.endswith("peak") else (1 / 1024, "MiB")
        print(f"  {what:<12}" + "".join(f"{step * scale:>9.3f}" for step in steps) + f" {unit:<4}{power:>6.2f}")


def surroundings(options):
    def first_line(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    return {"date": datetime.date.today().isoformat(), "processors": os.cpu_count(), "load": os.getloadavg()[0],
            "runs": options.runs, "helm": first_line(options.helm, "version", "--short"),
            "rhumb": first_line(options.rhumb, "version")}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rhumb")
    parser.add_argument("launch")
    parser.add_argument("chart", nargs="*", type=Path)
    parser.add_argument("--helm", default="helm")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--json", type=Path)
    parser.add_argument("-f", "--values", action="append", default=[])
    return parser.parse_intermixed_args()


def main():
    options = arguments()
    before = surroundings(options)
    print(", ".join(f"{name} {value}" for name, value in before.items()))
    print(HEAD)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, command in cases(Path(folder) / "charts", options).items():
            results.append(measure(options, Path(folder), name, command))
            print(line(results[-1]), flush=True)
    told = umbrella_growth(results)
    good = not any(result["missed"] for result in results)
    if told:
        print_growth(told)
        # Of CPU time: the wall time of a crowded machine has no shape.
        good = good and told["rhumb cpu"][0] <= LINEAR and told["rhumb peak"][0] <= LINEAR
    if options.json:
        plain = [{**result, **{key: result[key]._asdict() for key in ("helm", "rhumb", "ratio")}} for result in results]
        options.json.write_text(json.dumps({"run": before, "cases": plain, "umbrella": told}, indent=1) + "\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
