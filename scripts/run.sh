#!/usr/bin/env bash
# Builds what has changed, fills the demo district (once; again does nothing) and serves it on SQLite in ./data.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_rust && need_compiler && need_node

# True when nothing of the console is newer than what was built from it.
console_is_built() {
  [ -f backend/console/dist/index.html ] && [ -z "$(
    find backend/console \( -name node_modules -o -name dist \) -prune -o -type f -newer backend/console/dist/index.html -print -quit
  )" ]
}

if ! console_is_built; then
  say "console"
  need_npm backend/console
  npm --prefix backend/console --silent run build
  # The program embeds what was built, and cargo does not watch that folder.
  touch backend/src/platform/console.rs
fi
cargo build --release --quiet

export MINGCE__DEMO=${MINGCE__DEMO:-true}
target/release/mingce demo
exec target/release/mingce all
