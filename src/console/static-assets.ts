import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** Missing when it would not be shorter. */
  readonly gzipBytes?: Buffer;
  readonly etag: string;
  /** Vite gives files below assets/ a name with their hash: they never change. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

const bytesMax = 32 * 1024 * 1024;

/**
 * The files of a directory by URL path. All are read once, and requests are only looked up among
 * them: there is no path a client could climb out with. Empty when the directory is not there.
 */
export function loadAssets(directory: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  let bytesTotal = 0;
  for (const file of filesOf(directory)) {
    const type = types[extname(file)];
    if (type === undefined) continue;
    const bytes = readFileSync(file);
    bytesTotal += bytes.length;
    if (bytesTotal > bytesMax) throw new RangeError(`more than ${bytesMax} bytes in ${directory}`);
    const path = `/${relative(directory, file).split(sep).join("/")}`;
    assets.set(path, assetOf(path, type, bytes));
  }
  return assets;
}

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function assetOf(path: string, type: string, bytes: Buffer): Asset {
  const gzipBytes = gzipSync(bytes);
  return {
    type,
    bytes,
    ...(gzipBytes.length < bytes.length ? { gzipBytes } : {}),
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    immutable: path.startsWith("/assets/"),
  };
}
