import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real Redis on a port of its own, that a test may take away and bring back. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
  /** On the same port, empty. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** Undefined where no Redis or Valkey is installed. */
export async function startRedisServer(): Promise<RedisServer | undefined> {
  const command = ["redis-server", "valkey-server"].find(isInstalled);
  if (command === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "merlon-redis-"));
  const port = await freePort();
  let child = await start(command, directory, port);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    restart: async () => {
      await stop();
      child = await start(command, directory, port);
    },
    remove: async () => {
      await stop();
      rmSync(directory, { recursive: true });
    },
  };
}

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function start(command: string, directory: string, port: number): Promise<ChildProcess> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory];
  const child = spawn(command, options, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => {
      if (/ready to accept connections/i.test(text.toString())) resolve();
    });
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}`)));
  });
  return child;
}
