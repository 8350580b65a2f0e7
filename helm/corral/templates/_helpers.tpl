{{- define "corral.name" -}}{{ .Release.Name | trunc 30 | trimSuffix "-" }}{{- end }}

{{- define "corral.selector" -}}
app.kubernetes.io/name: corral
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "corral.labels" -}}
{{ include "corral.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "corral.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "corral.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "corral.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "corral.file" -}}
{{- if hasPrefix "classpath:" .file }}{{ .file }}{{ else }}/models/{{ .file }}{{ end }}
{{- end }}

{{- /* What application.yml says of one model: its settings and where its file is. */ -}}
{{- define "corral.model" -}}
{{- toYaml (merge (dict "file" (include "corral.file" .)) (.settings | default dict)) }}
{{- end }}

{{- define "corral.workerKey" -}}
- name: CORRAL_WORKERS_KEY
  valueFrom: {secretKeyRef: {name: {{ .Values.workers.keySecret.name }}, key: {{ .Values.workers.keySecret.key }}}}
{{- end }}

{{- /* Fetches a model's file unless it is there and whole; a damaged or foreign one is fetched again. Takes root, name and model. */ -}}
{{- define "corral.download" -}}
- name: download-{{ .name }}
  image: {{ .root.Values.download.image }}
  command: [sh, -ec]
  args:
    - |
      check() { echo "$SHA256  $1" | sha256sum -c -s -; }
      if [ -f "$FILE" ] && check "$FILE"; then exit 0; fi
      if [ -n "${AUTHORIZATION:-}" ]; then set -- --header "Authorization: $AUTHORIZATION"; fi
      curl --fail --location --proto '=https' --proto-redir '=https' --retry 5 --silent --show-error "$@" --output "$FILE.part" "$URL"
      check "$FILE.part" || { rm -f "$FILE.part"; echo "The file's SHA-256 is not $SHA256" >&2; exit 1; }
      mv "$FILE.part" "$FILE"
  env:
    - {name: FILE, value: {{ printf "/models/%s" .model.file | quote }}}
    - {name: URL, value: {{ .model.download.url | quote }}}
    - {name: SHA256, value: {{ .model.download.sha256 | quote }}}
    {{- with .root.Values.download.authorizationSecret }}
    {{- if .name }}
    - name: AUTHORIZATION
      valueFrom: {secretKeyRef: {name: {{ .name }}, key: {{ .key }}}}
    {{- end }}
    {{- end }}
  securityContext:
    {{- include "corral.containerSecurity" .root | nindent 4 }}
  resources:
    requests: {cpu: 100m, memory: 64Mi}
    limits: {memory: 256Mi}
  volumeMounts:
    - {name: models, mountPath: /models}
{{- end }}

{{- define "corral.validate" -}}
{{- if and (eq .Values.mode "split") (not .Values.models) }}
{{- fail "models is empty: the mode split needs a model for workers to serve" }}
{{- end }}
{{- if and (eq .Values.mode "split") (not .Values.workers.keySecret.name) }}
{{- fail "workers.keySecret.name is missing: in the mode split gateways and workers know each other by a key" }}
{{- end }}
{{- if and (not .Values.access.existingSecret) (not .Values.access.open) }}
{{- fail "access.existingSecret is missing: name a secret with API keys, or set access.open to true to let everybody in" }}
{{- end }}
{{- $several := or (gt (int .Values.gateway.replicas) 1) .Values.gateway.autoscaling.enabled }}
{{- if and $several (not .Values.store.url) }}
{{- fail "store.url is missing: several gateways need a PostgreSQL that they share" }}
{{- end }}
{{- if and $several (eq .Values.mode "single") }}
{{- fail "gateway.replicas is more than 1 in the mode single: use the mode split" }}
{{- end }}
{{- range $name, $model := .Values.models }}
{{- if and $model.download (hasPrefix "classpath:" $model.file) }}
{{- fail (printf "models.%s has both a download and a file of the classpath" $name) }}
{{- end }}
{{- end }}
{{- end }}
