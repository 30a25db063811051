#!/usr/bin/env python3
"""Broken and hostile input: rhumb ends with exit status 1, says what is wrong and where, prints nothing, and stays
within its time and memory.

usage: hostile_test.py RHUMB [--sanitized] [--topic NAME] [--only PREFIX] [--print]

The cases stand in hostile/, a file for each topic.
"""
import ctypes
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hostile import archives, files, limits, templates, texts, values  # noqa: F401, they register their cases
from hostile.cases import TOPICS

MEMORY = 4 << 30
SECONDS = 60
LIBC = ctypes.CDLL(None)
PR_CAPBSET_DROP = 24
# The superuser may read what has no permissions, unless it gives these up.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
# What needs 350 MB of stack there, and fails in the sanitizer itself (see message).
SANITIZER_REFUSES = ("from_toml_deeper",)


def run(rhumb, folder, command, limited):
    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Every thread takes its address space.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
        if limited:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if os.geteuid() == 0:
            LIBC.prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
            LIBC.prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0)

    return subprocess.run([rhumb, *command], cwd=folder, capture_output=True, timeout=SECONDS, preexec_fn=limit)


def message(done):
    """Standard error without what the address sanitizer says of its own limit: when an exception goes through more than
    64 MB of stack (google/sanitizers#189), which is how templates that are nested 100,000 deep end."""
    err = done.stderr.decode("utf-8", "replace")
    return re.sub(r"==\d+==WARNING: ASan is ignoring requested __asan_handle_no_return.*\n.*\n.*issues/189\n", "", err)


def problems(done, wanted):
    err = message(done)
    if done.returncode != 1:
        yield f"exit status {done.returncode}, not 1"
    if done.stdout:
        yield f"{len(done.stdout)} bytes on standard output: {done.stdout[:60]!r}"
    if not err.startswith(("Error: ", "level=")) or ("\n" + err).count("\nError: ") != 1:
        yield "no error message, or several"
    yield from (f"{text!r} is no message" for text in ("bad_alloc", "internal error", "Sanitizer", "runtime error") if text in err)
    yield from (f"no {text!r}" for text in wanted if text not in err)


def check(rhumb, name, build, limited, verbose):
    with tempfile.TemporaryDirectory() as holder:
        folder = Path(holder).resolve()
        command, wanted = build(folder)
        begun = time.monotonic()
        try:
            done = run(rhumb, folder, command, limited)
        except subprocess.TimeoutExpired:
            print(f"{name}: not done after {SECONDS} s")
            return False
        took = time.monotonic() - begun
        found = list(problems(done, wanted))
        if not wanted:
            found.append("nothing is expected")
        err = message(done)
        shown = err if len(err) < 500 else err[:250] + " ... " + err[-250:]
        if found or verbose:
            print(f"{name} ({took:.1f} s): {'; '.join(found) or 'fine'}\n    {shown.strip()}")
        return not found


def main():
    arguments = sys.argv[1:]
    only = arguments.pop(arguments.index("--only") + 1) if "--only" in arguments else ""
    topic = arguments.pop(arguments.index("--topic") + 1) if "--topic" in arguments else ""
    limited = "--sanitized" not in arguments
    rhumb = str(Path(arguments[0]).resolve())
    left_out = () if limited else SANITIZER_REFUSES
    cases = {f"{t}/{name}": build for t in TOPICS if topic in ("", t) for name, build in TOPICS[t].items() if name.startswith(only) and name not in left_out}
    failed = [name for name, build in cases.items() if not check(rhumb, name, build, limited, "--print" in arguments)]
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
