import { execFile } from "node:child_process";
import { promisify } from "node:util";

// The databases of the test cluster.
export function databases(url) {
  const psql = async (statement) => (await promisify(execFile)("psql", [url, "-qAtc", statement])).stdout.trim();
  return {
    has: async (name) => (await psql(`select 1 from pg_database where datname = '${name}'`)) === "1",
    create: (name, like = "template1") => psql(`create database ${name} template ${like}`),
    drop: (name) => psql(`drop database if exists ${name}`),
    rename: (from, to) => psql(`alter database ${from} rename to ${to}`),
    address(name) {
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
  };
}
