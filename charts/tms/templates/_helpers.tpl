{{- define "tms.name" -}}
{{- .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name of the objects that belong to no single component.
*/}}
{{- define "tms.fullname" -}}
{{- if contains (include "tms.name" .) .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name (include "tms.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "tms.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ include "tms.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: tms
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.global.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
Name of a component's Service, asked from the sub-chart itself. Takes a dict of root and alias.
*/}}
{{- define "tms.serviceName" -}}
{{- $subchart := get .root.Subcharts .alias -}}
{{- if eq .alias "tmsOdoo" -}}
{{ include "odoo.fullname" $subchart }}
{{- else if eq .alias "gpsService" -}}
{{ include "gps.fullname" $subchart }}
{{- else -}}
{{ fail (printf "ingress.endpoints: %q is not a component of this chart" .alias) }}
{{- end }}
{{- end }}

{{/*
Attributes as the load balancer controller reads them: key=value, separated by commas. Numbers are integers here.
*/}}
{{- define "tms.attributes" -}}
{{- $pairs := list }}
{{- range $key, $value := . }}
{{- if kindIs "float64" $value }}
{{- $value = int64 $value }}
{{- end }}
{{- $pairs = append $pairs (printf "%s=%v" $key $value) }}
{{- end }}
{{- join "," $pairs }}
{{- end }}

{{/*
Annotations of the load balancer. They are the same for all members of the group.
*/}}
{{- define "tms.loadBalancerAnnotations" -}}
{{- $prefix := "alb.ingress.kubernetes.io" }}
{{- $certificate := required "ingress.certificateArn is required: the endpoints are served over HTTPS only" .Values.ingress.certificateArn }}
{{- $annotations := dict
  (printf "%s/group.name" $prefix) (tpl .Values.ingress.groupName .)
  (printf "%s/scheme" $prefix) .Values.ingress.scheme
  (printf "%s/target-type" $prefix) "ip"
  (printf "%s/listen-ports" $prefix) (list (dict "HTTP" 80) (dict "HTTPS" 443) | toJson)
  (printf "%s/certificate-arn" $prefix) $certificate
  (printf "%s/ssl-policy" $prefix) .Values.ingress.sslPolicy
  (printf "%s/ssl-redirect" $prefix) "443"
  (printf "%s/backend-protocol" $prefix) "HTTP"
}}
{{- with .Values.ingress.loadBalancerAttributes }}
{{- $_ := set $annotations (printf "%s/load-balancer-attributes" $prefix) (include "tms.attributes" .) }}
{{- end }}
{{- with .Values.ingress.webAclArn }}
{{- $_ := set $annotations (printf "%s/wafv2-acl-arn" $prefix) . }}
{{- end }}
{{- with .Values.ingress.inboundCidrs }}
{{- $_ := set $annotations (printf "%s/inbound-cidrs" $prefix) (join "," .) }}
{{- end }}
{{- toYaml $annotations }}
{{- end }}
