#!/usr/bin/env python3
"""What linting and tracing cost, in turn in one run:

- the whole `rhumb lint charts/tms`, three environments, against `helm template` of one of them: it must take less wall
  time;
- `rhumb template --traced` against `rhumb template`: at most half again.

usage: lint.py RHUMB LAUNCH [--helm HELM] [--runs N]

RHUMB is the release binary, LAUNCH the program rhumb_launch of the build. Prints medians and ratios; exits 1 when a
ratio misses its target.
"""
import argparse
import sys
import tempfile
from pathlib import Path

from measure import ROOT, in_turn, medians


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rhumb")
    parser.add_argument("launch")
    parser.add_argument("--helm", default="helm")
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    template = ["template", "tms", ROOT / "charts/tms", "-n", "tms", "-f", ROOT / "values/production.yaml"]
    lint = ["lint", ROOT / "charts/tms", "--config", ROOT / "rhumb.yaml"]
    commands = {
        "helm template": [options.helm, *template],
        "rhumb lint": [options.rhumb, *lint],
        "rhumb template": [options.rhumb, *template],
        "rhumb template --traced": [options.rhumb, *template, "--traced"],
    }
    with tempfile.TemporaryDirectory() as folder:
        rows, _, _ = in_turn(options.launch, Path(folder), commands, options.runs)
    taken = {name: medians(of_one) for name, of_one in rows.items()}
    print(f"{'command':<26}{'wall ms':>10}{'cpu ms':>10}{'peak MiB':>10}")
    for name, (wall, cpu, peak) in taken.items():
        print(f"{name:<26}{wall * 1000:>10.1f}{cpu * 1000:>10.1f}{peak / 2**10:>10.1f}")
    good = True
    for above, below, most in (("rhumb lint", "helm template", 1.0), ("rhumb template --traced", "rhumb template", 1.5)):
        ratio = taken[above].wall / taken[below].wall
        good = good and ratio <= most
        print(f"{above} / {below}: {ratio:.3f} of the wall time, at most {most}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
