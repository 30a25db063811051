{{- define "deep" -}}
{{ .Values.no.such.thing }}
{{- end -}}
{{- define "outer" }}{{ include "deep" . }}{{ end -}}
{{- define "self" }}{{ include "self" . }}{{ end -}}
