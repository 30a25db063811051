#!/usr/bin/env python3
"""Records which locks `helm dependency build` takes: tests/unit/lint/locks.tsv.

usage: record.py FILE

Every chart gets its lock from `helm dependency update`, with repositories in folders. A line is the chart's Chart.yaml
(for apiVersion v1 with the dependencies of its requirements.yaml), the lock, and "in step" or "out of step", as `build`
takes the two or refuses them. Bytes that are not printable ASCII, and backslashes, are written \\xHH.
"""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PLAIN = {"name": "sub", "version": "1.x.x", "repository": "file://../repo/sub"}
OTHER = {"name": "other", "version": ">=0.1.0 <3", "repository": "file://../repo/other"}


def with_(**more):
    return {**PLAIN, **{key.replace("_", "-"): value for key, value in more.items()}}


# Name, dependencies when the lock is made, dependencies when it is asked (None: the same).
CASES = [
    ("one", [PLAIN], None),
    ("two", [PLAIN, OTHER], None),
    ("condition", [with_(condition="sub.enabled,global.sub")], None),
    ("tags", [with_(tags=["a", "b"])], None),
    ("no tags", [with_(tags=[])], None),
    ("alias", [with_(alias="front")], None),
    ("enabled", [with_(enabled=True)], None),
    ("not enabled", [with_(enabled=False)], None),
    ("imports", [with_(import_values=["data", {"parent": "a.b", "child": "c"}])], None),
    ("imports in depth", [with_(import_values=[{"z": [1, 2.5, None, True], "a": {"<": ">&"}}])], None),
    ("letters", [with_(condition="grün.an\u2028")], None),
    ("in the folder", [{"name": "inner", "version": "*"}], None),
    ("in the folder, and from elsewhere", [{"name": "inner", "version": "*", "repository": ""}, OTHER], None),
    ("all", [with_(condition="x", tags=["t"], enabled=True, import_values=["data"], alias="y"), OTHER], None),
    ("another range", [PLAIN], [with_(version="1.2.x")]),
    ("another repository", [PLAIN], [with_(repository="file://../repo/../repo/sub")]),
    ("another condition", [PLAIN], [with_(condition="sub.enabled")]),
    ("another alias", [with_(alias="a")], [with_(alias="b")]),
    ("other tags", [with_(tags=["a", "b"])], [with_(tags=["b", "a"])]),
    ("enabled later", [PLAIN], [with_(enabled=True)]),
    ("other imports", [with_(import_values=["data"])], [with_(import_values=["more"])]),
    ("one more", [PLAIN], [PLAIN, OTHER]),
    ("one less", [PLAIN, OTHER], [PLAIN]),
    ("none left", [PLAIN], []),
    ("no list left", [PLAIN], "none"),
    ("another order", [PLAIN, OTHER], [OTHER, PLAIN]),
    ("a comment's worth", [PLAIN], [dict(reversed(PLAIN.items()))]),
]


def escaped(text):
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in text.encode())


def chart_text(version, dependencies):
    text = f"apiVersion: {version}\nname: parent\nversion: 1.0.0\n"
    return text if dependencies == "none" else text + "dependencies: " + json.dumps(dependencies) + "\n"


def write(folder, version, dependencies):
    (folder / "charts" / "inner").mkdir(parents=True, exist_ok=True)
    (folder / "charts" / "inner" / "Chart.yaml").write_text("apiVersion: v2\nname: inner\nversion: 1.0.0\n")
    text = chart_text(version, dependencies)
    head, _, list_ = text.partition("dependencies: ")
    if version == "v1":
        (folder / "Chart.yaml").write_text(head)
        (folder / "requirements.yaml").write_text("dependencies: " + list_ if list_ else "")
        return text
    (folder / "Chart.yaml").write_text(text)
    return text


def helm(folder, *arguments):
    environment = {**os.environ, "HELM_CONFIG_HOME": str(folder), "HELM_CACHE_HOME": str(folder), "HELM_DATA_HOME": str(folder)}
    return subprocess.run(["helm", *arguments], env=environment, capture_output=True, text=True, check=False)


def helm2_digest(dependencies):
    """What Helm 2 wrote: the digest of the requirements alone."""
    order = ["name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"]
    plain = [{key: each[key] for key in order if each.get(key)} for each in dependencies]
    text = json.dumps({"dependencies": plain}, separators=(",", ":"), ensure_ascii=False)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def ask(root, version, dependencies):
    """The chart's text, and how `build` takes its lock."""
    folder = root / "parent"
    text = write(folder, version, dependencies)
    answer = helm(root / "home", "dependency", "build", str(folder))
    if answer.returncode == 0:
        return text, "in step"
    if "is out of sync with" in answer.stderr:
        return text, "out of step"
    raise SystemExit(f"helm says: {answer.stderr}")


def record(version, before, after, change=None):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for sub in ("sub", "other"):
            (root / "repo" / sub).mkdir(parents=True)
            (root / "repo" / sub / "Chart.yaml").write_text(f"apiVersion: v2\nname: {sub}\nversion: 1.2.0\n")
        (root / "home").mkdir()
        write(root / "parent", version, before)
        made = helm(root / "home", "dependency", "update", str(root / "parent"))
        if made.returncode != 0:
            raise SystemExit(f"helm says: {made.stderr}")
        lock = root / "parent" / ("Chart.lock" if version == "v2" else "requirements.lock")
        if change:
            lock.write_text(change(lock.read_text()))
        text, answer = ask(root, version, before if after is None else after)
        return [escaped(text), escaped(lock.read_text()), answer]


def set_digest(digest):
    return lambda text: re.sub(r"(?m)^digest: .*$", f"digest: {digest}", text)


def main():
    version = helm(pathlib.Path("."), "version", "--template", "{{ .Version }}").stdout.strip()
    lines = [f"# recorded: helm {version}"]
    for name, before, after in CASES:
        for api in ("v2", "v1"):
            lines.append("\t".join([f"{name}, {api}", *record(api, before, after)]))
    for api in ("v2", "v1"):
        for name, digest in (("of Helm 2", helm2_digest([PLAIN, OTHER])), ("cut", '""')):
            lines.append("\t".join([f"a digest {name}, {api}", *record(api, [PLAIN, OTHER], None, set_digest(digest))]))
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
