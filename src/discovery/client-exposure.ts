import ipaddr from "ipaddr.js";
import type { Exposure } from "../model/endpoint.ts";

/** Where on the network an address stands, for exposure. */
export function exposureOf(client: string): Exposure {
  if (!ipaddr.isValid(client)) return "unknown";
  switch (ipaddr.process(client).range()) {
    case "loopback":
      return "loopback";
    case "private":
    case "linkLocal":
    case "uniqueLocal":
    case "carrierGradeNat":
      return "internal";
    case "unspecified":
    case "broadcast":
    case "multicast":
      return "unknown";
    // Documentation ranges stand for public addresses in examples and recorded traffic.
    default:
      return "internet";
  }
}
