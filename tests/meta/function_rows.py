#!/usr/bin/env python3
"""Every function that a template can call has at least twelve recorded rows.

usage: function_rows.py RHUMB

A row belongs to a function when its name starts with the function's: `== trunc/negative`. Go's builtins are counted
in the tables of the language, the rest in those of the functions.
"""
import collections
import re
import subprocess
import sys
from pathlib import Path

TABLES = Path(__file__).resolve().parents[1] / "tables"
LEAST = 12


def main():
    names = subprocess.run([sys.argv[1], "functions"], capture_output=True, text=True, check=True).stdout.split()
    rows = collections.Counter()
    for table in [*TABLES.glob("funcs/*.rows"), *TABLES.glob("lang/*.rows")]:
        text = table.read_text(encoding="utf-8")
        if not text.startswith("# recorded: helm v4.3.1\n"):
            sys.exit(f"{table.name} has no stamp of the Helm that answered")
        rows.update(re.findall(r"^== ([A-Za-z0-9_]+)/", text, re.MULTILINE))
    short = {name: rows[name] for name in names if rows[name] < LEAST}
    for name, count in sorted(short.items()):
        print(f"{name}: {count} rows, {LEAST} wanted")
    print(f"{len(names)} functions, {sum(rows[name] for name in names)} rows, {len(short)} functions below {LEAST}")
    return 1 if short or not names else 0


if __name__ == "__main__":
    sys.exit(main())
