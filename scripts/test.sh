#!/usr/bin/env bash
# Everything there is, from a fresh clone, on SQLite and on PostgreSQL + Redis + S3. A step that fails does not keep the
# next from running; the last line counts them all together.
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/need.sh
. scripts/services.sh

results=target/test
mkdir -p $results && rm -rf ${results:?}/*
started=$SECONDS

finish() {
  stop_services
  printf '\n%s min %s s\n' $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
  awk -F '\t' '$3 > 0 { printf "failed: %s (%s)\n", $1, $3 }' $results/counts
  awk -F '\t' '{ passed += $2; failed += $3 } END { printf "%d passed, %d failed\n", passed, failed }' $results/counts | tee $results/summary
  # Something passed and nothing failed.
  awk -F '\t' '{ passed += $2; failed += $3 } END { exit !(passed > 0 && failed == 0) }' $results/counts
}
trap 'count interrupted 0 1 0; finish; exit 1' INT TERM

count() { # count NAME PASSED FAILED SECONDS: into a file, for steps run beside each other
  printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>$results/counts
  printf '%s: %s passed, %s failed, %s s\n' "$1" "$2" "$3" "$4"
}

# check NAME COMMAND…: passes or fails as a whole.
check() {
  local name=$1 from=$SECONDS
  shift
  say "$name"
  if "$@"; then count "$name" 1 0 $((SECONDS - from)); else count "$name" 0 1 $((SECONDS - from)); fi
}

# suite NAME REPORT COMMAND…: counted case by case from what the runner leaves: a file, or a folder of them.
suite() {
  local name=$1 report=$2 from=$SECONDS status counts
  shift 2
  say "$name"
  "$@"
  status=$?
  [ ! -d "$report" ] || report="$report/*.xml"
  # shellcheck disable=SC2086
  counts=$(node scripts/tally.mjs "$name" $status $report)
  # shellcheck disable=SC2086
  count "$name" ${counts:-0 1} $((SECONDS - from))
}

tools() {
  local bad=0 tool
  for tool in rust compiler node postgres redis browser fonts python; do need_$tool || { echo "could not get: $tool"; bad=1; }; done
  for dir in backend/console miniprogram tests/browser; do need_npm $dir || bad=1; done
  return $bad
}

services() {
  # Nothing here has to survive a power cut.
  services_in_memory && start_postgres 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' && start_redis && start_s3
}

in_console() { npm --prefix backend/console --silent run "$@"; }
in_miniprogram() { npm --prefix miniprogram --silent run "$@"; }

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --profile ci
  else
    cargo test --workspace --no-fail-fast --lib --bins --tests 2>&1 | tee $results/rust.txt
    return "${PIPESTATUS[0]}"
  fi
}

# Once and before the tests: many that find none would all fetch them.
models() { need_pip && MINGCE__DEMO=true target/debug/mingce models fetch; }

rust_report() { cargo nextest --version >/dev/null 2>&1 && echo target/nextest/ci/junit.xml || echo $results/rust.txt; }

# In one go: programs without their tests need other features, and their dependencies would be built again for them.
built() { cargo build --workspace --bins --tests --benches --quiet; }

# What is built for the tests is linted in the same pass: `cargo clippy` beside it would read everything a second time,
# with all it rests on. What clippy refuses is built without it, so that the tests still run.
lint_and_build() {
  if RUSTC_WORKSPACE_WRAPPER=$(command -v clippy-driver) && CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__; then
    export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS
    built && return
    unset RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS
  fi
  built
  return 1
}

front_ends() {
  check "console: types" in_console typecheck
  check "console: lint" in_console lint
  suite "console: unit tests" $results/console.xml in_console test -- --reporter=default --reporter=junit --outputFile.junit="$PWD/$results/console.xml"
  check "console: build" scripts/front-ends.sh console
  check "mini-program: types" in_miniprogram typecheck
  check "mini-program: lint" in_miniprogram lint
  suite "mini-program: unit tests" $results/miniprogram.xml in_miniprogram test -- --reporter=default --reporter=junit --outputFile.junit="$PWD/$results/miniprogram.xml"
  check "mini-program: both builds, and what they weigh" scripts/front-ends.sh miniprogram
  suite "mini-program: its pages in the simulator" $results/simulate.json in_miniprogram simulate -- --json --outputFile="$PWD/$results/simulate.json"
}

check "tools" tools
check "services: PostgreSQL, Redis, S3" services
check "rust: format" cargo fmt --all --check
# The compiler's last stages leave a core idle: the front ends take what it leaves.
renice_front_ends() { renice -n 19 "$BASHPID" >/dev/null; front_ends; }
renice_front_ends >$results/front-ends.txt 2>&1 &
beside=$!
check "rust: clippy, programs and tests" lint_and_build
wait $beside
cat $results/front-ends.txt
check "models: fetched and converted" models
suite "rust: tests on SQLite and PostgreSQL" "$(rust_report)" rust_tests
check "front ends: types are those of the OpenAPI document" scripts/types.sh --check
suite "browser" $results/browser.xml scripts/browser.sh $results/browser.xml
for setup in embedded grown; do
  suite "schemathesis, $setup" $results/schemathesis-$setup node tests/schemathesis/run.mjs $setup $results/schemathesis-$setup
done
finish
