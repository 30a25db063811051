#!/usr/bin/env python3
"""Record what the pinned Helm answers to the cases of the command line.

usage: record.py [--check] [FILE.cases ...]

Asks $HELM, else the helm on PATH, which must be v4.3.1; for files named helm3*.cases $HELM3, which must be v3.22.0, and
which are left out where there is none.
"""
import os
import shutil
import subprocess
import sys

import cases


def main():
    programs = {cases.HELM: os.environ.get("HELM") or shutil.which("helm") or sys.exit("record.py: no helm"),
                cases.HELM3: os.environ.get("HELM3")}
    for wanted, helm in programs.items():
        version = helm and subprocess.run([helm, "version", "--template", "{{.Version}}"], capture_output=True, text=True).stdout
        if helm and version != wanted:
            sys.exit(f"record.py: {helm} is {version}, but recordings are made with {wanted}")
    different = 0
    for path in cases.case_files(sys.argv[1:]):
        helm = programs[cases.version_for(path)]
        if helm is None:
            print(f"{path.name}: left out, HELM3 names no Helm 3")
            continue
        head, rows = cases.read(path)
        rounds = [cases.run_all(helm, rows) for _ in range(3)]
        for case, *answers in zip(rows, *rounds):
            if answers[1:] != answers[:-1]:
                sys.exit(f"{path}:{case.line}: {case.name}: helm gives different answers to the same question")
            if answers[0] != case.answer():
                different += 1
                case.sections = {k: v for k, v in case.sections.items() if k not in cases.RECORDED} | answers[0]
        if "--check" not in sys.argv:
            cases.write(path, head, rows)
        print(f"{path.name}: {len(rows)} cases")
    print(f"{different} differ from what was recorded")
    return 1 if different and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
