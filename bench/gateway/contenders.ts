import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** The core that whatever is measured runs on, and the one that loads and answers it. */
const MEASURED_CORE = "0";
export const OTHER_CORE = "1";

const ports = {
  upstream: 19_801,
  nginx: 19_802,
  modsecurity: 19_803,
  merlon: 19_804,
  console: 19_805,
};

const ruleSet = {
  engine: "/etc/nginx/modsecurity.conf",
  setup: "/etc/modsecurity/crs/crs-setup.conf",
  rules: "/usr/share/modsecurity-crs/rules",
  module: "/usr/share/nginx/modules/ngx_http_modsecurity_module.so",
};

export interface Contender {
  readonly name: "upstream" | "nginx" | "modsecurity" | "merlon";
  readonly port: number;
  readonly pid: number;
}

export interface Contenders {
  readonly measured: readonly Contender[];
  readonly upstream: Contender;
  stop(): Promise<void>;
}

/** Starts the upstream and everything that is compared in front of it, each on its core. */
export async function startContenders(directory: string): Promise<Contenders> {
  const processes: ChildProcess[] = [];
  const started = (name: Contender["name"], child: ChildProcess): Contender => {
    processes.push(child);
    return { name, port: ports[name], pid: child.pid ?? 0 };
  };
  const upstream = started(
    "upstream",
    startNginx(directory, "upstream", OTHER_CORE, upstreamServer),
  );
  const plain = startNginx(directory, "nginx", MEASURED_CORE, proxyServer(ports.nginx, ""));
  const measured = [started("nginx", plain)];
  if (Object.values(ruleSet).every(existsSync)) {
    measured.push(started("modsecurity", startModsecurity(directory)));
  } else {
    console.log("nginx + ModSecurity + CRS left out: its Debian packages are not installed.");
  }
  measured.push(started("merlon", startMerlon(directory)));
  for (const { port } of [upstream, ...measured]) await connectable(port);
  return {
    measured,
    upstream,
    stop: async () => {
      await Promise.all(processes.map(ended));
    },
  };
}

const answer = JSON.stringify({
  id: 12,
  name: "Garden chair",
  price: 49.5,
  tags: ["garden", "furniture"],
  description: "A chair of larch wood for any weather.",
});

const upstreamServer = `server { listen 127.0.0.1:${ports.upstream} reuseport;
  location / { default_type application/json; return 200 '${answer}'; } }`;

/** With kept-alive connections to the upstream: without them nginx would look worse than it is. */
function proxyServer(port: number, extra: string): string {
  return `upstream api { server 127.0.0.1:${ports.upstream}; keepalive 128; keepalive_requests 10000000; }
server { listen 127.0.0.1:${port}; ${extra}
  location / { proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection "";
    proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }`;
}

function startModsecurity(directory: string): ChildProcess {
  const rules = join(directory, "modsecurity.conf");
  writeFileSync(
    rules,
    [
      `Include ${ruleSet.engine}`,
      // Blocking, and without a log on disk: as fast as it gets while doing its work.
      "SecRuleEngine On",
      "SecAuditEngine Off",
      `Include ${ruleSet.setup}`,
      `Include ${ruleSet.rules}/*.conf`,
    ].join("\n"),
  );
  const extra = `modsecurity on; modsecurity_rules_file ${rules};`;
  const modules = `load_module ${ruleSet.module};`;
  const server = proxyServer(ports.modsecurity, extra);
  return startNginx(directory, "modsecurity", MEASURED_CORE, server, modules);
}

function startNginx(
  directory: string,
  name: string,
  core: string,
  server: string,
  modules = "",
): ChildProcess {
  const own = join(directory, name);
  mkdirSync(own, { recursive: true });
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${own}/${kind};`)
    .join(" ");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const file = join(own, "nginx.conf");
  writeFileSync(
    file,
    `${modules}\n${user} worker_processes 1; daemon off; pid ${own}/pid; error_log ${own}/error.log;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 10000000; ${paths}\n${server} }\n`,
  );
  return spawnOn(core, "nginx", ["-c", file, "-e", `${own}/error.log`]);
}

/** The product as people run it: console, learning and storage included, everything enforced. */
function startMerlon(directory: string): ChildProcess {
  const cli = join(import.meta.dirname, "../../src/cli.ts");
  return spawnOn(MEASURED_CORE, process.execPath, [
    ...[cli, "guard", "--upstream", `http://127.0.0.1:${ports.upstream}`],
    ...["--port", String(ports.merlon), "--console-port", String(ports.console)],
    ...["--data", join(directory, "merlon"), "--mode", "enforce", "--workers", "1"],
  ]);
}

function spawnOn(core: string, command: string, parameters: readonly string[]): ChildProcess {
  return spawn("taskset", ["-c", core, command, ...parameters], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function connectable(port: number): Promise<void> {
  const endMs = Date.now() + 30_000;
  while (Date.now() < endMs) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve();
      return;
    }
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
