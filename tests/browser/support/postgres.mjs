import { execFile } from "node:child_process";
import { promisify } from "node:util";

// Makes an empty database on the test cluster and returns its address.
export async function createDatabase(cluster, name) {
  await promisify(execFile)("psql", [cluster, "-qc", `create database ${name}`]);
  const address = new URL(cluster);
  address.pathname = `/${name}`;
  return address.href;
}
