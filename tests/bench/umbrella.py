"""An umbrella chart of any number of dependencies, written as public charts are: each brings a library along, has seven
templates, calls include and tpl within tpl; the umbrella sets conditions, tags, aliases and import-values.
"""
from chart_files import chart_yaml, write

# The library that every dependency brings along, as the dependencies of public charts do. `common.chain` is tpl in
# tpl: each level renders a text of the values that asks for the next one.
LIBRARY = """\
{{- define "common.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "common.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "common.labels.matchLabels" -}}
app.kubernetes.io/name: {{ include "common.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "common.labels" -}}
{{ include "common.labels.matchLabels" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | quote }}
{{- end }}
{{- with .Values.commonLabels }}
{{ include "common.render" (dict "value" . "context" $) }}
{{- end }}
{{- end -}}

{{/* A value that may be a template, as a text. Parameters: value, context */}}
{{- define "common.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) -}}
{{- if contains "{{" $value -}}
{{- tpl $value .context -}}
{{- else -}}
{{- $value -}}
{{- end -}}
{{- end -}}

{{/* Parameters: depth, context */}}
{{- define "common.chain" -}}
{{- if gt (int .depth) 0 -}}
{{- $next := dict "depth" (sub .depth 1) "context" .context -}}
{{- tpl .context.Values.chain (merge (dict "next" $next) .context) -}}
{{- else -}}
{{- tpl .context.Values.leaf .context -}}
{{- end -}}
{{- end -}}

{{- define "common.image" -}}
{{- $registry := default .image.registry ((.global).imageRegistry) -}}
{{- $tag := .image.tag | toString -}}
{{- if .image.digest -}}
{{- printf "%s/%s@%s" $registry .image.repository .image.digest -}}
{{- else -}}
{{- printf "%s/%s:%s" $registry .image.repository $tag -}}
{{- end -}}
{{- end -}}

{{- define "common.affinity" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 1
      podAffinityTerm:
        topologyKey: {{ default "kubernetes.io/hostname" .topologyKey }}
        labelSelector:
          matchLabels: {{- include "common.labels.matchLabels" .context | nindent 12 }}
{{- end -}}
"""

