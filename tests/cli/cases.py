"""Case files of the command line: what is called, and what Helm answers.

    # recorded: helm v4.3.1
    == show-only/two-patterns
    template rel basic -s templates/a.yaml -s 'templates/b*.yaml'
    -- env
    HELM_NAMESPACE=x
    -- stdin
    a: 1
    -- status
    0
    -- out
    ...
    -- err
    ...
    -- files
    out/basic/templates/a.yaml
    | kind: A

Files named helm3*.cases hold what Helm 3 answers; rhumb is asked with --compat helm3.

A case runs in a folder that holds a copy of tests/cli/charts, so `basic` is a chart and files may be written. A case
that names --output-dir gets a fresh copy; the others share one, which they leave as it was.
`== NAME` starts a case; the line below is the command, split as a shell splits words. Inputs are env, stdin and gap (a
reason: rhumb is known to differ). The recorder writes status, out, err and files: what the command left behind, each
path followed by its text with "| " before every line. A text that is not printable UTF-8 is one JSON string in a
section named NAME-escaped; otherwise a section's lines are joined by line feeds, and `\\` at the end of the last line
says that the text does not end in one. The folder of the run is written $DIR.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
HELM, HELM3 = "v4.3.1", "v3.22.0"
RECORDED = ("status", "out", "err", "files")


class Case:
    def __init__(self, name, line):
        self.name, self.line, self.command, self.sections = name, line, "", {}

    def answer(self):
        return {key: self.sections.get(key, "") for key in RECORDED}


def read(path):
    """The comment lines before the first case, and the cases."""
    head, cases, section, lines = [], [], None, []

    def finish():
        if section is not None:
            name, escaped = (section[:-8], True) if section.endswith("-escaped") else (section, False)
            cases[-1].sections[name] = json.loads("".join(lines)) if escaped else joined(lines)

    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("== "):
            finish()
            section, lines = None, []
            cases.append(Case(line[3:], number))
        elif not cases:
            head.append(line)
        elif line.startswith("-- "):
            finish()
            section, lines = line[3:], []
        elif section is None:
            if line:
                cases[-1].command = line
        else:
            lines.append(line[1:] if line.startswith("\\") and line != "\\" else line)
    if lines and lines[-1] == "":
        lines.pop()
    finish()
    return head, cases


def joined(lines):
    if not lines:
        return ""
    text = "\n".join(lines)
    return text[:-1] if text.endswith("\\") else text + "\n"


def formatted(name, text):
    if re.search(r"[^\n\t -~\u00a0-\ud7ff\ue000-\ufffd]|\\$|[ \t]$", text, re.MULTILINE):
        return [f"-- {name}-escaped", json.dumps(text)]
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "\\"
    return [f"-- {name}", *("\\" + l if l.startswith(("== ", "-- ", "\\")) else l for l in lines)]


def write(path, head, cases):
    out = [line for line in head if line and not line.startswith("# recorded:")]
    out.insert(0, f"# recorded: helm {version_for(path)}")
    for case in cases:
        out += [f"== {case.name}", case.command]
        for name, text in case.sections.items():
            if text or name == "status":
                out += formatted(name, text)
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def version_for(path):
    return HELM3 if path.name.startswith("helm3") else HELM


def tree(folder):
    """What lies in the folder and did not come with it."""
    text = ""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        name = path.relative_to(folder)
        if (HERE / "charts" / name).exists() or name.parts[0] == "home":
            continue
        text += f"{name}\n" + "".join(f"| {l}\n" for l in path.read_text(encoding="utf-8", errors="replace").split("\n"))
    return text


class Folder:
    """A copy of the charts; one per thread is kept for the cases that only read."""

    kept = threading.local()

    def __init__(self, case):
        self.shared = "--output-dir" not in case.command

    def __enter__(self):
        if self.shared and hasattr(Folder.kept, "holder"):
            return Path(Folder.kept.holder.name).resolve() / "run"
        self.holder = tempfile.TemporaryDirectory()
        if self.shared:
            Folder.kept.holder = self.holder
        folder = Path(self.holder.name).resolve() / "run"
        shutil.copytree(HERE / "charts", folder, symlinks=True)
        return folder

    def __exit__(self, *_):
        if not self.shared:
            self.holder.cleanup()


def environment(folder, case):
    home = folder / "home"
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", "KUBECONFIG": str(home / "none"),
           "HELM_CONFIG_HOME": str(home), "HELM_CACHE_HOME": str(home), "HELM_DATA_HOME": str(home)}
    for line in case.sections.get("env", "").splitlines():
        key, _, value = line.partition("=")
        env[key] = value.replace("$DIR", str(folder))
    return env


def run(program, case, more=()):
    """What the program answers to the case, in the form of the recorded sections."""
    with Folder(case) as folder:
        words = [word.replace("$DIR", str(folder)) for word in shlex.split(case.command)]
        done = subprocess.run([program, *words, *more], cwd=folder, env=environment(folder, case), capture_output=True,
                              timeout=120, input=case.sections.get("stdin", "").encode())

        def text(raw):
            return raw.decode("utf-8", "surrogateescape").replace(str(folder), "$DIR")

        return {"status": f"{done.returncode}\n", "out": text(done.stdout), "err": text(done.stderr), "files": tree(folder)}


def run_all(program, rows, more=()):
    """The answers to all cases, in their order."""
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        return list(pool.map(lambda case: run(program, case, more), rows))


def case_files(arguments):
    named = [Path(a) for a in arguments if not a.startswith("--")]
    return named or sorted(HERE.glob("*.cases"))
