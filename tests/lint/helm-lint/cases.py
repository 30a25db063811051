"""Small charts, most of them broken in one way, and which rule of rhumb stands for which message of `helm lint`.

A case is a name, the files that differ from those of a chart that is fine (None: left out; a path that ends with a
slash: an empty folder), and exceptions from the table of messages: a part of the message, and the rule that stands for
it there, "" for none; or "+" and a rule that finds more than Helm does. The reason stands beside it.
"""
import re

CHART = "apiVersion: v2\nname: c\nversion: 1.0.0\nicon: https://example.com/icon.svg\n"
VALUES = "port: 80\n"
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\ndata:\n  port: {{{{ .Values.port | quote }}}}\n"
TEMPLATE = CONFIG_MAP.format("x")
BASE = {"Chart.yaml": CHART, "values.yaml": VALUES, "templates/x.yaml": TEMPLATE}
SUB_CHART = {"Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.2.3\n", "templates/y.yaml":
             "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\n"}
CRD = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\n"
LIST = """apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: x
      annotations:
        helm.sh/resource-policy: keep
"""
SCHEMA = '{"type": "object", "properties": {"port": {"type": "integer"}}, "additionalProperties": false}'

# What Helm says, and the rule that says it here, by the path that Helm names where that makes the difference. The first
# pattern that fits counts. LOAD: every step of `helm lint` loads the chart anew and complains again; whichever rule
# explains it will do. "": of objects, not of charts; the rules about objects have tests of their own.
ROWS = [
    (r"unable to load chart\n|validation: |cannot load |error unpacking|unable to detect|Chart.yaml file is missing",
     "LOAD"),
    (r"object name does not conform|is deprecated in|must contain matchLabels", ""),
    (r"should be a file, not a directory", "chart-yaml-invalid"),
    (r"unable to parse YAML\n\t(error|read)", "chart-yaml-invalid"),
    (r'failed to strictly parse chart metadata file\n.*unknown field', "chart-field-unknown"),
    (r"failed to strictly parse chart metadata file\n(.|\n)*already set in map", "chart-field-duplicate"),
    (r"name is required|chart name .* is invalid", "chart-name-invalid"),
    (r"apiVersion is required|apiVersion '.*' is not valid", "chart-api-version-invalid"),
    (r"version should be of type string|version is required|version '.*' is not a valid SemVer$|version .* is less than",
     "chart-version-invalid"),
    (r"appVersion should be of type string", "chart-app-version-mistyped"),
    (r"a maintainer entry is empty|each maintainer requires a name|invalid (email|url) '", "chart-maintainer-invalid"),
    (r"invalid (source|icon) URL", "chart-url-invalid"),
    (r"icon is recommended", "chart-icon-missing"),
    (r"chart type is not valid in apiVersion", "chart-type-invalid"),
    (r"dependencies are not valid in the Chart file", "chart-dependencies-inconsistent"),
    (r"version '.*' is not a valid SemVerV2", "chart-version-loose"),
    (r"file does not exist", "values-file-missing"),
    (r"unable to parse YAML: error (converting|unmarshaling|reading)", {"values.yaml": "values-file-invalid", "crds/":
                                                             "crd-invalid", "": "unreadable-document"}),
    (r"- at '", "values-schema-violated"),
    (r"values don't meet the specifications", "values-schema-violated"),
    (r"directory does not exist|not a directory", {"templates/": "templates-missing", "crds/": "crd-invalid"}),
    (r"file extension '.*' not valid", "template-extension-invalid"),
    (r"document starts with an illegal indent", "template-indent-suspicious"),
    (r"annotation 'helm.sh/resource-policy' within List", "helm-annotation-in-list"),
    (r"chart (metadata|directory) is missing these dependencies|multiple dependencies with name or alias",
     "chart-dependencies-inconsistent"),
    (r"apiVersion is not in 'apiextensions|object kind is not 'CustomResource", "crd-invalid"),
    (r"parse error at|  executing ", "render-failed"),
]


def chart(**fields):
    """The Chart.yaml of the base with fields replaced, left out (None) or added."""
    lines = dict(line.split(": ", 1) for line in CHART.splitlines())
    lines.update({name.replace("_", "-"): text for name, text in fields.items()})
    return {"Chart.yaml": "".join(f"{name}: {text}\n" for name, text in lines.items() if text is not None)}


def with_sub(chart_yaml, folder="sub", **changes):
    files = dict(chart_yaml)
    files.update({f"charts/{folder}/{name}": changes.get(name, text) for name, text in SUB_CHART.items()})
    return files


DEPENDENCY = "\n  - name: sub\n    version: ^1.0.0"
NULL_LIST = "\n  -\n"

