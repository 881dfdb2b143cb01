import { type Exchange, mediaTypeOf } from "../model/exchange.ts";
import { hashOf } from "./sketches/distinct-counter.ts";

/** Tells the page that a server gives for whatever path is asked for, as single-page apps do. */
export interface CatchAllPages {
  /** The paths that got the very same page before, once they are too many to be endpoints. */
  pathsOf(host: string, exchange: Exchange): readonly string[] | undefined;
}

const pathsMin = 4;
const comparedBytesMax = 4_096;

/** Remembers the last `pagesMax` different pages with at most four paths each. */
export function createCatchAllPages(pagesMax: number): CatchAllPages {
  const pages = new Map<string, Set<string>>();
  return {
    pathsOf(host, exchange) {
      const page = pageOf(exchange);
      if (page === undefined) return undefined;
      const key = `${host} ${page}`;
      const paths = pages.get(key) ?? new Set();
      if (!pages.has(key)) {
        const oldest = pages.size >= pagesMax ? pages.keys().next().value : undefined;
        if (oldest !== undefined) pages.delete(oldest);
        pages.set(key, paths);
      }
      if (paths.size < pathsMin) paths.add(exchange.request.path);
      return paths.size >= pathsMin ? [...paths] : undefined;
    },
  };
}

function pageOf({ request, response }: Exchange): string | undefined {
  if (request.method !== "GET" || response?.status !== 200 || response.body === undefined) {
    return undefined;
  }
  if (mediaTypeOf(response.headers) !== "text/html") return undefined;
  const { bytes, bytesTotal } = response.body;
  const head = Buffer.from(bytes.subarray(0, comparedBytesMax)).toString("latin1");
  return `${bytesTotal}:${hashOf(head)}`;
}
