import type { Installation } from "../../installation.ts";
import { LessonChannel } from "../../lesson-channel.ts";
import { type Giving, type Judgement, OwnershipGraph, type Standing } from "./ownership-graph.ts";

/** An object was given, only named, or used by a stranger. */
type Lesson =
  | readonly [kind: string, id: string, principal: string, exchange: string, how: Giving]
  | readonly [kind: string, id: string, principal: string]
  | readonly [kind: string, principal: string];

/** The ownership graph that all gateway threads of an installation build together. */
export class SharedGraph {
  readonly #graph = new OwnershipGraph();
  readonly #channel: LessonChannel<Lesson>;

  constructor(installation: Installation) {
    this.#channel = new LessonChannel<Lesson>(installation, "ownership", (lesson) =>
      this.#take(lesson),
    );
  }

  give(kind: string, id: string, principal: string, exchange: string, how: Giving): void {
    // Most of what is used is known to be the caller's; only news is worth telling other threads.
    if (how !== "created" && this.#graph.isSettledFor(kind, id, principal)) {
      this.#graph.noteUse(kind, principal);
      return;
    }
    this.#channel.teach([kind, id, principal, exchange, how]);
  }

  mention(kind: string, id: string, principal: string): void {
    this.#channel.teach([kind, id, principal]);
  }

  noteStranger(kind: string, principal: string): void {
    this.#channel.teach([kind, principal]);
  }

  isPrivate(kind: string): boolean {
    return this.#graph.isPrivate(kind);
  }

  isSettledFor(kind: string, id: string, principal: string): boolean {
    return this.#graph.isSettledFor(kind, id, principal);
  }

  standingOf(kind: string, id: string, principal: string): Standing {
    return this.#graph.standingOf(kind, id, principal);
  }

  judge(kind: string, id: string, principal: string, tries: number): Judgement | undefined {
    return this.#graph.judge(kind, id, principal, tries);
  }

  #take(lesson: Lesson): void {
    if (lesson.length === 5) this.#graph.give(...lesson);
    else if (lesson.length === 3) this.#graph.mention(...lesson);
    else this.#graph.noteStranger(...lesson);
  }
}

/** The graph of an installation; it outlives a changed policy. */
export function sharedGraphOf(installation: Installation): SharedGraph {
  return installation.keep("ownership graph", () => new SharedGraph(installation));
}
