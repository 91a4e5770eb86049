#!/usr/bin/env bash
# browser.sh REPORT [FILE…]: the browser tests against target/debug/mingce, one file at a time.
set -u
cd "$(dirname "$0")/../tests/browser" || exit 1
report=$OLDPWD/${1:?}
shift
[ $# -gt 0 ] || set -- *.test.mjs
node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=junit --test-reporter-destination="$report" "$@"
