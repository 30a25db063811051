{{/*
Name of the application. The parent chart uses an alias, so the chart's name may be in camel case.
*/}}
{{- define "gps.name" -}}
{{- default (kebabcase .Chart.Name) .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name of every object. The values fix it, since pipelines wait for this very Deployment.
*/}}
{{- define "gps.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "gps.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "gps.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Labels that selectors use. They must never change: selectors are immutable.
*/}}
{{- define "gps.selectorLabels" -}}
app.kubernetes.io/name: {{ include "gps.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/*
Labels of pods: those of the selector and those that dashboards group by.
*/}}
{{- define "gps.podLabels" -}}
{{ include "gps.selectorLabels" . }}
app.kubernetes.io/version: {{ include "gps.version" . | quote }}
app.kubernetes.io/component: ingestion
app.kubernetes.io/part-of: tms
{{- end }}

{{- define "gps.labels" -}}
helm.sh/chart: {{ include "gps.chart" . }}
{{ include "gps.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.global.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
Version of the running application as a label value.
*/}}
{{- define "gps.version" -}}
{{- default .Chart.AppVersion .Values.image.tag | trunc 63 | trimAll "-_." }}
{{- end }}

{{- define "gps.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "gps.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "gps.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name is required when serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/*
Secret into which the CSI driver syncs the members of the mounted secrets.
*/}}
{{- define "gps.secretName" -}}
{{- printf "%s-secrets" (include "gps.fullname" .) }}
{{- end }}

{{/*
Variables that come from Secrets Manager, as a YAML list of strings.
*/}}
{{- define "gps.secretVariables" -}}
{{- $names := list }}
{{- range $alias, $object := .Values.secrets.objects }}
{{- with $object.env }}
{{- $names = append $names . }}
{{- end }}
{{- range $object.keys }}
{{- $names = append $names .env }}
{{- end }}
{{- end }}
{{- if ne (len $names) (len (uniq $names)) }}
{{- fail (printf "secrets.objects: a variable is set twice in %s" (join ", " $names)) }}
{{- end }}
{{- toYaml $names }}
{{- end }}

{{/*
Anti-affinity over nodes and zones that selects the pods' own labels, unless a complete affinity is given.
*/}}
{{- define "gps.affinity" -}}
{{- if .Values.affinity }}
{{- toYaml .Values.affinity }}
{{- else }}
{{- $selector := dict "matchLabels" (include "gps.selectorLabels" . | fromYaml) }}
{{- $node := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" $selector }}
{{- $zone := dict "topologyKey" "topology.kubernetes.io/zone" "labelSelector" $selector }}
{{- $preferred := list (dict "weight" 50 "podAffinityTerm" $zone) }}
{{- $antiAffinity := dict }}
{{- if eq .Values.podAntiAffinity "hard" }}
{{- $_ := set $antiAffinity "requiredDuringSchedulingIgnoredDuringExecution" (list $node) }}
{{- else }}
{{- $preferred = prepend $preferred (dict "weight" 100 "podAffinityTerm" $node) }}
{{- end }}
{{- $_ := set $antiAffinity "preferredDuringSchedulingIgnoredDuringExecution" $preferred }}
{{- toYaml (dict "podAntiAffinity" $antiAffinity) }}
{{- end }}
{{- end }}

{{/*
Even spread over nodes and zones, counted per revision so that a rollout stays even as well.
*/}}
{{- define "gps.topologySpreadConstraints" -}}
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- maxSkew: {{ $.Values.topologySpread.maxSkew }}
  topologyKey: {{ . }}
  whenUnsatisfiable: {{ $.Values.topologySpread.whenUnsatisfiable }}
  nodeTaintsPolicy: Honor
  matchLabelKeys:
    - pod-template-hash
  labelSelector:
    matchLabels:
      {{- include "gps.selectorLabels" $ | nindent 6 }}
{{- end }}
{{- end }}

{{/*
Resource attributes of OpenTelemetry, which also label the logs.
*/}}
{{- define "gps.resourceAttributes" -}}
{{- $attributes := list (printf "service.name=%s" (include "gps.fullname" .)) (printf "service.version=%s" (include "gps.version" .)) (printf "deployment.environment=%s" .Values.global.environment) }}
{{- with .Values.global.infrastructure.eksClusterName }}
{{- $attributes = append $attributes (printf "k8s.cluster.name=%s" .) }}
{{- end }}
{{- join "," $attributes }}
{{- end }}
