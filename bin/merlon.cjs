#!/usr/bin/env node
// Old JavaScript on purpose: this file must run on whatever Node a machine has.
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { constants } = require("node:os");
const { dirname, join } = require("node:path");
const { pathToFileURL } = require("node:url");

// The published package has no sources; a checkout runs them, so that an old build never does.
const source = join(__dirname, "../src/cli.ts");
const entry = existsSync(source) ? source : join(__dirname, "../dist/src/cli.js");
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  import(pathToFileURL(entry).href);
} else {
  runWithBundledNode();
}

function runWithBundledNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = platform === "win" ? "node.exe" : "node";
  let node;
  try {
    const folder = dirname(require.resolve(`node-${platform}-${process.arch}/package.json`));
    node = join(folder, "bin", name);
  } catch {
    console.error(`Merlon needs Node 22.19 or newer; this is ${process.versions.node}.`);
    process.exit(2);
  }
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => {
    process.exitCode = code === null ? 128 + constants.signals[signal] : code;
  });
}
