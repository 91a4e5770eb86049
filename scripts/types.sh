#!/usr/bin/env bash
# The OpenAPI document from the program itself, and the front ends' types from that. `--check` changes nothing and fails
# when either differs from what is kept.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_npm backend/console
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
# As `make test` builds it: with other features its dependencies would be built again.
cargo build --quiet --workspace --bins --tests
target/debug/mingce openapi >"$fresh/openapi.json"
backend/console/node_modules/.bin/openapi-typescript "$fresh/openapi.json" -o "$fresh/schema.d.ts" >/dev/null

status=0
for pair in openapi.json:tests/openapi.json schema.d.ts:backend/console/src/api/schema.d.ts schema.d.ts:miniprogram/src/api/schema.d.ts; do
  new=$fresh/${pair%%:*} kept=${pair#*:}
  if [ "${1:-}" != --check ]; then
    cp "$new" "$kept"
  elif ! cmp -s "$new" "$kept"; then
    diff -u "$kept" "$new" | head -40 || true
    echo "$kept is not up to date: run scripts/types.sh" >&2
    status=1
  fi
done
exit $status
