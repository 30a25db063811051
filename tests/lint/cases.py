"""Cases of the lint tests: mutants of the charts of this repository.

A file tests/lint/<rule>/mutants.txt holds cases. Lines that begin with "#" are comments. A case:

    == name of the case
    in charts/tms production            chart and environment; more of them on further lines. A chart that is not
                                        there is made by the case: it appends files, and lines to rhumb.yaml
    with --kube-version 1.30            further arguments, split at white space
    edit values/production.yaml         one or more changes of a file:
    -    minReplicas: 3                 a line that stands there once (white space at both ends left out) ...
    +    minReplicas: 1                 ... and what takes its place; no + line: it is deleted
    - @2 name: odoo                     the second of several equal lines
    append charts/tms/templates/x.yaml  lines that are added at the end of a file, which may be new
    +apiVersion: v1
    expect too-few-replicas             a finding that the change must bring, of this rule ...
      template charts/.../hpa.yaml: minReplicas:     ... whose frames have a line in that file with this text
      values values/production.yaml: minReplicas: 1  ... whose values have a line in that file with this text
      message 1 pod                     ... whose message has this text
      help set replicas             ... whose help has this text
      at values/production.yaml: minReplicas         ... whose primary place is that line
      object Deployment/tms-odoo
      count 2                           so many of them (1)
    also disruption-budget-blocks       a companion: another rule's finding that the change brings as well
    silent                              a near miss: no finding at all that was not there before

Findings that the charts have without the change do not count, in either direction; nor, for other rules' cases, does
unused-value.
"""
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("charts", "values", "rhumb.yaml")

@dataclass
class Edit:
    path: str
    old: str | None  # None: append
    occurrence: int = 0
    new: list = field(default_factory=list)


@dataclass
class Expectation:
    rule: str
    conditions: list = field(default_factory=list)
    count: int = 1


@dataclass
class Case:
    name: str
    where: str
    targets: list = field(default_factory=list)
    arguments: list = field(default_factory=list)
    edits: list = field(default_factory=list)
    expectations: list = field(default_factory=list)
    companions: list = field(default_factory=list)
    silent: bool = False


def parse(path):
    cases, edit_path, last, append = [], None, None, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.relative_to(ROOT)}:{number}"
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            cases.append(Case(line[3:].strip(), where))
            last = None
            continue
        if not cases:
            raise ValueError(f"{where}: a case begins with ==")
        case = cases[-1]
        if line.startswith("-") or line.startswith("+"):
            text = line[1:]
            if line[0] == "-":
                occurrence = 0
                words = text.strip().split(" ", 1)
                if words[0].startswith("@") and words[0][1:].isdigit():
                    occurrence, text = int(words[0][1:]), words[1]
                case.edits.append(Edit(edit_path, text, occurrence))
            else:
                if append and (not case.edits or case.edits[-1].old is not None or case.edits[-1].path != edit_path):
                    case.edits.append(Edit(edit_path, None))
                case.edits[-1].new.append(text)
            continue
        if line.startswith("  "):
            word, _, rest = line.strip().partition(" ")
            if word not in ("template", "values", "message", "help", "at", "object", "count") or last is None:
                raise ValueError(f"{where}: unknown condition {word}")
            if word == "count":
                last.count = int(rest)
            else:
                last.conditions.append((word, rest.strip()))
            continue
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word == "in":
            chart, environment = rest.split()
            case.targets.append((chart, environment))
        elif word == "with":
            case.arguments += rest.split()
        elif word in ("edit", "append"):
            edit_path, append = rest, word == "append"
        elif word == "expect":
            last = Expectation(rest)
            case.expectations.append(last)
        elif word == "also":
            case.companions.append(rest)
        elif word == "silent":
            case.silent = True
        else:
            raise ValueError(f"{where}: unknown word {word}")
    for case in cases:
        if not case.targets or bool(case.expectations) == case.silent:
            raise ValueError(f"{case.where}: a case names a chart with its environment, and expects findings or none")
    return cases


