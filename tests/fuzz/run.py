#!/usr/bin/env python3
"""Runs the fuzzers of a build in turn and keeps a log.

    cmake --preset fuzz && cmake --build --preset fuzz --target fuzzers
    python3 tests/fuzz/run.py build/fuzz [--seconds 3600] [--slice 60] [NAME...]

Every harness runs for a slice at a time until all together have run for `--seconds`, beginning with those that ran
least, so that it can be broken off at any time. What a harness finds on its way is kept in BUILD/found/NAME and is
where the next slice goes on; inputs that fail lie in BUILD/failures/NAME-*. Each slice is a line of log.jsonl beside
this script, which is kept with the code: the hours count across builds. The table that is printed at the end
(`--seconds 0` prints it alone) sums up all its lines. Ends with 1 when an input failed.
"""

import argparse
import datetime
import json
import pathlib
import re
import resource
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LOG = HERE / "log.jsonl"
MEMORY_MEGABYTES = 4096
SLOWEST_INPUT_SECONDS = 20


def harnesses():
    return sorted(path.name.removesuffix("_fuzz.cpp") for path in HERE.glob("*_fuzz.cpp"))


def command(build, name, seconds):
    found = build / "found" / name
    failures = build / "failures"
    found.mkdir(parents=True, exist_ok=True)
    failures.mkdir(parents=True, exist_ok=True)
    line = [
        str(build / "tests" / "fuzz" / f"{name}_fuzz"),
        f"-max_total_time={seconds}",
        f"-rss_limit_mb={MEMORY_MEGABYTES}",
        f"-timeout={SLOWEST_INPUT_SECONDS}",
        f"-artifact_prefix={failures}/{name}-",
        "-print_final_stats=1",
    ]
    dictionary = HERE / "dict" / f"{name}.dict"
    if dictionary.exists():
        line.append(f"-dict={dictionary}")
    return line + [str(found), str(HERE / "corpus" / name)]


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def source_commit(build):
    """The commit of the folder that BUILD was configured in; "" where there is no build."""
    cache = build / "CMakeCache.txt"
    home = re.search(r"^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$", cache.read_text(), re.MULTILINE) if cache.exists() else None
    if home is None:
        return ""
    return subprocess.run(["git", "-C", home[1], "describe", "--always", "--dirty"], stdout=subprocess.PIPE, text=True,
                          check=False).stdout.strip()


def run_slice(build, name, seconds, commit):
    begin = datetime.datetime.now(datetime.timezone.utc)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command(build, name, seconds), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          errors="replace", check=False)
    end = datetime.datetime.now(datetime.timezone.utc)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    row = {
        "harness": name,
        "begin": begin.isoformat(timespec="seconds"),
        "end": end.isoformat(timespec="seconds"),
        "seconds": round((end - begin).total_seconds()),
        "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime),
        "commit": commit,
        "runs": last_number(r"stat::number_of_executed_units: (\d+)", done.stderr),
        "covered": last_number(r"cov: (\d+)", done.stderr),
        "inputs": last_number(r"corp: (\d+)", done.stderr),
        "failed": done.returncode != 0,
    }
    if row["failed"]:
        (build / "failures" / f"{name}-{begin:%Y%m%dT%H%M%S}.log").write_text(done.stderr)
    return row


def read_log(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def table(rows):
    lines = ["| harness | from | to | seconds | inputs run | covered | failures |", "|---|---|---|---|---|---|---|"]
    for name in harnesses():
        own = [row for row in rows if row["harness"] == name]
        if not own:
            continue
        lines.append("| {} | {} | {} | {:,} | {:,} | {:,} | {} |".format(
            name, own[0]["begin"][:16].replace("T", " "), own[-1]["end"][:16].replace("T", " "),
            sum(row["seconds"] for row in own), sum(row["runs"] for row in own), max(row["covered"] for row in own),
            sum(row["failed"] for row in own)))
    lines.append(f"| all | | | {sum(row['seconds'] for row in rows):,} | {sum(row['runs'] for row in rows):,} | | "
                 f"{sum(row['failed'] for row in rows)} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=int, default=3600, help="for all harnesses together (default: 3600)")
    parser.add_argument("--slice", type=int, default=60, help="for one harness at a time (default: 60)")
    arguments = parser.parse_intermixed_args()
    names = arguments.names or harnesses()
    unknown = sorted(set(names) - set(harnesses()))
    if unknown:
        parser.error(f"no such harness: {', '.join(unknown)}; there are {', '.join(harnesses())}")
    commit = source_commit(arguments.build)
    rows = read_log(LOG)
    run_for = {name: sum(row["seconds"] for row in rows if row["harness"] == name) for name in names}
    remaining = arguments.seconds
    failed = False
    while remaining > 0:
        name = min(names, key=lambda each: run_for[each])
        row = run_slice(arguments.build, name, min(arguments.slice, remaining), commit)
        rows.append(row)
        with LOG.open("a") as file:
            file.write(json.dumps(row) + "\n")
        run_for[name] += max(row["seconds"], 1)
        remaining -= max(row["seconds"], 1)
        failed = failed or row["failed"]
        if row["failed"]:
            print(f"{name}: failed, see {arguments.build}/failures", file=sys.stderr)
    print(table(rows))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
