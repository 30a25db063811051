#!/usr/bin/env python3
"""Every limit is an option, and its default is the same in the code, in the help and in docs/compatibility.md; a case
of tests/cli/hostile/ sets it.

usage: limits.py RHUMB
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def in_code():
    """By flag, from the fields of Limits and the list of flags that set them."""
    fields = dict(re.findall(r"^  std::\w+ (\w+) = ([^;]+);", (ROOT / "include/rhumb/base/limits.h").read_text(), re.M))
    flags = re.findall(r'read_limit\(flags, "([a-z-]+)", limits\.(\w+)\)', (ROOT / "src/cli/template_options.cpp").read_text())
    return {flag: eval(re.sub(r"ULL|'", "", fields[field])) for flag, field in flags}


def in_help(rhumb):
    text = subprocess.run([rhumb, "template", "--help"], capture_output=True, text=True, check=True).stdout
    return {flag: int(value) for flag, value in re.findall(r"--(limit-[a-z-]+) .*\(default (\d+)\)", text)}


def in_docs():
    text = (ROOT / "docs/compatibility.md").read_text()
    return {flag: int(value) for flag, value in re.findall(r"^\| `--(limit-[a-z-]+)` \| (\d+) \|", text, re.M)}


def main():
    wanted = in_code()
    cases = "".join(path.read_text() for path in sorted((ROOT / "tests/cli/hostile").glob("*.py")))
    bad = [] if wanted else ["no limit was found in the code"]
    for where, found in (("the help", in_help(sys.argv[1])), ("docs/compatibility.md", in_docs())):
        for flag in sorted(wanted.keys() | found.keys()):
            if wanted.get(flag) != found.get(flag):
                bad.append(f"--{flag}: {wanted.get(flag)} in the code, {found.get(flag)} in {where}")
    # limits.py names the flags without their prefix.
    bad += [f"--{flag}: no hostile case sets it" for flag in wanted
            if f"--{flag}=" not in cases and f'limit("{flag.removeprefix("limit-")}=' not in cases]
    print("\n".join(bad) or f"{len(wanted)} limits agree")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
