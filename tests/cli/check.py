#!/usr/bin/env python3
"""Asks rhumb what Helm was asked and compares: standard output, standard error, status, files.

usage: check.py RHUMB [--only PREFIX] [FILE.cases ...]

`own-*.cases` hold what rhumb alone says (its limits, refusals and options); `--update` writes those anew.
"""
import difflib
import sys
from pathlib import Path

import cases

MARKS = str.maketrans({" ": "·", "\t": "→", "\r": "␍"})


def as_rhumb(text):
    """Where Helm names itself."""
    return text.replace('"helm template" requires', '"rhumb template" requires').replace(
        "Usage:  helm template", "Usage:  rhumb template")


def differences(case, got):
    for key, want in case.answer().items():
        want = as_rhumb(want) if key == "err" else want
        if want != got[key]:
            lines = difflib.unified_diff(want.split("\n"), got[key].split("\n"), f"{key} of helm", f"{key} of rhumb", lineterm="", n=1)
            yield "\n".join(line.translate(MARKS) if line[0] in "+-" else line for line in list(lines)[:30])


def main():
    rhumb, arguments = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    only = arguments.pop(arguments.index("--only") + 1) if "--only" in arguments else ""
    passed = failed = gaps = 0
    for path in cases.case_files(arguments):
        head, rows = cases.read(path)
        asked = [case for case in rows if case.name.startswith(only)]
        more = ["--compat", "helm3"] if cases.version_for(path) == cases.HELM3 else []
        for case, got in zip(asked, cases.run_all(rhumb, asked, more)):
            if "--update" in arguments and path.name.startswith("own-"):
                case.sections = {k: v for k, v in case.sections.items() if k not in cases.RECORDED} | got
            found = list(differences(case, got))
            if "gap" in case.sections:
                gaps += bool(found)
                failed += not found
                if not found:
                    print(f"{path.name}:{case.line}: {case.name} is marked as a gap and passes")
                continue
            passed += not found
            failed += bool(found)
            if found:
                print(f"{path.name}:{case.line}: {case.name}: {case.command}", *found, "", sep="\n")
        if "--update" in arguments and path.name.startswith("own-"):
            cases.write(path, head, rows)
    print(f"{passed} passed, {failed} failed, {gaps} known gaps")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
