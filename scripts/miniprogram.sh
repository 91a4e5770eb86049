#!/usr/bin/env bash
# Builds both targets of the mini-program unless nothing of it is newer than what was built from it.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
built=miniprogram/dist/build/mp-weixin/app.json
newer() { find miniprogram \( -name node_modules -o -name dist \) -prune -o -type f -newer $built -print -quit; }
if [ -f $built ] && [ -f miniprogram/dist/build/h5/index.html ] && [ -z "$(newer)" ]; then exit 0; fi

say "mini-program and its pages"
need_npm miniprogram
npm --prefix miniprogram --silent run build
# The program embeds the pages, and cargo does not watch that folder.
for embeds in backend/src/platform/console.rs backend/src/platform/phone/pages.rs; do [ ! -f $embeds ] || touch $embeds; done
