#!/usr/bin/env python3
"""Records what `helm lint --strict` says about the charts of cases.py, in recorded.json.

    record.py [HELM]

The version of Helm is kept beside it; CI compares without Helm (check.py).
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import cases

HERE = Path(__file__).resolve().parent
MESSAGE = re.compile(r"\[(ERROR|WARNING|INFO)\] (.*?): ((?:.|\n)*?)(?=\n\[(?:ERROR|WARNING|INFO)\] |\n\n|\Z)")


def lint(helm, folder):
    run = subprocess.run([helm, "lint", "--strict", folder.name], cwd=folder.parent, capture_output=True, text=True,
                         check=False)
    text = run.stdout.replace(str(folder), "CHART")
    text = text[text.index("\n") + 1:] if "\n" in text else text
    found = [{"severity": severity, "path": path, "message": message.rstrip("\n")}
             for severity, path, message in MESSAGE.findall(text)]
    return {"fails": run.returncode != 0, "messages": found}


def main():
    helm = sys.argv[1] if len(sys.argv) > 1 else "helm"
    version = subprocess.run([helm, "version", "--template", "{{.Version}}"], capture_output=True, text=True, check=True)
    recorded = {}
    with tempfile.TemporaryDirectory() as place:
        for number, case in enumerate(cases.CASES):
            name, files, _ = cases.named(case)
            folder = Path(place).resolve() / f"{number}" / "c"
            cases.write(files, folder)
            recorded[name] = lint(helm, folder)
    text = json.dumps({"helm": version.stdout.strip(), "cases": recorded}, indent=1, ensure_ascii=False) + "\n"
    (HERE / "recorded.json").write_text(text, encoding="utf-8")
    print(f"{len(recorded)} charts recorded with helm {version.stdout.strip()}")


if __name__ == "__main__":
    main()
