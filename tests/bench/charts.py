"""Charts made for the benches, the same bytes in every run.

    write_empty(folder)                  a chart without templates
    write_umbrella(folder, count)        `count` dependencies in charts/, written as the public charts are
    write_crds(folder, megabytes)        a folder crds/ of that size, and one template
    write_big_output(folder, megabytes)  a chart that prints more than that, out of values, files and loops

usage: charts.py FOLDER [COUNT...]   writes all of them (umbrellas of COUNT dependencies) to look at
"""
import sys
from pathlib import Path

from chart_files import chart_yaml, write
from umbrella import write_umbrella

COUNTS = (10, 25, 50, 100)


def write_empty(folder):
    write(folder / "Chart.yaml", chart_yaml("empty"))
    return folder


# --- custom resource definitions ------------------------------------------------------------------------------------

WORDS = ("selector", "template", "endpoint", "interval", "storage", "volume", "replica", "policy", "secret", "metric")


def schema(depth, width, seed, indent):
    """The properties of an object, `depth` levels with `width` keys each, as generated definitions look."""
    lines = []
    for index in range(width):
        word = WORDS[(seed + index * 3 + depth) % len(WORDS)]
        lines += [f"{word}{index}:",
                  f"  description: |-",
                  f"    {word.capitalize()}{index} says how the {WORDS[(seed + index) % len(WORDS)]} of the resource is "
                  "chosen, and",
                  "    what happens when it is left out: the operator's default holds then.",
                  "    More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/"]
        if depth and index % 3 == 0:
            lines += ["  type: object", "  properties:", *schema(depth - 1, width, seed + index + 1, "    ")]
        elif index % 3 == 1:
            lines += ["  type: array", "  items:", "    type: string", "  x-kubernetes-list-type: atomic"]
        else:
            lines += ["  type: string", "  pattern: ^(0|([1-9][0-9]*)(ms|s|m|h)?)$", "  enum:", "  - Always", "  - Never"]
    return [indent + line for line in lines]


def custom_resource_definition(index):
    kind = f"Resource{index}"
    return "\n".join([
        "apiVersion: apiextensions.k8s.io/v1", "kind: CustomResourceDefinition", "metadata:", "  annotations:",
        "    controller-gen.kubebuilder.io/version: v0.19.0", f"  name: {kind.lower()}s.example.com", "spec:",
        "  group: example.com", "  names:", f"    kind: {kind}", f"    listKind: {kind}List",
        f"    plural: {kind.lower()}s", f"    singular: {kind.lower()}", "  scope: Namespaced", "  versions:",
        "  - name: v1", "    served: true", "    storage: true", "    schema:", "      openAPIV3Schema:",
        "        type: object", "        properties:", "          spec:", "            type: object",
        "            properties:", *schema(4, 9, index, " " * 14), ""])


def write_crds(folder, megabytes):
    write(folder / "Chart.yaml", chart_yaml("crds"))
    written = index = 0
    while written < megabytes * 10**6:
        text = custom_resource_definition(index)
        write(folder / f"crds/crd-{index:02}.yaml", text)
        written, index = written + len(text), index + 1
    write(folder / "templates/serviceaccount.yaml",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {{ .Release.Name }}\n")
    return folder


# --- much output ----------------------------------------------------------------------------------------------------

BIG_TEMPLATE = """\
{{- define "big.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .context.Release.Name }}
{{- end -}}
{{- range $index, $service := .Values.services }}
{{- $settings := merge (deepCopy $service) $.Values.defaults }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $service.name }}
  labels: {{- include "big.labels" (dict "name" $service.name "context" $) | nindent 4 }}
spec:
  replicas: {{ $settings.replicas }}
  selector:
    matchLabels: {{- include "big.labels" (dict "name" $service.name "context" $) | nindent 6 }}
  template:
    metadata:
      labels: {{- include "big.labels" (dict "name" $service.name "context" $) | nindent 8 }}
    spec:
      containers:
        - name: main
          image: {{ printf "%s:%s" $settings.image.repository $settings.image.tag | quote }}
          env:
            {{- range $key, $value := $settings.environment }}
            - name: {{ $key | upper }}
              value: {{ tpl $value (dict "name" $service.name "Template" $.Template) | quote }}
            {{- end }}
          resources: {{- toYaml $settings.resources | nindent 12 }}
          volumeMounts: {{- toYaml $settings.mounts | nindent 12 }}
{{- end }}
"""

BIG_FILES_TEMPLATE = """\
{{- range $path, $bytes := .Files.Glob "dashboards/*.json" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ base $path | trimSuffix ".json" }}
data:
  {{ base $path }}: |-
    {{- $.Files.Get $path | fromJson | toPrettyJson | nindent 4 }}
{{- end }}
"""

BIG_DEFAULTS = """\
defaults:
  replicas: 2
  image: {repository: registry.example.com/shop/service, tag: 1.0.0}
  environment:
    service: '{{ .name }}'
    address: http://{{ .name }}:8080/api
    log_level: info
    mode: production
  resources:
    requests: {cpu: 100m, memory: 128Mi}
    limits: {cpu: 500m, memory: 256Mi}
  mounts:
    - {name: config, mountPath: /etc/service, readOnly: true}
    - {name: data, mountPath: /var/lib/service}
    - {name: tmp, mountPath: /tmp}
services:
"""


def dashboard(index):
    panel = ('{{"id": {0}, "type": "timeseries", "title": "Panel {0} of dashboard {1}", "gridPos": {{"x": {2}, "y": {3},'
             ' "w": 12, "h": 8}}, "targets": [{{"expr": "sum(rate(requests_total{{job=\\"service-{1}\\"}}[5m])) by '
             '(code)", "refId": "A", "legendFormat": "{{{{code}}}}"}}], "options": {{"legend": {{"showLegend": true}}}}}}')
    panels = ", ".join(panel.format(one, index, one % 2 * 12, one // 2 * 8) for one in range(30))
    return f'{{"title": "Dashboard {index}", "uid": "dashboard-{index}", "panels": [{panels}]}}\n'


def write_big_output(folder, megabytes):
    """Half of it Deployments, half of it dashboards; somewhat more than asked for, to be on the safe side."""
    write(folder / "Chart.yaml", chart_yaml("big-output"))
    services = int(megabytes * 10**6 * 0.6 / 1500)
    values = BIG_DEFAULTS
    for index in range(services):
        values += f"  - name: service-{index:04}\n    replicas: {1 + index % 5}\n    image: {{tag: 1.{index}.0}}\n"
    write(folder / "values.yaml", values)
    write(folder / "templates/deployments.yaml", BIG_TEMPLATE)
    write(folder / "templates/dashboards.yaml", BIG_FILES_TEMPLATE)
    for index in range(int(megabytes * 10**6 * 0.6 / 19500) + 1):
        write(folder / f"dashboards/dashboard-{index:02}.json", dashboard(index))
    return folder


def write_all(folder, counts=COUNTS):
    """Folder by name. `umbrella-0` is the umbrella without a dependency: what every run of it pays."""
    made = {"empty": write_empty(folder / "empty")}
    for count in (0, *counts):
        made[f"umbrella-{count}"] = write_umbrella(folder / f"umbrella-{count}", count)
    made["crds"] = write_crds(folder / "crds", 4)
    made["big-output"] = write_big_output(folder / "big-output", 2)
    return made


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for made_name, made_folder in write_all(Path(sys.argv[1]), tuple(map(int, sys.argv[2:])) or COUNTS).items():
        print(f"{made_name:<14}{made_folder}")
