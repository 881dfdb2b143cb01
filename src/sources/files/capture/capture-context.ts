import type { ReadResult } from "../read-result.ts";

/** What was met in a capture besides exchanges; told once at the end. */
interface CaptureCounts {
  encryptedConnections: number;
  otherConnections: number;
  lostConversations: number;
  gaps: number;
  gapBytes: number;
}

/** What all connections of a capture share. */
export interface CaptureContext {
  readonly counts: CaptureCounts;
  /** Bytes of bodies that may still be held, over all connections. */
  readonly budget: { bytesLeft: number };
  /** Number of the packet that is being read. */
  packetNumber: number;
  newId(): string;
  emit(result: ReadResult): void;
}

/** The two ends of a connection, and where its exchanges go. */
export interface ConversationContext {
  readonly capture: CaptureContext;
  /** The client's address. */
  readonly client: string;
  /** The server's address and port. */
  readonly destination: string;
}

/** Reads what both ends of a connection say to each other. */
export interface Conversation {
  onBytes(isFromClient: boolean, bytes: Buffer, timeMs: number): void;
  /** Bytes are missing; false when nothing can be read any more because of it. */
  onGap(isFromClient: boolean, bytes: number): boolean;
  /** An end has nothing more to say. */
  onEnd(isFromClient: boolean, timeMs: number): void;
  /** Hands over what is unfinished. */
  close(timeMs: number): void;
  /** It cannot be read on: broken, or switched to a protocol that is none of ours. */
  readonly isOver: boolean;
  /** Protocol to which the connection was switched, when it is one that is read. */
  readonly switchedTo: Conversation | undefined;
}
