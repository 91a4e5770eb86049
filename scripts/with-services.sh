#!/usr/bin/env bash
# with-services.sh COMMAND…: runs it with a PostgreSQL, a Redis and an S3 server of its own, as `make test` does.
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/need.sh
. scripts/services.sh
trap stop_services EXIT
need_postgres && need_redis && need_python || exit 1
services_in_memory && start_postgres 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' && start_redis && start_s3 || exit 1
"$@"
