#!/usr/bin/env bash
# front-ends.sh [console|miniprogram]: builds them, each unless nothing of it is newer than what was built from it.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh

# build FOLDER FILE: FILE is what its build writes last.
build() {
  local folder=$1 built=$1/$2
  if [ -f "$built" ] &&
    [ -z "$(find "$folder" \( -name node_modules -o -name dist \) -prune -o -type f -newer "$built" -print -quit)" ]; then
    return
  fi
  say "$folder"
  need_npm "$folder"
  npm --prefix "$folder" --silent run build
}

[ "${1:-console}" != console ] || build backend/console dist/index.html
[ "${1:-miniprogram}" != miniprogram ] || build miniprogram dist/build/mp-weixin/app.json

# A release embeds the pages, and cargo does not watch their folders; a debug build reads them as it runs.
program=target/release/mingce
[ -f $program ] || exit 0
[ ! backend/console/dist/index.html -nt $program ] || touch backend/src/platform/console.rs
[ ! miniprogram/dist/build/h5/index.html -nt $program ] || touch backend/src/platform/phone/pages.rs
