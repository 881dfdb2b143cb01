declare module "hpack.js" {
  interface HeaderField {
    readonly name: string;
    readonly value: string;
  }
  interface Decompressor {
    write(block: Uint8Array): boolean;
    execute(done: (error: Error | null | undefined) => void): void;
    updateTableSize(size: number): void;
    read(): HeaderField | null;
    on(event: "error", listener: (error: Error) => void): this;
    once(event: "error", listener: (error: Error) => void): this;
  }
  const hpack: {
    readonly decompressor: {
      create(options: { readonly table: { readonly maxSize: number } }): Decompressor;
    };
  };
  export = hpack;
}
