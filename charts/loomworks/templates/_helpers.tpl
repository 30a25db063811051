{{/*
Objects have fixed names (odoo, postgres, ...), since clients reach the database as postgres-0.postgres:
one release for each namespace.
*/}}
{{- define "loomworks.selectorLabels" -}}
app.kubernetes.io/name: {{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "loomworks.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "loomworks.selectorLabels" . }}
app.kubernetes.io/part-of: loomworks
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
Name, namespace and labels of an object. Takes a dict of root, component and, if it differs, name.
*/}}
{{- define "loomworks.metadata" -}}
name: {{ .name | default .component }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "loomworks.labels" . | nindent 2 }}
{{- end }}

{{- define "loomworks.image" -}}
{{- $tag := .image.tag | default .default | required (printf "a tag or digest for %s is required" .image.repository) }}
{{- if .image.digest }}
{{- printf "%s@%s" .image.repository .image.digest }}
{{- else }}
{{- printf "%s:%s" .image.repository $tag }}
{{- end }}
{{- end }}

{{/*
Scalar as the programs in the containers read it: True, 2147483648, 0.9, text.
*/}}
{{- define "loomworks.scalar" -}}
{{- if kindIs "bool" . }}{{ ternary "True" "False" . }}{{ else if kindIs "string" . }}{{ . }}{{ else }}{{ toJson . }}{{ end }}
{{- end }}

{{- define "loomworks.credentialsSecret" -}}
{{- .Values.postgres.auth.existingSecret | default "postgres-credentials" }}
{{- end }}

{{/*
Changes with the credentials, as far as the chart can see them, and with the rotation marker.
*/}}
{{- define "loomworks.credentialsChecksum" -}}
{{- $manifest := include (print .Template.BasePath "/postgres/credentials.yaml") . }}
{{- list (include "loomworks.credentialsSecret" .) .Values.postgres.auth.rotation $manifest | join "\n" | sha256sum }}
{{- end }}

{{/*
Variables with user and password. Takes a dict of root, user and password (names of the variables).
*/}}
{{- define "loomworks.credentialsEnv" -}}
{{- $secret := include "loomworks.credentialsSecret" .root -}}
{{- range $key, $variable := dict "username" .user "password" .password }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $key }}
{{- end }}
{{- end }}

{{- define "loomworks.imagePullSecrets" -}}
{{- with .Values.imagePullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
Security contexts of the restricted Pod Security Standard.
*/}}
{{- define "loomworks.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "loomworks.containerSecurityContext" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/*
Spec of a claim or claim template. Takes a dict of mode, size and class.
*/}}
{{- define "loomworks.claimSpec" -}}
accessModes:
  - {{ .mode }}
{{- with .class }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- end }}

{{/*
Peers and rules that several NetworkPolicies share.
*/}}
{{- define "loomworks.prometheusPeer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .Values.monitoring.namespace }}
  podSelector:
    matchLabels:
      {{- toYaml .Values.monitoring.podLabels | nindent 6 }}
{{- end }}

{{- define "loomworks.dnsEgress" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end }}

{{- define "loomworks.databaseEgress" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "loomworks.selectorLabels" (dict "root" . "component" "postgres") | nindent 10 }}
  ports:
    - port: 5432
      protocol: TCP
{{- end }}
