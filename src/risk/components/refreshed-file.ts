import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

const dayMs = 86_400_000;
const downloadMsMax = 600_000;
const bytesMax = 4 * 1_073_741_824;

/**
 * A file by path, or by https address: then a copy in the directory, fetched anew once a day. When
 * there is no network the copy goes on to serve; without a copy it throws.
 */
export async function refreshedFile(place: string, directory: string): Promise<string> {
  if (!place.startsWith("https://")) return place;
  const name = createHash("sha256").update(place).digest("hex").slice(0, 16);
  const copy = join(
    directory,
    `${name}${/\.[a-z.]{2,8}$/.exec(new URL(place).pathname)?.[0] ?? ""}`,
  );
  const ageMs = await stat(copy).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  );
  if (ageMs !== undefined && ageMs < dayMs) return copy;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await download(place, copy);
  } catch (error) {
    if (ageMs === undefined) throw error;
  }
  return copy;
}

async function download(address: string, copy: string): Promise<void> {
  const part = `${copy}.part`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(downloadMsMax) });
    if (!response.ok || response.body === null) {
      throw new Error(`${address} answered ${response.status}`);
    }
    await pipeline(Readable.fromWeb(response.body), bounded(), createWriteStream(part));
    await rename(part, copy);
  } finally {
    await rm(part, { force: true });
  }
}

function bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) done(new RangeError(`longer than ${bytesMax} bytes`));
      else done(null, chunk);
    },
  });
}
