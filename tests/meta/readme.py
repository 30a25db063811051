#!/usr/bin/env python3
"""What the README shows is what happens: its console blocks are run in a copy of the charts.

    readme.py RHUMB
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_block(block, folder, environment):
    """The block as it should be: every command with what it prints."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            run = subprocess.run(["bash", "-c", line[2:]], cwd=folder, env=environment, capture_output=True, text=True)
            lines += [line, *(run.stdout + run.stderr).splitlines()]
    return lines


def main():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    complaints = [] if any("[too-few-replicas]" in block for block in blocks) else ["the README shows no finding"]
    for block in blocks:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for part in ("charts", "values"):
                shutil.copytree(ROOT / part, folder / part)
            shutil.copy(ROOT / "rhumb.yaml", folder)
            (folder / "bin").mkdir()
            (folder / "bin/rhumb").symlink_to(Path(sys.argv[1]).resolve())
            environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
            wanted, got = block.splitlines(), run_block(block, folder, environment)
            if wanted != got:
                complaints.append("README.md shows\n" + "\n".join(wanted) + "\nbut it is\n" + "\n".join(got))
    print("\n".join(complaints) or f"{len(blocks)} console blocks of the README are true")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
