import type { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import type { Detection } from "../../model/detection.ts";
import type { RequestHead } from "../../model/exchange.ts";
import type { Field } from "../../model/field.ts";
import type { Installation } from "../installation.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Protection } from "../protection.ts";

/** A protection before it has its options: what the list of built-ins holds. */
export interface ProtectionDefinition<Options extends { readonly mode?: Mode }> {
  /** Permanent kebab-case id: its key under `protections:` in merlon.yaml. */
  readonly id: string;
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** The options with the files that they name made absolute. */
  withPaths?(options: Options, pathOf: (path: string) => string): Options;
  create(options: Options, parts: ProtectionParts): Protection;
}

/** What protections may use besides their options. */
export interface ProtectionParts {
  /** Runs the detectors over fields of a request. */
  inspect(fields: readonly Field[], request?: RequestHead): readonly Detection[];
  /** Milliseconds since the Unix epoch. */
  now(): number;
  readonly knowledge: Knowledge;
  readonly installation: Installation;
}

/** Builds the protection from what stands in the configuration. Throws a ZodError on wrong options. */
export interface ProtectionFactory {
  readonly id: string;
  readonly summary: string;
  readonly options: z.ZodType<{ readonly mode?: Mode }>;
  /** What stands in the configuration with the files that it names made absolute. */
  withPaths(setting: unknown, pathOf: (path: string) => string): { readonly mode?: Mode };
  build(setting: unknown, parts: ProtectionParts): Protection;
}

/** Ties schema and constructor of one protection together, so that a list can hold many kinds. */
export function defineProtection<Options extends { readonly mode?: Mode }>(
  definition: ProtectionDefinition<Options>,
): ProtectionFactory {
  const { id, summary, options } = definition;
  return {
    id,
    summary,
    options,
    withPaths(setting, pathOf) {
      const parsed = options.parse(setting ?? {});
      return definition.withPaths?.(parsed, pathOf) ?? parsed;
    },
    build: (setting, parts) => definition.create(options.parse(setting ?? {}), parts),
  };
}
