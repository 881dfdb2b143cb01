import type { SourceRefusal } from "../../protection/guard.ts";

export const unknownHost: SourceRefusal = {
  status: 421,
  code: "unknown-host",
  explanation: "No upstream is configured for this host and path.",
};

export const bodyTooLong: SourceRefusal = {
  status: 413,
  code: "body-too-long",
  explanation: "The request body is longer than limits.bodyBytesMax.",
};

export const bodyTooSlow: SourceRefusal = {
  status: 408,
  code: "request-body-timeout",
  explanation: "The client stopped sending its body for longer than timeouts.requestBodyMs.",
};

export const headTooSlow: SourceRefusal = {
  status: 408,
  code: "request-head-timeout",
  explanation: "The request head was not complete within timeouts.requestHeadMs.",
};

export const headTooLong: SourceRefusal = {
  status: 431,
  code: "head-too-long",
  explanation: "The request head is longer than limits.headerBytesMax.",
};

export const targetTooLong: SourceRefusal = {
  status: 414,
  code: "target-too-long",
  explanation: "The request target is longer than limits.requestTargetBytesMax.",
};

export const noMemory: SourceRefusal = {
  status: 503,
  code: "held-bytes-exhausted",
  explanation: "All memory for bodies under inspection (limits.heldBytesMax) is in use.",
};
