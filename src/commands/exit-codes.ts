/** What the commands end with; scripts rely on it. */
export const exitCodes = {
  /** Nothing found. */
  ok: 0,
  /** Found or would block something, where a command is used as a gate. */
  found: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Failed. */
  failed: 3,
} as const;
