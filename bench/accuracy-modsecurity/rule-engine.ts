import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/** A running nginx with ModSecurity and the OWASP CRS in front of a server that answers 200. */
export interface RuleEngine {
  readonly port: number;
  stop(): Promise<void>;
}

const nginx = "/usr/sbin/nginx";
const module = "/usr/share/nginx/modules/ngx_http_modsecurity_module.so";
const engine = "/etc/nginx/modsecurity.conf";
const setupOfDebian = "/etc/modsecurity/crs/crs-setup.conf";
const rulesOfDebian = "/usr/share/modsecurity-crs/rules";

export interface RuleEngineOptions {
  /** Where configuration and temporary files go. */
  readonly directory: string;
  /** A folder with `crs-setup.conf` and `rules/`, for another version than Debian's. */
  readonly ruleSet?: string;
}

/** What is not installed, of what a run needs. */
export function missingParts({ ruleSet }: Pick<RuleEngineOptions, "ruleSet">): readonly string[] {
  const needed =
    ruleSet === undefined ? [setupOfDebian, rulesOfDebian] : [`${ruleSet}/crs-setup.conf`];
  return [nginx, module, engine, ...needed].filter((path) => !existsSync(path));
}

/** Starts it on a free port of the loopback interface. */
export async function startRuleEngine(options: RuleEngineOptions): Promise<RuleEngine> {
  const port = await freePort();
  const file = writeConfiguration(options, port);
  const child = spawn(nginx, ["-c", file, "-e", join(options.directory, "error.log")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await connectable(port, child);
  return { port, stop: () => stopped(child) };
}

function writeConfiguration({ directory, ruleSet }: RuleEngineOptions, port: number): string {
  mkdirSync(directory, { recursive: true });
  const setup = ruleSet === undefined ? setupOfDebian : `${ruleSet}/crs-setup.conf`;
  const rules = ruleSet === undefined ? rulesOfDebian : `${ruleSet}/rules`;
  const settings = [
    `Include ${engine}`,
    "SecRuleEngine On",
    "SecAuditEngine Off",
    `Include ${setup}`,
    // Without this every PUT, PATCH and DELETE would be refused for its method.
    `SecAction "id:900200,phase:1,nolog,pass,t:none,setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT PATCH DELETE'"`,
    `Include ${rules}/*.conf`,
  ];
  writeFileSync(join(directory, "modsecurity.conf"), settings.join("\n"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${directory}/${kind};`)
    .join(" ");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const file = join(directory, "nginx.conf");
  // Behind the rules stands a server of its own: they read bodies only where one is passed on.
  writeFileSync(
    file,
    `load_module ${module};
${user} worker_processes 2; daemon off; pid ${directory}/pid; error_log ${directory}/error.log crit;
events { worker_connections 512; }
http { access_log off; ${temporary} large_client_header_buffers 8 64k; client_max_body_size 16m;
server { listen unix:${directory}/behind.sock; location / { return 200 'ok'; } }
server { listen 127.0.0.1:${port}; modsecurity on; modsecurity_rules_file ${directory}/modsecurity.conf;
  location / { proxy_pass http://unix:${directory}/behind.sock; proxy_set_header Host $http_host; } } }
`,
  );
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

const startMsMax = 30_000;

async function connectable(port: number, child: ChildProcess): Promise<void> {
  const endMs = Date.now() + startMsMax;
  while (Date.now() < endMs) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nginx did not listen within ${startMsMax} ms`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    if (!child.kill("SIGTERM")) resolve();
  });
}
