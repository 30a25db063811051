#!/usr/bin/env python3
"""Plants the bugs of plants.txt in a copy of the project, one after the other, and looks whether the generator finds
each of them.

usage: plant.py [--cases N] [--seed N] [--only N,N...] FOLDER

FOLDER gets the copy and its build, and what was found of each bug. Needs Go, as the generator.
"""
import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
COPIED = ["CMakeLists.txt", "CMakePresets.json", "cmake", "include", "src", "tests", "docs", "charts"]


def read_plants():
    plants = []
    for block in (HERE / "plants.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.strip("\n").split("\n") if not line.startswith("#")]
        old = "\n".join(line[2:] for line in lines[1:] if line.startswith("- "))
        new = "\n".join(line[2:] for line in lines[1:] if line.startswith("+ "))
        plants.append((lines[0], old, new))
    return plants


def occurrences(path, old):
    return (PROJECT / path).read_text(encoding="utf-8").count(old)


def copy_changed(source, target):
    """Leaves what is the same alone, so that it is not built again."""
    if not os.path.exists(target) or not filecmp.cmp(source, target, shallow=False):
        shutil.copyfile(source, target)


def copy_project(folder):
    for name in COPIED:
        source, target = PROJECT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, copy_function=copy_changed)
        else:
            copy_changed(source, target)


def build(folder):
    subprocess.run(["cmake", "--build", folder / "build", "--target", "rhumb_differential"], check=True,
                   stdout=subprocess.DEVNULL)


def configure(folder):
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    subprocess.run(["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                    "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1", *launcher], check=True, stdout=subprocess.DEVNULL)
    build(folder)


def difference(folder, number, options):
    """The row that shows the bug, or nothing."""
    command = [folder / "differential", "-runner", folder / "build/tests/differential/rhumb_differential",
               "-cases", str(options.cases), "-seed", str(options.seed), "-enough", "1", folder / f"plant-{number}"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode > 1:
        sys.exit(run.stderr)
    if run.returncode == 0:
        return ""
    rows = (folder / f"plant-{number}" / "differences.rows").read_text(encoding="utf-8")
    lines = rows.split("\n== ", 1)[1].split("\n")[1:]
    return " ".join(lines)[:200]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=500000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(CCACHE_BASEDIR=str(folder), CCACHE_NOHASHDIR="1")
    copy_project(folder)
    configure(folder)
    subprocess.run(["go", "build", "-buildvcs=false", "-o", folder / "differential", "."], cwd=HERE, check=True)
    if shown := difference(folder, 0, options):
        sys.exit(f"something differs without any bug: {shown}")
    plants = read_plants()
    wanted = [int(n) for n in options.only.split(",") if n] or range(1, len(plants) + 1)
    missed = 0
    for number in wanted:
        path, old, new = plants[number - 1]
        if occurrences(path, old) != 1:
            sys.exit(f"plant {number}: {path} has {occurrences(path, old)} times: {old}")
        text = (PROJECT / path).read_text(encoding="utf-8")
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
        build(folder)
        start = time.monotonic()
        found = difference(folder, number, options)
        missed += not found
        print(f"{number} {path}: {new.strip()}\n  {'found' if found else 'MISSED'} after "
              f"{time.monotonic() - start:.0f} s {found}", flush=True)
        (folder / path).write_text(text, encoding="utf-8")
    print(f"{len(wanted)} planted, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
