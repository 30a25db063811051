#!/usr/bin/env python3
"""Record what the pinned Helm answers to the cases of cases.txt.

usage: record.py [--check] [CASE ...]

Each case is rendered three times by the Helm in $HELM, else the one on PATH; the answers must be equal. They go to
tests/golden/<case>/: expected.yaml (standard output) or, for cases that must fail, expected.err (standard error from
"Error:" on), and ORACLE (the version that answered). --check compares with what is recorded and writes nothing.
Only the pinned version is accepted: a recording is a claim about that version.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PINNED = "v4.3.1"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RUNS = 3


def find_helm():
    helm = os.environ.get("HELM") or shutil.which("helm")
    if not helm:
        sys.exit("record.py: no helm: set HELM or put it on PATH")
    try:
        answer = subprocess.run([helm, "version", "--template", "{{.Version}}"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"record.py: cannot ask {helm} for its version: {error}")
    if answer.stdout.strip() != PINNED:
        sys.exit(f"record.py: {helm} is {answer.stdout.strip()}, but recordings are made with {PINNED}")
    return helm


def read_cases():
    """(name, arguments, must fail) of every case; names are unique and safe as folder names."""
    cases, seen = [], set()
    for number, line in enumerate((HERE / "cases.txt").read_text(encoding="utf-8").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        fails = words[0].startswith("!")
        name = words[0].lstrip("!")
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name) or name in seen or len(words) < 3:
            sys.exit(f"cases.txt:{number}: not a case, or a name used twice: {line}")
        seen.add(name)
        cases.append((name, words[1:], fails))
    return cases


def environment(home):
    """No cluster, no plug-ins, no settings of the user: the answer depends on the arguments alone."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HELM_", "KUBE"))}
    kept.update(HOME=home, HELM_CONFIG_HOME=f"{home}/config", HELM_CACHE_HOME=f"{home}/cache", HELM_DATA_HOME=f"{home}/data")
    kept.update(KUBECONFIG=os.devnull, TZ="UTC", LC_ALL="C.UTF-8")
    return kept


def render(helm, arguments, home):
    run = subprocess.run([helm, "template", *arguments], cwd=ROOT, env=environment(home), capture_output=True, timeout=120)
    start = re.search(rb"^Error:", run.stderr, re.MULTILINE)
    return run.returncode, run.stdout, run.stderr[start.start():] if start else b""


def answer(helm, name, arguments, fails, home):
    first = render(helm, arguments, home)
    for _ in range(RUNS - 1):
        if render(helm, arguments, home) != first:
            sys.exit(f"record.py: {name}: helm gives different answers to the same question; make the case deterministic")
    status, out, error = first
    if (status != 0) != fails:
        expected = "fail" if fails else "succeed"
        sys.exit(f"record.py: {name} was expected to {expected}, but helm exits with {status}:\n{error.decode(errors='replace')}")
    if fails and out:
        sys.exit(f"record.py: {name} fails and still prints manifests")
    return {"expected.err": error} if fails else {"expected.yaml": out}


def main():
    arguments = sys.argv[1:]
    check = "--check" in arguments
    wanted = [a for a in arguments if a != "--check"]
    cases = read_cases()
    unknown = sorted(set(wanted) - {name for name, _, _ in cases})
    if unknown:
        sys.exit(f"record.py: no such case: {', '.join(unknown)}")
    helm = find_helm()
    different = []
    with tempfile.TemporaryDirectory() as home:
        for name, case_arguments, fails in cases:
            if wanted and name not in wanted:
                continue
            files = answer(helm, name, case_arguments, fails, home)
            files["ORACLE"] = f"helm {PINNED}\n".encode()
            folder = HERE / name
            if all((folder / f).is_file() and (folder / f).read_bytes() == text for f, text in files.items()):
                continue
            different.append(name)
            if check:
                continue
            folder.mkdir(exist_ok=True)
            for stale in ("expected.yaml", "expected.err"):
                if stale not in files:
                    (folder / stale).unlink(missing_ok=True)
            for file, text in files.items():
                (folder / file).write_bytes(text)
    verb = "differ" if check else "written"
    print(f"{len(wanted) or len(cases)} cases, {len(different)} {verb}" + "".join(f"\n  {name}" for name in different))
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
