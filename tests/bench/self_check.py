#!/usr/bin/env python3
"""The benches themselves, without taking a time: the arithmetic is right, the charts are the same in every run, render,
and hold what they are measured for.

usage: self_check.py RHUMB
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from charts import write_all
from measure import Taken, comparison, exponent, growth, medians, missed, ratios
from umbrella import dependency_rows

COUNTS = (10, 20)
MEGABYTES_OF_CRDS = 4


def close(a, b):
    return abs(a - b) < 1e-6


def check_arithmetic():
    rows = [Taken(3.0, 1.0, 10), Taken(1.0, 4.0, 30), Taken(2.0, 2.0, 20), Taken(9.0, 3.0, 40)]
    yield "median of an odd number", medians(rows[:3]) == Taken(2.0, 2.0, 20)
    yield "median of an even number", medians(rows) == Taken(2.5, 2.5, 25)
    yield "ratio", ratios(Taken(1.0, 2.0, 30), Taken(4.0, 4.0, 40)) == Taken(0.25, 0.5, 0.75)
    small, large = 10**6, 10**6 + 1
    yield "targets are met", missed(Taken(0.1, 9.0, 0.25), small) == []
    yield "wall time is missed", missed(Taken(0.101, 0.0, 0.25), small) == ["wall"]
    yield "much output may take longer", missed(Taken(0.101, 0.0, 0.25), large) == []
    yield "but not too long", missed(Taken(0.167, 0.0, 0.25), large) == ["wall"]
    yield "memory is missed", missed(Taken(0.1, 0.0, 0.251), small) == ["memory"]
    for power in (0.5, 1.0, 2.0):
        points = [(x, 7 * x**power) for x in (10, 25, 50, 100)]
        yield f"exponent of a power of {power}", close(exponent(points), power)
    power, steps = growth({0: 5.0, 10: 25.0, 20: 45.0, 40: 85.0})
    yield "a line above what is fixed is linear", close(power, 1.0) and all(close(step, 2.0) for step in steps)
    power, steps = growth({0: 5.0, 10: 105.0, 20: 405.0})
    yield "a square is none", close(power, 2.0) and close(steps[0], 10.0) and close(steps[1], 30.0)


def check_comparison():
    yield "the same", comparison(b"a\nb\n", b"a\nb\n", b"a\nb\n") == "same"
    yield "another line", comparison(b"a\nb\n", b"a\nb\n", b"a\nc\n") == "DIFFER"
    yield "a random line", comparison(b"a\n1\n", b"a\n2\n", b"a\n3\n") == "random"
    yield "another line beside a random one", comparison(b"a\n1\n", b"a\n2\n", b"b\n3\n") == "DIFFER"
    yield "a line too many", comparison(b"a\n1\n", b"a\n2\n", b"a\n3\n4\n") == "DIFFER"


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def render(rhumb, chart, *flags):
    done = subprocess.run([rhumb, "template", "bench", chart, *flags], capture_output=True, text=True)
    if done.returncode or done.stderr:
        sys.exit(f"{chart.name} does not render: {done.stderr[:2000]}")
    return done.stdout


def check_umbrella(text, count):
    names = [alias or name for name, alias in dependency_rows(count)]
    enabled = [name for index, name in enumerate(names) if index % 10 != 7]
    chain = [f'chain: "{"/".join([name] * 6)}/TEAM-' for name in names]
    yield f"{count}: as many Deployments as enabled dependencies", text.count("kind: Deployment\nmeta") == len(enabled)
    yield f"{count}: disabled ones are left out", f"bench-{names[7]}" not in text
    yield f"{count}: aliases are there", f"# Source: umbrella/charts/{names[4]}/" in text and names[4] != "service-004"
    yield f"{count}: tpl goes six levels deep", sum(one in text for one in chain) == len(enabled)
    yield f"{count}: values are imported", all(f"\n    {name}:\n      interval: " in text for name in enabled)
    yield f"{count}: exports too", "service-000:8000 " in text


def check_charts(rhumb):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        charts, again = write_all(Path(one), COUNTS), write_all(Path(other), COUNTS)
        for name in charts:
            yield f"{name} is the same in every run", contents(charts[name]) == contents(again[name])
        texts = {name: render(rhumb, chart) for name, chart in charts.items()}
        for name, chart in charts.items():
            yield f"{name} renders the same again", render(rhumb, chart) == texts[name]
        for count in COUNTS:
            yield from check_umbrella(texts[f"umbrella-{count}"], count)
        yield "the empty chart prints nothing", not texts["empty"].strip()
        yield "much output is much", len(texts["big-output"]) > 2 * 10**6
        yield "definitions are not printed", len(texts["crds"]) < 1000
        printed = render(rhumb, charts["crds"], "--include-crds")
        yield "but when they are asked for", len(printed) > MEGABYTES_OF_CRDS * 10**6


def main():
    checks = [*check_arithmetic(), *check_comparison(), *check_charts(Path(sys.argv[1]).resolve())]
    wrong = [what for what, holds in checks if not holds]
    print("\n".join(f"not so: {what}" for what in wrong) or f"{len(checks)} checks of the benches hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
