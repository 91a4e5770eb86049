#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need_rust && need_node && need_npm backend/console
cargo fmt --all
npm --prefix backend/console --silent run fmt
