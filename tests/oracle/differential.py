#!/usr/bin/env python3
"""Render every chart below a folder with helm and with rhumb, and compare.

usage: differential.py [options] FOLDER [-- ARGUMENT...]

A chart is a directory with a Chart.yaml, or a .tgz, that is not inside another chart's charts/. Each is rendered
with its defaults and once more with every ci/*.yaml. ARGUMENTs go to both programs.

A case agrees when standard output is the same to the byte, and so are the exit status and the lines of standard error,
in any order; when both fail, when the message is the same from the last `Error:` on. helm renders three times: lines in
which its own answers differ (passwords, certificates, times) are not compared, and any of its error messages will do.
With --helm3, where helm is a Helm 3, rhumb is asked with --compat helm3.

exit status: 0 all agree, 1 something differs, 2 wrong use.
"""
import argparse
import collections
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HELM_RUNS = 3
ADVICE = "\n\nUse --debug flag to render out invalid YAML"


@dataclasses.dataclass(frozen=True)
class Case:
    chart: pathlib.Path
    values: pathlib.Path | None

    def title(self, base):
        name = os.path.relpath(self.chart, base)
        return f"{name} -f {os.path.relpath(self.values, self.chart)}" if self.values else name


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int | None  # None: still running when the time was up
    out: bytes = b""
    err: bytes = b""


def is_vendored(path, top):
    """Whether a path lies in the charts/ folder of a chart at or below top."""
    for parent in path.parents:
        if parent == top.parent:
            return False
        if parent.name == "charts" and (parent.parent / "Chart.yaml").exists():
            return True
    return False


def find_charts(top):
    if top.is_file():
        return [top]
    found = [p.parent for p in top.rglob("Chart.yaml") if p.is_file()] + list(top.rglob("*.tgz"))
    return sorted(p for p in found if not is_vendored(p, top))


def find_cases(top):
    for chart in find_charts(top):
        yield Case(chart, None)
        for values in sorted((chart / "ci").glob("*.y*ml")) if chart.is_dir() else ():
            yield Case(chart, values)


def run(program, case, options):
    command = [program, "template", "rel-name", str(case.chart), "--namespace", "ns-name", *options.arguments]
    if options.helm3 and program == options.rhumb:
        command += ["--compat", "helm3"]
    if case.values:
        command += ["-f", str(case.values)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=options.timeout, stdin=subprocess.DEVNULL,
                              env=options.environment, check=False)
    except subprocess.TimeoutExpired:
        return Answer(None)
    return Answer(done.returncode, done.stdout, done.stderr)


def message(answer):
    """The error text from the last `Error:` on, without what helm says in no fixed order."""
    text = answer.err.decode(errors="replace").strip()
    start = text.rfind("Error:")
    if start >= 0:
        text = text[start:]
    text = text.removesuffix(ADVICE)
    if "don't meet the specifications of the schema" in text:
        text = "\n".join(sorted(text.split("\n")))
    return text


def shorten(text, limit):
    return text if len(text) <= limit else text[:limit] + " ..."


def compare_failures(wanted, got, options):
    if got.status == 0:
        return "accepts-bad", f"helm says {shorten(message(wanted[0]), options.width)!r}"
    if b"\ngoroutine 1 [" in wanted[0].err:  # helm itself crashes: to fail is all that is asked
        return "helm-crash", ""
    texts = [message(w) for w in wanted]
    if got.status != wanted[0].status:
        return "status", f"helm exits with {wanted[0].status}, rhumb with {got.status}"
    if message(got) in texts:
        return "same-error", ""
    return "error-text", (f"helm  {shorten(texts[0], options.width)!r}\n"
                          f"      rhumb {shorten(message(got), options.width)!r}")


def frame(lines):
    return [line for line in lines if line.startswith((b"# Source:", b"kind:", b"---"))]


