#!/usr/bin/env python3
"""The generator's table of signatures names every function that a template can call, the runner answers, and each bug of
plants.txt has a place where it can be planted.

usage: self_check.py RHUMB RUNNER
"""
import subprocess
import sys
from pathlib import Path

import plant

SIGNATURES = Path(__file__).resolve().parent / "generate" / "signatures.txt"


def signed():
    names = set()
    for line in SIGNATURES.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#~!":
            names.update(one.split()[0] for one in line[2:].split("|"))
    return names


def ask(runner, *fields):
    request = b"%d\n" % len(fields)
    for name, text in fields:
        request += b"%s %d\n%s" % (name, len(text), text)
    return subprocess.run([runner], input=request, capture_output=True, check=True).stdout


def main():
    names = set(subprocess.run([sys.argv[1], "functions"], capture_output=True, text=True, check=True).stdout.split())
    wrong = [f"{name}: no signature" for name in sorted(names - signed())]
    wrong += [f"{name}: no such function" for name in sorted(signed() - names)]
    answers = [
        (ask(sys.argv[2], (b"template", b"{{ .Values.a }}"), (b"flags", b"--set a=5")), b"out 1\n5log 0\n"),
        (ask(sys.argv[2], (b"template", b'{{ fail "no" }}')),
         b"error 47\nexecution error at (c/templates/t.yaml:1:3): nolog 0\n"),
    ]
    wrong += [f"the runner answers {got!r}, not {want!r}" for got, want in answers if got != want]
    for path, old, _ in plant.read_plants():
        times = plant.occurrences(path, old)
        if times != 1:
            wrong.append(f"plants.txt: {path} has {times} times: {old}")
    for line in wrong:
        print(line)
    return 1 if wrong or not names else 0


if __name__ == "__main__":
    sys.exit(main())
