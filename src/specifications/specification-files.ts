import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { MerlonError } from "../model/merlon-error.ts";

/** A file that belongs to a specification. */
export interface SpecificationFile {
  /** Its real path, which tells files apart. */
  readonly path: string;
  readonly text: string;
}

/** The files that a specification consists of: the one that was named, and those it refers to. */
export interface SpecificationFiles {
  readonly root: SpecificationFile;
  /**
   * The file at a relative path from another one. `undefined` when there is none, when it is outside
   * of the root's folder, or when there are too many.
   */
  beside(from: SpecificationFile, reference: string): Promise<SpecificationFile | undefined>;
}

const filesMax = 1_000;
const bytesMax = 67_108_864;

/** Opens the file that was named. Throws ERR_INPUT_UNREADABLE when it cannot be read or is over 64 MiB. */
export async function openSpecificationFiles(path: string): Promise<SpecificationFiles> {
  let bytesLeft = bytesMax;
  const read = async (real: string): Promise<SpecificationFile> => {
    const { size } = await stat(real);
    if (size > bytesLeft) throw new Error(`larger than ${bytesMax} bytes`);
    bytesLeft -= size;
    return { path: real, text: await readFile(real, "utf8") };
  };
  const root = await realpath(path)
    .then(read)
    .catch((cause: unknown) => {
      throw new MerlonError("ERR_INPUT_UNREADABLE", `cannot read ${path}`, {
        cause,
        fix: "Give the path of an OpenAPI, GraphQL, WSDL or Postman file of at most 64 MiB.",
      });
    });
  const folder = dirname(root.path);
  const known = new Map<string, SpecificationFile>([[root.path, root]]);

  return {
    root,
    async beside(from, reference) {
      const wanted = resolve(dirname(from.path), reference);
      // A description may come from elsewhere: it must not read what else is on this machine.
      const real = await realpath(wanted).catch(() => undefined);
      if (real === undefined || !isInside(folder, real)) return undefined;
      const before = known.get(real);
      if (before !== undefined) return before;
      if (known.size >= filesMax) return undefined;
      const file = await read(real).catch(() => undefined);
      if (file !== undefined) known.set(real, file);
      return file;
    },
  };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`);
}
