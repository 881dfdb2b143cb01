import type { Command } from "commander";
import { createJsonSchema } from "../config/configuration-schema.ts";
import { explainConfiguration } from "../config/explain-configuration.ts";
import { loadDocument } from "../config/load-configuration.ts";
import { colours } from "./colours.ts";

const examples = `
Examples:
  merlon config check merlon.yaml
  merlon config explain
  merlon config schema > merlon.schema.json
`;

/** `merlon config`: checks the configuration, tells the values in force, prints its schema. */
export function register(program: Command): void {
  const config = program
    .command("config")
    .description("check and explain merlon.yaml")
    .addHelpText("after", examples);

  config
    .command("check [file]")
    .description("say everything that is wrong, with line and fix; exit 2 when something is")
    .action(async (file: string | undefined, _options, command: Command) => {
      await check(file, command.optsWithGlobals<{ json?: boolean }>());
    });

  config
    .command("explain [file]")
    .description("print every value in force, and whether it comes from the file or is a default")
    .action(async (file: string | undefined, _options, command: Command) => {
      await explain(file, command.optsWithGlobals<{ json?: boolean }>());
    });

  config
    .command("schema")
    .description("print the JSON Schema of merlon.yaml, for editors")
    .action(() => console.log(JSON.stringify(createJsonSchema(), undefined, 2)));
}

async function check(file: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const { source } = await loadDocument({ file, needsUpstream: false });
  if (json) console.log(JSON.stringify({ file: source.name, valid: true, problems: [] }));
  else console.log(`${colours.green("valid")} ${source.name}`);
}

async function explain(file: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const loaded = await loadDocument({ file, needsUpstream: false });
  if (json) console.log(JSON.stringify(loaded.document));
  else process.stdout.write(explainConfiguration(loaded));
}
