import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/** Longest entry that is unpacked. */
const entryBytesMax = 32 * 1_048_576;
const entriesMax = 3_000_000;
/** Entries are read from the file in pieces of this size. */
const windowBytes = 8 * 1_048_576;
const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The entries of a zip (APPNOTE 6.3) one after the other, in constant memory and without a stream
 * for each: databases of vulnerabilities hold hundreds of thousands of small ones. Throws RangeError
 * on a broken file.
 */
export function* zipEntries(path: string): Generator<{ readonly name: string; read(): Buffer }> {
  const file = openSync(path, "r");
  try {
    const window = createWindow(file);
    const directory = directoryOf(file);
    let at = directory.offset;
    const names = createWindow(file);
    for (let index = 0; index < directory.entries; index += 1) {
      const head = names.bytes(at, 46);
      if (head.readUInt32LE(0) !== entrySignature) throw new RangeError("broken zip directory");
      const [nameLength, extraLength] = [head.readUInt16LE(28), head.readUInt16LE(30)];
      const commentLength = head.readUInt16LE(32);
      const rest = names.bytes(at, 46 + nameLength + extraLength);
      const entry = placeOf(rest, nameLength);
      at += 46 + nameLength + extraLength + commentLength;
      const name = rest.toString("utf8", 46, 46 + nameLength);
      yield { name, read: () => unpacked(window, entry) };
    }
  } finally {
    closeSync(file);
  }
}

interface EntryPlace {
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

interface FileWindow {
  bytes(offset: number, length: number): Buffer;
}

/** Reads a file mostly forward, a large piece at a time. */
function createWindow(file: number): FileWindow {
  let held: Buffer = Buffer.alloc(0);
  let start = 0;
  return {
    bytes(offset, length) {
      if (length > entryBytesMax) throw new RangeError("zip entry is too long");
      if (offset < start || offset + length > start + held.length) {
        held = readAt(file, offset, Math.max(length, windowBytes));
        start = offset;
      }
      if (offset + length > start + held.length) throw new RangeError("zip ends too early");
      return held.subarray(offset - start, offset - start + length);
    },
  };
}

function readAt(file: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(file, buffer, filled, length - filled, offset + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
}

/** The end record stands within the last 64 KB and a little, before a comment. */
const endBytesMax = 65_557;

function directoryOf(file: number): { readonly entries: number; readonly offset: number } {
  const { size } = fstatSync(file);
  const tailStart = Math.max(0, size - endBytesMax);
  const tail = readAt(file, tailStart, size - tailStart);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at -= 1;
  if (at < 0) throw new RangeError("no zip file");
  let entries = tail.readUInt16LE(at + 10);
  let offset = tail.readUInt32LE(at + 16);
  const isLarge = entries === 0xffff || offset === 0xffffffff;
  if (isLarge && at >= 20 && tail.readUInt32LE(at - 20) === locator64Signature) {
    const end = readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56);
    if (end.length < 56 || end.readUInt32LE(0) !== end64Signature)
      throw new RangeError("broken zip64 directory");
    entries = Number(end.readBigUInt64LE(32));
    offset = Number(end.readBigUInt64LE(48));
  }
  if (entries > entriesMax) throw new RangeError("zip holds too many entries");
  return { entries, offset };
}

function placeOf(head: Buffer, nameLength: number): EntryPlace {
  const place = {
    method: head.readUInt16LE(10),
    packedBytes: head.readUInt32LE(20),
    bytes: head.readUInt32LE(24),
    offset: head.readUInt32LE(42),
  };
  if (place.offset !== 0xffffffff) return place;
  return { ...place, offset: offset64Of(head, 46 + nameLength, place) };
}

/** The zip64 extra field holds, in this order, only what did not fit: sizes, then the offset. */
function offset64Of(
  head: Buffer,
  extraStart: number,
  { bytes, packedBytes }: Pick<EntryPlace, "bytes" | "packedBytes">,
): number {
  for (let at = extraStart; at + 4 <= head.length; at += 4 + head.readUInt16LE(at + 2)) {
    if (head.readUInt16LE(at) !== 1) continue;
    const skipped = Number(bytes === 0xffffffff) + Number(packedBytes === 0xffffffff);
    const offsetAt = at + 4 + 8 * skipped;
    if (offsetAt + 8 <= head.length) return Number(head.readBigUInt64LE(offsetAt));
  }
  throw new RangeError("broken zip64 entry");
}

function unpacked(window: FileWindow, { method, packedBytes, bytes, offset }: EntryPlace): Buffer {
  if (bytes > entryBytesMax) throw new RangeError("zip entry is too long");
  const head = window.bytes(offset, 30);
  if (head.readUInt32LE(0) !== localSignature) throw new RangeError("broken zip entry");
  const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = window.bytes(start, packedBytes);
  if (method === 0) return packed;
  if (method !== 8) throw new RangeError(`zip method ${method} is not read`);
  return inflateRawSync(packed, { maxOutputLength: entryBytesMax });
}
