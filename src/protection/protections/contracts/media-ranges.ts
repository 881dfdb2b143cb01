import type { MediaDescription } from "./operation-reader.ts";

/** The most specific declared media type or range that a message's media type falls under. */
export function findMedia(
  media: readonly MediaDescription[],
  type: string,
): MediaDescription | undefined {
  const exact = media.find((entry) => entry.type === type);
  if (exact !== undefined) return exact;
  const range = `${type.slice(0, type.indexOf("/"))}/*`;
  return media.find((entry) => entry.type === range) ?? media.find((entry) => entry.type === "*/*");
}
