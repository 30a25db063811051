#!/usr/bin/env python3
"""Records what Helm 3 makes of the cases that are recorded from Helm 4: tests/tables/chart/helm3.cases.

usage: HELM3=path/to/helm helm3.py

A case refers to the one whose files and flags it takes: `-- from TABLE` holds the name of the table, the name of the
case is the same. Recorded are the values as JSON (`ok` for an archive, whose values no template shows), the log without
the places in Helm's source, and the error.
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TABLES = pathlib.Path(__file__).resolve().parents[2] / "tables" / "chart"
VERSION = "v3.22.0"
TEMPLATE = "templates/zz-values.yaml"


def read_cases(path):
    cases = []
    for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        if line.startswith("== "):
            cases.append((line[3:], []))
        elif not cases:
            continue
        elif line.startswith("-- "):
            head, _, argument = line[3:].partition(" ")
            kind, _, form = head.partition("-")
            cases[-1][1].append((kind, form, argument, []))
        else:
            cases[-1][1][-1][3].append(line)
    return cases


def unquote(line):
    """A Go string; the tables have no other escapes than these."""
    out = bytearray()
    text = line[1:-1].encode()
    i = 0
    simple = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
    while i < len(text):
        c = text[i:i + 1]
        if c != b"\\":
            out += c
            i += 1
            continue
        kind = text[i + 1:i + 2]
        if kind == b"x":
            out.append(int(text[i + 2:i + 4], 16))
            i += 4
        elif kind in (b"u", b"U"):
            n = 4 if kind == b"u" else 8
            out += chr(int(text[i + 2:i + 2 + n], 16)).encode()
            i += 2 + n
        else:
            out += simple.get(kind, kind)
            i += 2
    return bytes(out)


def section_bytes(form, lines):
    if form == "escaped":
        return b"".join(unquote(line) for line in lines)
    if form == "base64":
        return base64.b64decode("".join(lines))
    return b"".join(line.removeprefix("\\").encode() + b"\n" for line in lines)


def lay_out(root, sections):
    for kind, form, argument, lines in sections:
        path = root / argument
        if kind in ("file", "link"):
            path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "file":
            path.write_bytes(section_bytes(form, lines))
        elif kind == "link":
            path.symlink_to(section_bytes(form, lines).decode().strip())
        elif kind == "folder":
            path.mkdir(parents=True, exist_ok=True)


def flags_of(sections):
    flags = []
    for kind, _, _, lines in sections:
        if kind != "flags":
            continue
        for line in lines:
            text = unquote(line) if line.startswith('"') else line.encode()
            flag, _, value = text.partition(b" ")
            flags += [flag, value]
    return flags


def run_once(helm, sections):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        lay_out(root, sections)
        names = [lines[0] for kind, _, _, lines in sections if kind == "chart"]
        name = names[0] if names else "chart"
        if not (root / name).exists():
            (root / name).mkdir()
            (root / name / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 0.1.0\n")
        shown = (root / name).is_dir()
        if shown:
            (root / name / "templates").mkdir(exist_ok=True)
            (root / name / TEMPLATE).write_text("#{{ .Values | toJson }}")
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "KUBECONFIG": folder + "/none", "TZ": "UTC"}
        done = subprocess.run([helm, "template", "r", str(root / name), *flags_of(sections)], cwd=root, timeout=120,
                              env=environment, capture_output=True, check=False)
        hide = lambda text: text.decode().replace(str(root), "/w")
        error = ""
        log = hide(done.stderr)
        if done.returncode != 0:
            log, _, error = log.rpartition("Error: ")
        lines = [re.sub(r"^\w+\.go:\d+: ", "", line) for line in log.splitlines()]
        # The command says this, not the loading of the chart.
        lines = [line for line in lines if line != "WARNING: This chart is deprecated"]
        out = ""
        if error.rstrip("\n").endswith("Use --debug flag to render out invalid YAML"):
            # Loaded well: the templates of archives are no manifests.
            error = ""
        if not error:
            match = re.search(r"^#(\{.*\})$", done.stdout.decode(), re.M)
            out = "values: " + match.group(1) if shown else "ok"
        return out, "\n".join(sorted(lines)), error.rstrip("\n")


def wanted(table, name):
    if table == "coalesce.cases":
        return True
    if table == "strvals.cases":
        return name.startswith(("files/", "set-json/", "order/", "set/index", "set-literal/un", "set-file/"))
    # The last one is a known gap, marked in its own table.
    return table == "archives.cases" and name.startswith("top/") and name != "top/flate-dynamic-zero"


def write_section(lines, kind, text):
    if not text:
        return
    plain = all(c == "\n" or c.isprintable() for c in text) and not re.search(r"^(== |-- |\\)| $", text, re.M)
    if plain:
        lines += [f"-- {kind}", *text.split("\n")]
        return
    quoted = "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in (text + "\n").encode())
    lines += [f"-- {kind}-escaped", f'"{quoted}"']


def main():
    helm = os.environ.get("HELM3", "helm3")
    version = subprocess.run([helm, "version", "--template", "{{.Version}}"], capture_output=True, text=True, check=True)
    if version.stdout != VERSION:
        sys.exit(f"{helm} is {version.stdout}, not {VERSION}")
    lines = [f"# recorded: helm {VERSION}", "# What Helm 3 makes of cases that are recorded from Helm 4 in other tables."]
    for table in ("coalesce.cases", "strvals.cases", "archives.cases"):
        for name, sections in read_cases(TABLES / table):
            if not wanted(table, name):
                continue
            answers = {run_once(helm, sections) for _ in range(3)}
            if len(answers) != 1:
                sys.exit(f"{table}: {name}: several results: {json.dumps(sorted(answers), indent=1)}")
            out, log, error = answers.pop()
            lines += [f"== {name}", f"-- from {table}"]
            write_section(lines, "out", out)
            write_section(lines, "log", log)
            write_section(lines, "error", error)
    (TABLES / "helm3.cases").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
