import { assessWorkloads } from "../../src/risk/components/assess-workloads.ts";

/** Run by run.ts in a process of its own, so that the peak of memory is that of the matching. */
const [database = "", bom = ""] = process.argv.slice(2);
const started = performance.now();
const cpuStarted = process.cpuUsage();
const [workload] = await assessWorkloads([{ name: "bench", serves: "/", components: [bom] }], {
  database,
});
const seconds = ((performance.now() - started) / 1_000).toFixed(2);
const { user, system } = process.cpuUsage(cpuStarted);
const cpuSeconds = ((user + system) / 1_000_000).toFixed(2);
const megabytes = (process.resourceUsage().maxRSS / 1_024).toFixed(0);
console.log(
  `matched: ${workload?.components} components, ${workload?.vulnerabilities.length} told`,
);
console.log(`time: ${seconds} s (${cpuSeconds} s of processor time), peak memory: ${megabytes} MB`);
