#!/usr/bin/env bash
# Record row tables with the real Helm: the given ones, or all of tests/tables/funcs and lang.
# usage: record.sh [-check] [FILE.rows ...]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export TZ=UTC
args=()
if [ "${1:-}" = -check ]; then
  args+=(-check)
  shift
fi
tool=$(mktemp)
trap 'rm -f "$tool"' EXIT
go -C "$here/recorder" build -buildvcs=false -o "$tool" .
if [ $# -eq 0 ]; then
  mapfile -d '' -t tables < <(find "$here/../tables/funcs" "$here/../tables/lang" -name '*.rows' -print0 | sort -z)
  set -- "${tables[@]}"
fi
"$tool" "${args[@]}" "$@"