def compare_output(wanted, got, options):
    if got.status != 0:
        return "rejects-good", shorten(message(got), options.width)
    if any(got.out == w.out for w in wanted):
        return "same", ""
    texts = [w.out.split(b"\n") for w in wanted]
    want, have = texts[0], got.out.split(b"\n")
    if any(len(t) != len(want) for t in texts):  # helm disagrees with itself in the number of lines
        same = any(frame(t) == frame(have) for t in texts)
        return ("same-frame", "") if same else ("differs", "other files or kinds")
    fixed = [i for i, line in enumerate(want) if all(t[i] == line for t in texts)]
    if len(have) == len(want) and all(have[i] == want[i] for i in fixed):
        return "same-but-random", ""
    at = next((i for i in fixed if i >= len(have) or have[i] != want[i]), len(want))
    show = lambda lines: shorten(lines[at].decode(errors="replace"), options.width) if at < len(lines) else None
    return "differs", (f"line {at + 1} of {len(want)}, rhumb has {len(have)}\n      helm  {show(want)!r}\n"
                       f"      rhumb {show(have)!r}")


def check(case, options):
    wanted = [run(options.helm, case, options)]
    if wanted[0].status is None:
        return "helm-timeout", ""
    wanted += [run(options.helm, case, options) for _ in range(HELM_RUNS - 1)]
    if len({w.status for w in wanted}) > 1:
        return "helm-unsteady", "helm sometimes fails"
    got = run(options.rhumb, case, options)
    if got.status is None:
        return "timeout", f"no answer in {options.timeout:g} s"
    if got.status < 0 or got.status >= 128:
        return "crash", f"status {got.status}: {shorten(got.err.decode(errors='replace').strip(), options.width)}"
    if wanted[0].status != 0:
        return compare_failures(wanted, got, options)
    kind, why = compare_output(wanted, got, options)
    return compare_log(wanted, got, options) if kind in AGREE and log_lines(got) not in map(log_lines, wanted) else (kind, why)


def log_lines(answer):
    return sorted(answer.err.decode(errors="replace").splitlines())


def compare_log(wanted, got, options):
    want, have = log_lines(wanted[0]), log_lines(got)
    less, more = [line for line in want if line not in have], [line for line in have if line not in want]
    return "log", (f"helm  {shorten(str(less), options.width)}\n      rhumb {shorten(str(more), options.width)}")


AGREE = {"same", "same-error", "same-but-random", "same-frame", "helm-crash"}
NO_VERDICT = {"helm-timeout", "helm-unsteady"}


def isolated(home):
    """The environment without the user's helm settings, clusters and time zone."""
    environment = {k: v for k, v in os.environ.items() if not re.match(r"HELM_|KUBE", k)}
    for name in ("CACHE", "CONFIG", "DATA"):
        environment[f"HELM_{name}_HOME"] = os.path.join(home, name.lower())
    return environment | {"KUBECONFIG": os.path.join(home, "none"), "TZ": "UTC"}


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--helm", default="helm", help="default: from PATH")
    parser.add_argument("--helm3", action="store_true", help="helm is a Helm 3")
    parser.add_argument("--rhumb", default="rhumb", help="default: from PATH")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=30, help="seconds for each rendering")
    parser.add_argument("--only", default="", help="only charts with this in their path")
    parser.add_argument("--show", type=int, default=1000, help="at most so many differences of each kind")
    parser.add_argument("--width", type=int, default=300, help="longest text shown")
    own, extra = sys.argv[1:], []
    if "--" in own:
        own, extra = own[:own.index("--")], own[own.index("--") + 1:]
    options = parser.parse_args(own)
    options.arguments = extra
    if not options.folder.exists():
        parser.error(f"no such folder: {options.folder}")
    for program in ("helm", "rhumb"):
        path = shutil.which(getattr(options, program))
        if path is None:
            parser.error(f"{getattr(options, program)} not found; name it with --{program}")
        setattr(options, program, os.path.abspath(path))
    return options


def main():
    options = parse_options()
    top = options.folder.resolve()
    cases = [c for c in find_cases(top) if options.only in str(c.chart)]
    kinds, shown = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as home, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        options.environment = isolated(home)
        for case, (kind, why) in zip(cases, pool.map(lambda c: check(c, options), cases)):
            kinds[kind] += 1
            if kind not in AGREE and shown[kind] < options.show:
                shown[kind] += 1
                print(f"{kind:13} {case.title(top)}\n      {why}")
    agree = sum(kinds[k] for k in AGREE)
    counted = sum(kinds.values()) - sum(kinds[k] for k in NO_VERDICT)
    print(f"{agree} of {counted} agree: " + ", ".join(f"{n} {k}" for k, n in sorted(kinds.items())))
    return 0 if agree == counted and counted > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
