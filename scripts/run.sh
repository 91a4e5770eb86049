#!/usr/bin/env bash
# Builds what has changed, fills the demo district (once; again does nothing) and serves it on SQLite in ./data.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_rust && need_compiler && need_node
scripts/front-ends.sh
say "program (the first build takes some minutes)"
cargo build --release

export MINGCE__DEMO=${MINGCE__DEMO:-true}
say "networks that read ID cards and check faces"
{ need_pip && target/release/mingce models fetch; } || echo "without them everything is typed"
target/release/mingce demo
exec target/release/mingce all