TEMPLATES = {
    "deployment.yaml": """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "common.labels" . | nindent 4 }}
  {{- with .Values.commonAnnotations }}
  annotations: {{- include "common.render" (dict "value" . "context" $) | nindent 4 }}
  {{- end }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels: {{- include "common.labels.matchLabels" . | nindent 6 }}
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}
        chain: {{ include "common.chain" (dict "depth" .Values.chainDepth "context" .) | quote }}
      labels: {{- include "common.labels" . | nindent 8 }}
    spec:
      serviceAccountName: {{ include "common.fullname" . }}
      {{- with .Values.podSecurityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      affinity: {{- include "common.affinity" (dict "context" .) | nindent 8 }}
      containers:
        - name: {{ .Chart.Name }}
          image: {{ include "common.image" (dict "image" .Values.image "global" .Values.global) | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          {{- with .Values.containerSecurityContext }}
          securityContext: {{- toYaml . | nindent 12 }}
          {{- end }}
          env:
            {{- range $name, $value := .Values.environment }}
            - name: {{ $name | upper | replace "-" "_" }}
              value: {{ include "common.render" (dict "value" $value "context" $) | quote }}
            {{- end }}
            {{- with .Values.extraEnv }}
            {{- include "common.render" (dict "value" . "context" $) | nindent 12 }}
            {{- end }}
          ports:
            {{- range .Values.service.ports }}
            - name: {{ .name }}
              containerPort: {{ .targetPort | default .port }}
              protocol: {{ .protocol | default "TCP" }}
            {{- end }}
          {{- range $probe := list "liveness" "readiness" "startup" }}
          {{- $settings := index $.Values.probes $probe }}
          {{- if $settings.enabled }}
          {{ $probe }}Probe: {{- toYaml (omit $settings "enabled") | nindent 12 }}
          {{- end }}
          {{- end }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts:
            - name: config
              mountPath: /etc/{{ .Chart.Name }}
              readOnly: true
      volumes:
        - name: config
          configMap:
            name: {{ include "common.fullname" . }}
""",
    "configmap.yaml": """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
data:
  settings.yaml: |- {{- include "common.render" (dict "value" .Values.settings "context" $) | nindent 4 }}
  {{- range $index, $line := .Values.lines }}
  {{ printf "line-%02d" $index }}: {{ tpl $line $ | quote }}
  {{- end }}
""",
    "service.yaml": """\
apiVersion: v1
kind: Service
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  {{- if and (eq .Values.service.type "ClusterIP") .Values.service.clusterIP }}
  clusterIP: {{ .Values.service.clusterIP }}
  {{- end }}
  ports:
    {{- range .Values.service.ports }}
    - name: {{ .name }}
      port: {{ .port }}
      targetPort: {{ .name }}
      protocol: {{ .protocol | default "TCP" }}
    {{- end }}
  selector: {{- include "common.labels.matchLabels" . | nindent 4 }}
""",
    "ingress.yaml": """\
{{- if .Values.ingress.enabled }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
  {{- if or .Values.ingress.annotations .Values.commonAnnotations }}
  annotations:
    {{- $annotations := mergeOverwrite (deepCopy .Values.commonAnnotations) .Values.ingress.annotations }}
    {{- include "common.render" (dict "value" $annotations "context" $) | nindent 4 }}
  {{- end }}
spec:
  rules:
    {{- range .Values.ingress.hosts }}
    - host: {{ tpl .host $ | quote }}
      http:
        paths:
          {{- range .paths }}
          - path: {{ . }}
            pathType: Prefix
            backend:
              service:
                name: {{ include "common.fullname" $ }}
                port:
                  name: {{ (first $.Values.service.ports).name }}
          {{- end }}
    {{- end }}
{{- end }}
""",
    "hpa.yaml": """\
{{- if .Values.autoscaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "common.fullname" . }}
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
  metrics:
    {{- range $resource, $target := .Values.autoscaling.targets }}
    - type: Resource
      resource:
        name: {{ $resource }}
        target:
          type: Utilization
          averageUtilization: {{ $target }}
    {{- end }}
{{- end }}
""",
    "serviceaccount.yaml": """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
automountServiceAccountToken: false
""",
    "networkpolicy.yaml": """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "common.fullname" . }}
  labels: {{- include "common.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "common.labels.matchLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - ports:
        {{- range .Values.service.ports }}
        - port: {{ .targetPort | default .port }}
        {{- end }}
      {{- with .Values.networkPolicy.from }}
      from: {{- tpl (toYaml .) $ | nindent 8 }}
      {{- end }}
""",
}