class Workplace:
    """A copy of the charts and values that may be changed."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="rhumb-lint-"))
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.folder / name)
            elif source.exists():
                shutil.copy(source, self.folder / name)
        self.changed = {}

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def apply(self, case):
        for edit in case.edits:
            path = self.folder / edit.path
            if edit.path not in self.changed:
                self.changed[edit.path] = path.read_text(encoding="utf-8") if path.exists() else None
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            if edit.old is None:
                lines += edit.new
            else:
                found = [i for i, text in enumerate(lines) if text.strip() == edit.old.strip()]
                if not found or (len(found) > 1 and not edit.occurrence) or edit.occurrence > len(found):
                    raise ValueError(
                        f"{case.where}: {edit.path} has {len(found)} lines {edit.old.strip()!r}; name one with @N")
                at = found[max(edit.occurrence, 1) - 1]
                lines[at:at + 1] = edit.new
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def restore(self):
        for name, text in self.changed.items():
            path = self.folder / name
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        self.changed = {}


def lint(rhumb, folder, target, arguments):
    command = [rhumb, "lint", target[0], "--env", target[1], "--format", "json", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr}")
    return [Finding(one, folder) for one in json.loads(run.stdout)["findings"]]


class Finding:
    """A finding of the JSON report, with the text of the lines that it points at."""

    def __init__(self, report, folder):
        self.rule = report["rule"]
        self.message = report["message"]
        self.help = report.get("help", "")
        name = report.get("object")
        self.object = f"{name['kind']}/{name.get('name', '')}" if name else ""
        self.path = report.get("path", "")
        cause = report.get("cause", {})
        self.template = [self.line(frame, folder) for frame in cause.get("templates", [])]
        values = list(cause.get("values", []))
        for condition in cause.get("conditions", []):
            values += condition.get("values", [])
            self.template.append(self.line(condition, folder))
        self.values = [self.line(layer, folder) for value in values for layer in value["layers"]]
        self.at = [self.line(report, folder)]
        self.identity = (self.rule, self.object, self.path, self.message)

    @staticmethod
    def line(holder, folder):
        place = holder.get("place")
        if not place:
            return ("", "")
        path = folder / place["file"]
        if not path.is_file():
            return (place["file"], "")
        return (place["file"], path.read_text(encoding="utf-8").splitlines()[place["line"] - 1].strip())

    def __str__(self):
        lines = [f"    {self.rule}: {self.message} ({self.object} {self.path})"]
        for kind in ("template", "values", "at"):
            lines += [f"      {kind} {file}: {text}" for file, text in getattr(self, kind) if file]
        return "\n".join(lines)

    def holds(self, condition):
        kind, wanted = condition
        if kind == "message":
            return wanted in self.message
        if kind == "help":
            return wanted in self.help
        if kind == "object":
            return wanted == self.object
        file, _, text = wanted.partition(": ")
        return any(place == file and text.strip() in line for place, line in getattr(self, kind))


# A template that is changed may leave a key of the values unread: true, and no matter of the rule whose case it is.
CONSEQUENCES = ("unused-value",)


def is_consequence(case, finding):
    of_its_own = f"/{finding.rule}/" in case.where
    return finding.rule in CONSEQUENCES and not of_its_own and finding.rule not in case.companions


def judge(case, before, after):
    """What is wrong with the findings of a mutant; empty when all is well."""
    known = {finding.identity for finding in before}
    fresh = [finding for finding in after
             if finding.identity not in known and not is_consequence(case, finding)]
    complaints, left = [], list(fresh)
    for expectation in case.expectations:
        fitting = [finding for finding in left if finding.rule == expectation.rule
                   and all(finding.holds(condition) for condition in expectation.conditions)]
        if len(fitting) != expectation.count:
            complaints.append(f"{len(fitting)} findings of {expectation.rule} with {expectation.conditions},"
                              f" {expectation.count} expected")
        left = [finding for finding in left if finding not in fitting]
    for finding in left:
        if finding.rule not in case.companions:
            complaints.append(f"unexpected finding of {finding.rule}")
    for companion in case.companions:
        if not any(finding.rule == companion for finding in left):
            complaints.append(f"the companion {companion} does not appear")
    if complaints:
        complaints.append("  what the change brought:\n" + ("\n".join(map(str, fresh)) or "    nothing"))
    return complaints


def run_cases(rhumb, cases):
    """The complaints of all cases, in order."""
    place, befores, complaints = Workplace(), {}, []
    try:
        for case in cases:
            for target in case.targets:
                key = (target, tuple(case.arguments))
                if key not in befores and not (place.folder / target[0] / "Chart.yaml").exists():
                    befores[key] = []
                if key not in befores:
                    befores[key] = lint(rhumb, place.folder, target, case.arguments)
            try:
                place.apply(case)
                for target in case.targets:
                    after = lint(rhumb, place.folder, target, case.arguments)
                    wrong = judge(case, befores[(target, tuple(case.arguments))], after)
                    complaints += [f"{case.where}: {case.name} ({target[1]}): {text}" for text in wrong]
            except ValueError as error:
                complaints.append(str(error))
            place.restore()
    finally:
        place.close()
    return complaints
