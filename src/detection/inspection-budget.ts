/** How much one call of the engine may cost. */
export interface InspectionLimits {
  /** Characters looked at, all fields together. */
  readonly charactersMax: number;
  /** Processor time, in milliseconds. */
  readonly cpuMsMax: number;
  /** Processor time that this thread has used so far, in milliseconds; missing: none is counted. */
  readonly cpuMs?: (() => number) | undefined;
}

/** Reading the clock costs more than looking at a short value. */
const charactersBetweenReadings = 16_384;
/** What a field costs besides its characters, in characters. */
const fieldCharacters = 64;

/** What is left of the limits in the call at hand; one object serves all calls of an engine. */
export class InspectionBudget {
  /** Why nothing more is looked at; empty while there is something left. */
  spent = "";
  readonly #limits: InspectionLimits;
  #charactersLeft = 0;
  #unread = 0;
  #startedMs = 0;
  #isStarted = false;

  constructor(limits: InspectionLimits) {
    this.#limits = limits;
  }

  /** Begins a call: the clock is first read once a request turns out not to be small. */
  begin(): void {
    this.spent = "";
    this.#charactersLeft = this.#limits.charactersMax;
    this.#unread = 0;
    this.#isStarted = false;
  }

  /** Takes a field's characters before it is looked at; false when the limits do not allow it. */
  allows(characters: number): boolean {
    this.#charactersLeft -= characters;
    if (this.#charactersLeft < 0) {
      this.spent = `the values of the request exceed ${this.#limits.charactersMax} characters`;
      return false;
    }
    return this.#isInTime(characters + fieldCharacters);
  }

  /** Asked between the detectors of one field, of which each looks at all its characters. */
  allowsAnother(characters: number): boolean {
    return characters < charactersBetweenReadings / 4 || this.#isInTime(characters);
  }

  #isInTime(characters: number): boolean {
    const { cpuMs, cpuMsMax } = this.#limits;
    this.#unread += characters;
    if (cpuMs === undefined || this.#unread < charactersBetweenReadings) return this.spent === "";
    this.#unread = 0;
    const nowMs = cpuMs();
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#startedMs = nowMs;
    } else if (nowMs - this.#startedMs > cpuMsMax) {
      this.spent = `the request took more than ${cpuMsMax} ms of processor time to search`;
    }
    return this.spent === "";
  }
}
