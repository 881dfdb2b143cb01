import hpack from "hpack.js";

/** The table an encoder may use until it says otherwise (RFC 9113, 6.5.2), and the most it may ask for. */
const tableBytesInitially = 4_096;
const tableBytesMax = 65_536;
/** Fields of one block. */
const fieldsMax = 512;

/** Undoes the header compression (RFC 7541) of one direction of a connection. */
export interface HeaderBlockDecoder {
  /** Names and values in turn; `undefined` when the block, and with it all that follow, is unreadable. */
  decode(block: Buffer): readonly string[] | undefined;
}

export function createHeaderBlockDecoder(): HeaderBlockDecoder {
  const decompressor = hpack.decompressor.create({ table: { maxSize: tableBytesMax } });
  decompressor.updateTableSize(tableBytesInitially);
  let isBroken = false;
  decompressor.on("error", () => {
    isBroken = true;
  });

  return {
    decode(block) {
      if (isBroken) return undefined;
      const fields: string[] = [];
      decompressor.write(block);
      // Without a callback it works at once and tells errors by the event.
      (decompressor.execute as () => void).call(decompressor);
      for (let field = decompressor.read(); field !== null; field = decompressor.read()) {
        if (fields.length < 2 * fieldsMax) fields.push(field.name, field.value);
      }
      return isBroken ? undefined : fields;
    },
  };
}
