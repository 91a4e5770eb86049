#!/usr/bin/env bash
# The figures of README's table. PostgreSQL is a real one that flushes to disk; its log is where the peers' SQL is from.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
. scripts/services.sh
need_rust && need_compiler && need_node && need_postgres && need_redis && need_browser && need_python
need_npm tests/browser
scripts/front-ends.sh
trap stop_services EXIT
start_redis
start_postgres "log_line_prefix = '@ '" 'shared_buffers = 512MB' 'max_wal_size = 4GB'

printf '%s, %s cores, %s GB, %s, %s\n' "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs)" "$(nproc)" \
  "$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" "$(uname -sr)" "$(rustc --version)"
cargo bench --quiet --bench figures
cargo bench --quiet --bench terminals

say "phones"
cargo build --quiet --release -p mingce
cargo build --quiet --release -p synthetic-cards
need_pip && MINGCE__DEMO=true target/release/mingce models fetch
MINGCE_BINARY=$PWD/target/release/mingce MINGCE_CARDS=$PWD/target/release/synthetic-cards node tests/browser/phone-figures.mjs

say "ID cards and faces"
need_fonts && need_vision_peer
export MINGCE_BENCH_PYTHON=$PWD/target/venv-vision/bin/python
MINGCE_BENCH_PORTRAIT=$($MINGCE_BENCH_PYTHON -c 'import os, skimage; print(os.path.join(os.path.dirname(skimage.__file__), "data", "astronaut.png"))')
export MINGCE_BENCH_PORTRAIT
cargo bench --quiet -p vision --bench vision

# Kills take longer than figures and must not be among them.
say "500 kills under load"
MINGCE_FAULT_KILLS=170 cargo test --quiet --test integration gateway::faults
