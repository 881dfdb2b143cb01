import { hashOf } from "./sketches/distinct-counter.ts";

/** Tells which clients are looking around rather than using the API. */
export interface ScanningSources {
  /**
   * Counts one exchange of a client, with how much it looks like searching: 0 not at all. Tells
   * when the client was just found to be scanning.
   */
  count(client: string, suspicion: number): "found" | undefined;
  isScanning(client: string): boolean;
}

interface Source {
  exchanges: number;
  suspicion: number;
  isScanning: boolean;
}

const exchangesKept = 64;
const suspicionMin = 8;
const shareMin = 0.5;

/** Remembers the last `clientsMax` clients; older exchanges of a client weigh less and less. */
export function createScanningSources(clientsMax: number): ScanningSources {
  const clients = new Map<number, Source>();
  return {
    count(client, suspicion) {
      const key = hashOf(client);
      const source = clients.get(key) ?? { exchanges: 0, suspicion: 0, isScanning: false };
      if (!clients.has(key)) {
        const oldest = clients.size >= clientsMax ? clients.keys().next().value : undefined;
        if (oldest !== undefined) clients.delete(oldest);
        clients.set(key, source);
      }
      source.exchanges += 1;
      source.suspicion += suspicion;
      const wasScanning = source.isScanning;
      source.isScanning = looksLikeScan(source);
      if (source.exchanges >= exchangesKept) {
        source.exchanges /= 2;
        source.suspicion /= 2;
      }
      return source.isScanning && !wasScanning ? "found" : undefined;
    },

    isScanning: (client) => clients.get(hashOf(client))?.isScanning === true,
  };
}

function looksLikeScan({ exchanges, suspicion }: Source): boolean {
  return suspicion >= suspicionMin && suspicion >= exchanges * shareMin;
}