DEPENDENCY_VALUES = """\
global: {{}}
nameOverride: ""
fullnameOverride: ""
commonLabels:
  team: '{{{{ .Values.team }}}}'
commonAnnotations:
  part-of: '{{{{ .Release.Name }}}}'
team: team-{team}
replicaCount: {replicas}
image:
  registry: registry.example.com
  repository: shop/{name}
  tag: 1.{index}.0
  digest: ""
  pullPolicy: IfNotPresent
podSecurityContext:
  fsGroup: 1001
  fsGroupChangePolicy: Always
containerSecurityContext:
  runAsUser: 1001
  runAsNonRoot: true
  readOnlyRootFilesystem: true
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
environment:
  log-level: info
  service-name: '{{{{ include "common.fullname" . }}}}'
  peer: http://{{{{ .Release.Name }}}}-peer:{{{{ (first .Values.service.ports).port }}}}
  queue: '{{{{ .Values.settings.queue.name }}}}'
  threads: {threads}
extraEnv:
  - name: POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
  - name: PEER_SECRET
    valueFrom:
      secretKeyRef:
        name: '{{{{ include "common.fullname" . }}}}-peer'
        key: token
service:
  type: ClusterIP
  clusterIP: ""
  ports:
    - name: http
      port: {port}
      targetPort: 8080
    - name: metrics
      port: 9090
probes:
  liveness:
    enabled: true
    httpGet:
      path: /live
      port: http
    periodSeconds: 10
  readiness:
    enabled: true
    httpGet:
      path: /ready
      port: http
    periodSeconds: 5
  startup:
    enabled: false
resources:
  requests:
    cpu: 100m
    memory: 128Mi
  limits:
    memory: 256Mi
ingress:
  enabled: {ingress}
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
  hosts:
    - host: '{{{{ .Chart.Name }}}}.{{{{ .Values.global.domain | default "example.com" }}}}'
      paths: [/, /api]
autoscaling:
  enabled: {autoscaling}
  minReplicas: 2
  maxReplicas: 10
  targets:
    cpu: 70
    memory: 80
networkPolicy:
  from:
    - podSelector:
        matchLabels:
          app.kubernetes.io/instance: '{{{{ .Release.Name }}}}'
settings:
  queue:
    name: orders-{index}
    workers: {threads}
  database:
    host: '{{{{ .Release.Name }}}}-database'
    pool: {{min: 1, max: 20}}
  features: [search, checkout, returns]
  retries: 3
lines:
  - '{{{{ include "common.name" . }}}} listens on {{{{ len .Values.service.ports }}}} ports'
  - 'of {{{{ .Release.Name }}}} in {{{{ .Release.Namespace }}}}'
  - plain text
chainDepth: 6
chain: '{{{{ .Chart.Name }}}}/{{{{ include "common.chain" .next }}}}'
leaf: '{{{{ .Values.team | upper }}}}'
exports:
  defaults:
    shared{index}:
      endpoint: {name}:{port}
data:
  report:
    interval: {threads}m
"""


def write_dependency(folder, name, index):
    write(folder / "Chart.yaml",
          chart_yaml(name, "dependencies:\n  - name: common\n    version: 1.x.x\n    repository: file://../common\n"))
    write(folder / "values.yaml", DEPENDENCY_VALUES.format(
        name=name, index=index, team=index % 7, replicas=1 + index % 3, threads=2 + index % 5, port=8000 + index,
        ingress=str(index % 2 == 0).lower(), autoscaling=str(index % 3 == 0).lower()))
    for template, text in TEMPLATES.items():
        write(folder / "templates" / template, text)
    write(folder / "charts/common/Chart.yaml", chart_yaml("common", "type: library\n"))
    write(folder / "charts/common/values.yaml", "exampleValue: common-chart\n")
    write(folder / "charts/common/templates/_common.tpl", LIBRARY)


def dependency_rows(count):
    """(name of the chart, alias or None) of each: every fifth one is its predecessor once more, under an alias."""
    rows = []
    for index in range(count):
        name = f"service-{index:03}"
        rows.append((f"service-{index - 1:03}", f"again-{index:03}") if index % 5 == 4 else (name, None))
    return rows


def write_umbrella(folder, count):
    dependencies, values = "dependencies:\n", "global:\n  domain: shop.example\ntags:\n  optional: false\n"
    for index, (name, alias) in enumerate(dependency_rows(count)):
        key = alias or name
        dependencies += f"  - name: {name}\n    version: 1.0.0\n    repository: https://charts.example.com\n"
        dependencies += f"    condition: {key}.enabled\n    tags: [optional]\n"
        dependencies += f"    alias: {alias}\n" if alias else ""
        dependencies += "    import-values:\n      - defaults\n      - child: data.report\n"
        dependencies += f"        parent: reports.{key}\n"
        values += f"{key}:\n  enabled: {str(index % 10 != 7).lower()}\n  replicaCount: {1 + index % 4}\n"
        if not alias:
            write_dependency(folder / "charts" / name, name, index)
    write(folder / "Chart.yaml", chart_yaml("umbrella", dependencies))
    write(folder / "values.yaml", values)
    write(folder / "templates/reports.yaml", """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-reports
data:
  reports.yaml: |- {{- toYaml .Values.reports | nindent 4 }}
  endpoints: {{ range $key, $value := .Values }}{{ if hasPrefix "shared" $key }}{{ $value.endpoint }} {{ end }}{{ end }}
""")
    return folder
