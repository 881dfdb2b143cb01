import picocolors from "picocolors";

/** Colours on a terminal only: the library also colours wherever it believes in a build server. */
export const colours: ReturnType<typeof picocolors.createColors> = picocolors.createColors(
  picocolors.isColorSupported && process.stdout.isTTY === true,
);
