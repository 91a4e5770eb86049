#!/usr/bin/env bash
# The console's types from the program's own OpenAPI document. `--check` changes nothing and fails when they differ.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_npm backend/console
document=tests/openapi.json
types=backend/console/src/api/schema.d.ts
generate() { backend/console/node_modules/.bin/openapi-typescript "$document" -o "$1"; }

if [ "${1:-}" = --check ]; then
  fresh=$(mktemp --suffix=.d.ts)
  trap 'rm -f "$fresh"' EXIT
  generate "$fresh" >/dev/null
  diff -u "$types" "$fresh" | head -60 || true
  cmp -s "$types" "$fresh" || { echo "$types is not what $document says: run scripts/types.sh" >&2; exit 1; }
else
  generate "$types"
fi
