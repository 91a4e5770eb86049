# Sourced. PostgreSQL, Redis and an S3 server of our own: on free loopback ports, in a folder that goes away, stopped by
# process id. Nothing that was already running on this machine is touched.

SERVICES=
SERVICE_PIDS=()

# Not one that the kernel could give to an outgoing connection before the service listens on it: those are above.
free_port() {
  node -e '(function next() {
    const port = 20000 + Math.floor(Math.random() * 12000), server = require("net").createServer();
    server.once("error", next).listen(port, "127.0.0.1", () => server.close(() => console.log(port)));
  })()'
}

# until_true SECONDS COMMAND…
until_true() {
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ $left -gt 0 ] || { echo "gave up waiting for: $*" >&2; return 1; }
    sleep 0.1
  done
}

# For what need not outlive the run: in memory, where there is room, made databases and files cost next to nothing.
services_in_memory() {
  local free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -1)
  [ "${free:-0}" -gt 4000000 ] || return 0
  SERVICES=$(mktemp -d /dev/shm/mingce-services.XXXXXX) && chmod 755 "$SERVICES" || return 1
  mkdir -m 1777 "$SERVICES/tmp" && export TMPDIR=$SERVICES/tmp
}

services_folder() {
  [ -n "$SERVICES" ] && return 0
  SERVICES=$(mktemp -d "${TMPDIR:-/tmp}/mingce-services.XXXXXX") && chmod 755 "$SERVICES"
}

# PostgreSQL will not run as root, so root lends it the account that Debian's package made.
AS_POSTGRES=(env)
[ "$(id -u)" = 0 ] && AS_POSTGRES=(setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/tmp)

# start_postgres [SETTING=VALUE…]: sets MINGCE_TEST_POSTGRES_URL to a superuser's address.
start_postgres() {
  services_folder
  local bin port data=$SERVICES/postgres setting
  bin=$(postgres_bin) || return 1
  port=$(free_port)
  mkdir -p "$data"
  [ "$(id -u)" = 0 ] && chown postgres "$data"
  "${AS_POSTGRES[@]}" "$bin/initdb" -D "$data" -U mingce -A trust -E UTF8 --locale=C.UTF-8 >"$SERVICES/initdb.log" 2>&1 || { cat "$SERVICES/initdb.log"; return 1; }
  {
    echo "listen_addresses = '127.0.0.1'"
    echo "port = $port"
    echo "unix_socket_directories = ''"
    echo "max_connections = 400"
    for setting in "$@"; do echo "$setting"; done
  } >>"$data/postgresql.conf"
  "${AS_POSTGRES[@]}" "$bin/postgres" -D "$data" >"$SERVICES/postgres.log" 2>&1 &
  SERVICE_PIDS+=($!)
  until_true 30 "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" || { tail "$SERVICES/postgres.log"; return 1; }
  export MINGCE_TEST_POSTGRES_URL=postgres://mingce@127.0.0.1:$port/postgres MINGCE_TEST_POSTGRES_LOG=$SERVICES/postgres.log
}

start_redis() {
  services_folder
  local port
  port=$(free_port)
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$SERVICES" >"$SERVICES/redis.log" 2>&1 &
  SERVICE_PIDS+=($!)
  until_true 15 redis-cli -p "$port" ping || { tail "$SERVICES/redis.log"; return 1; }
  export MINGCE_TEST_REDIS_URL=redis://127.0.0.1:$port
}

# The S3 server takes any key; the bucket `mingce` is there.
start_s3() {
  services_folder
  local port
  port=$(free_port)
  target/venv/bin/moto_server -H 127.0.0.1 -p "$port" >"$SERVICES/s3.log" 2>&1 &
  SERVICE_PIDS+=($!)
  until_true 30 curl -sf -X PUT "http://127.0.0.1:$port/mingce" || { tail "$SERVICES/s3.log"; return 1; }
  export MINGCE_TEST_S3_ENDPOINT=http://127.0.0.1:$port MINGCE_TEST_S3_BUCKET=mingce
}

stop_services() {
  local pid
  # PostgreSQL ends its clients on INT and waits for them on TERM; the others know only TERM.
  for pid in "${SERVICE_PIDS[@]}"; do kill -INT "$pid" 2>/dev/null; kill -TERM "$pid" 2>/dev/null; done
  for pid in "${SERVICE_PIDS[@]}"; do wait "$pid" 2>/dev/null; done
  SERVICE_PIDS=()
  [ -z "$SERVICES" ] || rm -rf "$SERVICES"
  SERVICES=
}
