import { createHash } from "node:crypto";
import { BroadcastChannel } from "node:worker_threads";
import type { Installation } from "./installation.ts";

/** Told at once when so many have gathered, and soon in any case. */
const lessonsMax = 256;
const tellDelayMs = 20;

/**
 * What one gateway thread learns, told to the others of its installation within some milliseconds,
 * so that all know the same whichever thread a connection came to. Lessons are plain data.
 */
export class LessonChannel<Lesson> {
  readonly #channel: BroadcastChannel;
  readonly #take: (lesson: Lesson) => void;
  #lessons: Lesson[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(installation: Installation, name: string, take: (lesson: Lesson) => void) {
    this.#take = take;
    // Installations in one process, as in an embedding, must not learn from each other.
    const own = createHash("sha256").update(installation.digestKey).digest("hex");
    this.#channel = new BroadcastChannel(`merlon ${name} ${own}`);
    this.#channel.onmessage = (event) => {
      for (const lesson of (event as { readonly data: readonly Lesson[] }).data) take(lesson);
    };
    // Nothing to stay alive for.
    this.#channel.unref();
  }

  /** Takes it here at once, and tells the others. */
  teach(lesson: Lesson): void {
    this.#take(lesson);
    this.#lessons.push(lesson);
    if (this.#lessons.length >= lessonsMax) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), tellDelayMs).unref();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#channel.postMessage(this.#lessons);
    this.#lessons = [];
  }
}
