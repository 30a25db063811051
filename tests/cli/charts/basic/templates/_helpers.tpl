{{- define "basic.name" -}}
{{ .Release.Name }}-{{ .Chart.Name }}
{{- end -}}
