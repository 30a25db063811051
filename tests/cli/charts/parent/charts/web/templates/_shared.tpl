{{- define "who" }}web{{ end -}}
