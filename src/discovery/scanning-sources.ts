import { hashOf } from "./sketches/distinct-counter.ts";

/** Tells which clients are looking around rather than using the API. */
export interface ScanningSources {
  /** Counts one exchange of a client, with how much it looks like searching: 0 not at all. */
  count(client: string, suspicion: number): void;
  isScanning(client: string): boolean;
}

interface Record {
  exchanges: number;
  suspicion: number;
}

const exchangesKept = 64;
const suspicionMin = 8;
const shareMin = 0.5;

/** Remembers the last `clientsMax` clients; older exchanges of a client weigh less and less. */
export function createScanningSources(clientsMax: number): ScanningSources {
  const clients = new Map<number, Record>();
  return {
    count(client, suspicion) {
      const key = hashOf(client);
      const record = clients.get(key) ?? { exchanges: 0, suspicion: 0 };
      if (!clients.has(key)) {
        const oldest = clients.size >= clientsMax ? clients.keys().next().value : undefined;
        if (oldest !== undefined) clients.delete(oldest);
        clients.set(key, record);
      }
      record.exchanges += 1;
      record.suspicion += suspicion;
      if (record.exchanges < exchangesKept) return;
      record.exchanges /= 2;
      record.suspicion /= 2;
    },

    isScanning(client) {
      const record = clients.get(hashOf(client));
      if (record === undefined) return false;
      return record.suspicion >= suspicionMin && record.suspicion >= record.exchanges * shareMin;
    },
  };
}
