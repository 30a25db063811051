"""Taking times, and the arithmetic on them. Nothing here knows a chart."""
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

# What is promised, as rhumb / Helm: wall time up to LARGE bytes of output and above, and peak memory.
WALL, WALL_LARGE, MEMORY = 1 / 10, 1 / 6, 1 / 4
LARGE = 10**6
# The exponent of the growth by dependencies that still counts as linear: 1, and what medians of a shared machine miss.
LINEAR = 1.15


class Taken(NamedTuple):
    wall: float  # seconds
    cpu: float   # seconds, user and system
    peak: float  # KiB


def launch(launcher, out, command):
    """What the command took; its output goes to the file `out`. Ends the script when the command fails."""
    env = {"PATH": os.environ["PATH"], "HOME": out.parent.as_posix(), "KUBECONFIG": "/nonexistent", "TZ": "UTC"}
    done = subprocess.run([launcher, out, *command], capture_output=True, text=True, check=True, env=env)
    wall, user, system, peak, status = done.stdout.split()
    if status != "0":
        sys.exit(f"{' '.join(map(str, command))} ended with {status}:\n{out.read_text()[:2000]}")
    return Taken(float(wall), float(user) + float(system), int(peak))


def in_turn(launcher, folder, commands, runs):
    """Runs every command of {name: command} `runs` times, one after the other, and once before that to warm the caches.
    Gives the rows of each, and its first and last output."""
    rows, first = {name: [] for name in commands}, {}
    for run in range(runs + 1):
        for name, command in commands.items():
            row = launch(launcher, folder / name, command)
            if run:
                rows[name].append(row)
            else:
                first[name] = (folder / name).read_bytes()
    last = {name: (folder / name).read_bytes() for name in commands}
    return rows, first, last


def medians(rows):
    return Taken(*(statistics.median(column) for column in zip(*rows)))


def ratios(ours, theirs):
    return Taken(*(a / b for a, b in zip(ours, theirs)))


def missed(ratio, output_bytes):
    """The names of the targets that the ratio misses."""
    wall = WALL_LARGE if output_bytes > LARGE else WALL
    return [name for name, have, most in (("wall", ratio.wall, wall), ("memory", ratio.peak, MEMORY)) if have > most]


def exponent(points):
    """The k of y = c * x**k through the points (x, y), by least squares of the logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    x_mean, y_mean = statistics.fmean(xs), statistics.fmean(ys)
    return sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys)) / sum((x - x_mean) ** 2 for x in xs)


def growth(by_count):
    """How {count: amount} grows beyond the amount of count 0: (exponent, amount per one more at each step)."""
    fixed = by_count[0]
    counts = sorted(count for count in by_count if count)
    steps = [(by_count[b] - by_count[a]) / (b - a) for a, b in zip([0, *counts], counts)]
    # Below a measurable amount there is no growth to speak of.
    return exponent([(count, max(by_count[count] - fixed, 1e-9)) for count in counts]), steps


def comparison(helm, helm_again, ours):
    """Whether two outputs are the same: "same", "random" when they are but for lines in which Helm differs from
    itself, or "DIFFER"."""
    if helm == ours or helm_again == ours:
        return "same"
    lines = [text.splitlines() for text in (helm, helm_again, ours)]
    if helm == helm_again or len(set(map(len, lines))) != 1:
        return "DIFFER"
    return "random" if all(c == a for a, b, c in zip(*lines) if a == b) else "DIFFER"
