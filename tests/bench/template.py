#!/usr/bin/env python3
"""Wall time and peak memory of `rhumb template` against `helm template`, both in turn in one run.

usage: template.py RHUMB LAUNCH [--helm HELM] [--runs N] [CHART [VALUES...]]

RHUMB is the release binary, LAUNCH the program rhumb_launch of the build (target rhumb_launch). Without a chart:
charts/tms with the values of each environment. Prints medians and the ratios; exits 1 when a ratio misses the target
of a tenth of Helm's wall time and a quarter of its memory, or when the outputs differ.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WALL_TARGET, MEMORY_TARGET = 1 / 10, 1 / 4


def launch(launcher, out, command):
    env = {"PATH": os.environ["PATH"], "HOME": out.parent.as_posix(), "KUBECONFIG": "/nonexistent", "TZ": "UTC"}
    done = subprocess.run([launcher, out, *command], capture_output=True, text=True, check=True, env=env)
    wall, user, system, peak, status = done.stdout.split()
    if status != "0":
        sys.exit(f"{' '.join(map(str, command))} ended with {status}:\n{out.read_text()[:2000]}")
    return float(wall), float(user) + float(system), int(peak)


def measure(options, folder, arguments):
    programs = {"helm": options.helm, "rhumb": options.rhumb}
    taken = {name: [] for name in programs}
    for run in range(options.runs + 1):  # the first run warms the caches and does not count
        for name, program in programs.items():
            row = launch(options.launch, folder / name, [program, "template", *arguments])
            if run:
                taken[name].append(row)
    same = (folder / "helm").read_bytes() == (folder / "rhumb").read_bytes()
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in taken.items()}
    return medians, same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rhumb")
    parser.add_argument("launch")
    parser.add_argument("--helm", default="helm")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("chart", nargs="?")
    parser.add_argument("values", nargs="*")
    options = parser.parse_args()
    if options.chart:
        cases = {options.chart: [options.chart, *(a for v in options.values for a in ("-f", v))]}
    else:
        cases = {env: ["tms", ROOT / "charts/tms", "-n", "tms", "-f", ROOT / f"values/{env}.yaml"]
                 for env in ("dev", "staging", "production")}
    good = True
    print(f"{'case':<16}{'':>7}{'wall ms':>10}{'cpu ms':>10}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for case, arguments in cases.items():
            medians, same = measure(options, Path(folder), arguments)
            for name, (wall, cpu, peak) in medians.items():
                print(f"{case[-16:]:<16}{name:>7}{wall * 1e3:>10.1f}{cpu * 1e3:>10.1f}{peak / 1024:>10.1f}")
            ratios = [a / b for a, b in zip(medians["rhumb"], medians["helm"])]
            print(f"{'':<16}{'ratio':>7}{ratios[0]:>10.3f}{ratios[1]:>10.3f}{ratios[2]:>10.3f}   "
                  f"{'same bytes' if same else 'BYTES DIFFER'}")
            good = good and same and ratios[0] <= WALL_TARGET and ratios[2] <= MEMORY_TARGET
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
