{{/*
The charts have no manifests of their own: they render base/ and components/, the same files that Kustomize reads, so that the two cannot
say different things. What is here reads them, puts the values in, and merges patches as Kustomize does.
*/}}

{{/*
What a directory's kustomization.yaml names, resources and patches, as a YAML list under "items"; values that are names or addresses are
replaced in the text.
*/}}
{{- define "skerry.read" -}}
{{- $root := .root -}}
{{- $directory := .directory -}}
{{- $kustomization := $root.Files.Get (printf "%s/kustomization.yaml" $directory) | fromYaml -}}
{{- if not $kustomization -}}
  {{- fail (printf "there is no %s" $directory) -}}
{{- end -}}
{{- $files := $kustomization.resources | default list -}}
{{- range $kustomization.patches | default list -}}
  {{- $files = append $files .path -}}
{{- end -}}
{{- $items := list -}}
{{- range $file := without $files "000-namespace.yaml" -}}
  {{- $text := $root.Files.Get (printf "%s/%s" $directory $file) -}}
  {{- range $from, $to := $.replace -}}
    {{- $text = replace $from $to $text -}}
  {{- end -}}
  {{- range $document := splitList "\n---\n" $text -}}
    {{- $item := fromYaml (printf "%s\n" $document) -}}
    {{- if hasKey $item "Error" -}}
      {{- fail (printf "%s: %s" $file $item.Error) -}}
    {{- end -}}
    {{- if $item -}}
      {{- $items = append $items $item -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toYaml (dict "items" $items) -}}
{{- end -}}

{{/* Merges a patch into a resource, in place: maps by key, null takes away, lists of named things by name in core kinds. */}}
{{- define "skerry.merge" -}}
{{- $target := .target -}}
{{- $core := .core -}}
{{- range $key, $value := .patch -}}
  {{- $old := get $target $key -}}
  {{- if kindIs "invalid" $value -}}
    {{- $_ := unset $target $key -}}
  {{- else if and (kindIs "map" $value) (kindIs "map" $old) -}}
    {{- include "skerry.merge" (dict "target" $old "patch" $value "core" $core) -}}
  {{- else if and $core (kindIs "slice" $old) (has $key (list "containers" "env" "volumes" "volumeMounts" "ports")) -}}
    {{- range $item := $value -}}
      {{- $found := dict -}}
      {{- range $existing := get $target $key -}}
        {{- if eq $existing.name $item.name -}}
          {{- $found = $existing -}}
        {{- end -}}
      {{- end -}}
      {{- if $found -}}
        {{- include "skerry.merge" (dict "target" $found "patch" $item "core" $core) -}}
      {{- else -}}
        {{- $_ := set $target $key (append (get $target $key) $item) -}}
      {{- end -}}
    {{- end -}}
  {{- else -}}
    {{- $_ := set $target $key $value -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/* Renders base/ with components, what is there once for each of the sites, and the user's own patches. */}}
{{- define "skerry.render" -}}
{{- $root := .root -}}
{{- $items := (include "skerry.read" (dict "root" $root "directory" "base" "replace" .replace) | fromYaml).items -}}
{{- $patches := list -}}
{{- range $component := .components -}}
  {{- $read := include "skerry.read" (dict "root" $root "directory" (printf "components/%s" $component) "replace" $.replace) | fromYaml -}}
  {{- $patches = concat $patches $read.items -}}
  {{- range $path, $content := $root.Files.Glob (printf "components/%s/dashboards/*.json" $component) -}}
    {{- $name := printf "dashboard-%s" (trimSuffix ".json" (base $path)) -}}
    {{- $metadata := dict "name" $name "labels" (dict "grafana_dashboard" "1") -}}
    {{- $data := dict (base $path) (toString $content) -}}
    {{- $patches = append $patches (dict "apiVersion" "v1" "kind" "ConfigMap" "metadata" $metadata "data" $data) -}}
  {{- end -}}
{{- end -}}
{{- range $site := .sites | default list -}}
  {{- $patches = concat $patches (include "skerry.read" (dict "root" $root "directory" "components/sites" "replace" (dict "site-a" $site)) | fromYaml).items -}}
{{- end -}}
{{- range $patch := concat $patches ($root.Values.patches | default list) -}}
  {{- $found := dict -}}
  {{- range $item := $items -}}
    {{- if and (eq $item.kind $patch.kind) (eq $item.metadata.name $patch.metadata.name) -}}
      {{- $found = $item -}}
    {{- end -}}
  {{- end -}}
  {{- if $found -}}
    {{- include "skerry.merge" (dict "target" $found "patch" $patch "core" (eq $found.apiVersion "apps/v1")) -}}
  {{- else if $patch.apiVersion -}}
    {{- $items = append $items $patch -}}
  {{- else -}}
    {{- fail (printf "patches: there is no %s %s; with an apiVersion it would be added" $patch.kind $patch.metadata.name) -}}
  {{- end -}}
{{- end -}}
{{- range $item := $items -}}
  {{- if has $item.kind (list "Deployment" "StatefulSet") -}}
    {{- range $container := $item.spec.template.spec.containers -}}
      {{- $_ := set $container "image" (printf "%s:%s" (replace "skerry/" (printf "%s/" $root.Values.image.repository) $container.image) $root.Values.image.tag) -}}
    {{- end -}}
  {{- end }}
  {{- if eq $item.kind "KafkaConnect" -}}
    {{- $image := regexReplaceAll ":[^:/]*$" $item.spec.image "" | replace "skerry/" (printf "%s/" $root.Values.image.repository) -}}
    {{- $_ := set $item.spec "image" (printf "%s:%s" $image $root.Values.image.tag) -}}
  {{- end }}
---
{{ toYaml $item }}
{{- end -}}
{{- end -}}
