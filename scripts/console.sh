#!/usr/bin/env bash
# Builds the console unless nothing of it is newer than what was built from it.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
built=backend/console/dist/index.html
newer() { find backend/console \( -name node_modules -o -name dist \) -prune -o -type f -newer $built -print -quit; }
if [ -f $built ] && [ -z "$(newer)" ]; then exit 0; fi

say "console"
need_npm backend/console
npm --prefix backend/console --silent run build
# The program embeds what was built, and cargo does not watch that folder.
touch backend/src/platform/console.rs