CASES = [
    # Nothing to say.
    ("clean", {}),
    ("clean: version with prerelease and metadata", chart(version="1.2.3-rc.1+build.5")),
    ("clean: quoted versions", chart(version='"1.10.0"', appVersion='"1.10"')),
    ("clean: a date as appVersion", chart(appVersion="2026-01-31")),
    ("clean: maintainers",
     chart(maintainers="\n  - name: a\n    email: first.last+tag@mail.example.co.uk\n    url: https://example.com/~a\n"
           "  - name: b\n    url: example.com/team\n  - name: c\n    url: localhost:8080\n  - name: d")),
    ("clean: sources", chart(sources="\n  - https://example.com/a\n  - git+ssh://git@example.com/a.git\n  - file:///srv/a")),
    ("clean: field in another case", chart(Description="text")),
    ("clean: annotations of all kinds", chart(annotations="\n  any.thing/else: \"1\"")),
    ("clean: library", {**chart(type="library"), "templates/x.yaml": None, "templates/_x.tpl":
                        '{{ define "c.x" }}x{{ end }}'}),
    ("clean: dependency", with_sub(chart(dependencies=DEPENDENCY))),
    ("clean: dependency twice by alias", with_sub(chart(dependencies=DEPENDENCY + "\n    alias: one" + DEPENDENCY +
                                                        "\n    alias: two"))),
    ("clean: apiVersion v1 with requirements.yaml",
     {**with_sub(chart(apiVersion="v1")), "requirements.yaml": "dependencies:" + DEPENDENCY + "\n"}),
    ("clean: schema", {"values.schema.json": SCHEMA}),
    ("clean: notes and partials", {"templates/NOTES.txt": "hello", "templates/_helpers.tpl": "", "templates/tests/t.yml":
                                   TEMPLATE.replace("name: x", "name: t")}),
    ("clean: blank lines and a comment first", {"templates/x.yaml": "\n\n# comment\n" + TEMPLATE}),
    ("clean: a list without annotations", {"templates/x.yaml": LIST.replace("helm.sh/resource-policy: keep", "a/b: c")}),
    ("clean: crds", {"crds/c.yaml": "---\n" + CRD + "---\n# nothing\n", "crds/README.md": "# text"}),
    ("clean: empty output", {"templates/x.yaml": "{{ if .Values.none }}a: b{{ end }}\n"}),
    # Chart.yaml.
    ("Chart.yaml is a directory", {"Chart.yaml": None, "Chart.yaml/": ""}),
    ("Chart.yaml is not YAML", {"Chart.yaml": CHART + "description: a: b\n"}),
    ("Chart.yaml has a tab", {"Chart.yaml": CHART + "keywords:\n\t- a\n"}),
    ("Chart.yaml: a text as list", chart(keywords="erp")),
    ("Chart.yaml: a map as text", chart(description="{a: b}")),
    ("Chart.yaml is a list", {"Chart.yaml": "- a\n- b\n"}),
    ("Chart.yaml is empty", {"Chart.yaml": "# nothing\n"}, {"SemVerV2": "chart-version-invalid"}),
    ("unknown field", chart(apVersion='"1"')),
    ("unknown field of a maintainer", chart(maintainers="\n  - name: a\n    mail: a@example.com")),
    ("unknown field of a dependency", with_sub(chart(dependencies=DEPENDENCY + "\n    conditions: sub.enabled"))),
    ("field twice", {"Chart.yaml": CHART + "version: 1.1.0\n"}),
    ("name missing", chart(name=None)),
    ("name with a path", chart(name="a/c")),
    ("apiVersion missing", chart(apiVersion=None)),
    ("apiVersion missing with type and dependencies",
     with_sub(chart(apiVersion=None, type="application", dependencies=DEPENDENCY)),
     # They follow from the version that is missing.
     {"chart type is not valid": "chart-api-version-invalid", "dependencies are not valid": "chart-api-version-invalid"}),
    ("apiVersion unknown", chart(apiVersion="v7")),
    ("apiVersion v3", chart(apiVersion="v3")),
    ("version missing", chart(version=None), {"SemVerV2": "chart-version-invalid"}),
    ("version is a number", chart(version="1.2"), {"SemVerV2": "chart-version-invalid"}),
    ("version is an integer", chart(version="3"), {"SemVerV2": "chart-version-invalid"}),
    ("version is none", chart(version="1.2.x"), {"SemVerV2": "chart-version-invalid"}),
    ("version is the least", chart(version="0.0.0-0")),
    ("version with v", chart(version="v1.2.3")),
    ("version of two parts", chart(version='"1.2"')),
    ("appVersion is a number", chart(appVersion="1.10")),
    ("appVersion is a truth value", chart(appVersion="yes")),
    ("appVersion is null", chart(appVersion="~")),
    ("maintainer empty", chart(maintainers=NULL_LIST)),
    ("maintainer without name", chart(maintainers="\n  - email: a@example.com")),
    ("maintainer with a bad email", chart(maintainers="\n  - name: a\n    email: a at example.com")),
    ("maintainer with an email without dots", chart(maintainers="\n  - name: a\n    email: a@localhost")),
    ("maintainer with a bad url", chart(maintainers="\n  - name: a\n    url: example com")),
    ("maintainer with a url of one word", chart(maintainers="\n  - name: a\n    url: example")),
    ("source without scheme", chart(sources="\n  - github.com/a/b")),
    ("source empty", chart(sources='\n  - ""')),
    ("icon missing", chart(icon=None)),
    ("icon is a path", chart(icon="/icon.svg")),
    ("type in v1", chart(apiVersion="v1", type="application")),
    ("type unknown", chart(type="service"), {"validation": "chart-type-invalid"}),
    # Dependencies.
    ("dependencies in v1", with_sub(chart(apiVersion="v1", dependencies=DEPENDENCY))),
    ("dependency missing", chart(dependencies=DEPENDENCY)),
    ("dependency undeclared", with_sub({})),
    ("dependency twice", with_sub(chart(dependencies=DEPENDENCY + DEPENDENCY)),
     {"validation": "chart-dependencies-inconsistent"}),
    ("dependency with a bad alias", with_sub(chart(dependencies=DEPENDENCY + "\n    alias: a.b")),
     {"validation": "chart-dependencies-inconsistent"}),
    ("dependency empty", with_sub(chart(dependencies=NULL_LIST)),
     {"validation": "chart-dependencies-inconsistent"}),
    ("sub-chart without name", with_sub(chart(dependencies=DEPENDENCY), **{"Chart.yaml": "apiVersion: v2\nversion: 1.0.0\n"}),
     {"validation": "render-failed"}),
    ("stray file in charts/", {"charts/README.md": "# text"}, {"unpacking": "render-failed"}),
    # Values.
    ("values missing", {"values.yaml": None, "templates/x.yaml": TEMPLATE.replace(".Values.port", "80")}),
    ("values not YAML", {"values.yaml": "a: b\n c: d\n"}),
    ("values is a list", {"values.yaml": "- a\n"}),
    ("values against the schema", {"values.yaml": 'port: "80"\n', "values.schema.json": SCHEMA}),
    ("values the schema does not know", {"values.yaml": "port: 80\nprot: 80\n", "values.schema.json": SCHEMA}),
    ("values without what the schema wants",
     {"values.schema.json": '{"type": "object", "required": ["host"]}'}),
    # Templates.
    ("templates missing", {"templates/x.yaml": None}),
    ("templates missing, but sub-charts", {**with_sub(chart(dependencies=DEPENDENCY)), "templates/x.yaml": None},
     # An umbrella chart needs none.
     {"directory does not exist": ""}),
    ("templates is a file", {"templates/x.yaml": None, "templates": "text\n"}),
    ("template is JSON", {"templates/x.json": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j"}}\n'}),
    ("template without extension", {"templates/LICENSE": "# text\n"}),
    ("template with an extension in capitals", {"templates/y.YAML": TEMPLATE.replace("name: x", "name: z")}),
    ("template is indented", {"templates/x.yaml": "\n" + "".join("  " + line + "\n" for line in TEMPLATE.splitlines())},
     # helm template says so.
     {"+": "unreadable-document"}),
    ("template is indented by an action", {"templates/x.yaml": "{{ if .Values.port }}\n  \n  {{ end }}a: b\n"
                                           "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"}),
    ("template does not parse", {"templates/x.yaml": "{{ if }}\n"}),
    ("template fails", {"templates/x.yaml": "a: {{ .Values.a.b.c }}\n"}),
    ("template is not YAML", {"templates/x.yaml": TEMPLATE + "a: b: c\n"}),
    ("keep in a list", {"templates/x.yaml": LIST}),
    # CRDs.
    ("crds is a file", {"crds": "text\n"}),
    ("crd of another group", {"crds/c.yaml": CRD.replace("apiextensions.k8s.io/v1", "v1")}),
    ("crd of another kind", {"crds/c.yaml": CRD.replace("CustomResourceDefinition", "Thing")}),
    ("crd is a template", {"crds/c.yaml": CRD + "  labels: {{ .Values.labels }}\n"}),
]


def named(case):
    """name, all files, exceptions"""
    name, changes, *exceptions = case
    files = {**BASE, **changes}
    return name, {path: text for path, text in files.items() if text is not None}, exceptions[0] if exceptions else {}


def write(files, folder):
    folder.mkdir(parents=True)
    for path, text in files.items():
        place = folder / path
        if path.endswith("/"):
            place.mkdir(parents=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def rule_for(message, path, exceptions=None):
    """None: no row of the table fits."""
    for part, rule in (exceptions or {}).items():
        if part in message:
            return rule
    for pattern, rule in ROWS:
        if not re.search(pattern, message):
            continue
        if isinstance(rule, str):
            return rule
        return next((name for prefix, name in rule.items() if prefix in path), None)
    return None
