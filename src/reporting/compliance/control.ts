/** What proves that a control holds: that no open finding answers to this. */
export interface ControlQuery {
  /** Risk factors whose findings speak against the control. */
  readonly factors: readonly string[];
  /** Only findings of endpoints whose answers carry one of these classes of data. */
  readonly dataClasses?: readonly string[];
}

/** One requirement of a framework, as far as traffic and configuration of APIs can prove it. */
export interface Control {
  /** As the framework numbers it: `4.2.1`, `AC-3`, `Art. 32(1)(a)`. */
  readonly id: string;
  /** What it asks for, in our words. */
  readonly asks: string;
  readonly query: ControlQuery;
}

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly controls: readonly Control[];
}

/** The query as the console's API takes it, so that anybody can ask it again. */
export function queryTextOf({ factors, dataClasses }: ControlQuery): string {
  const classes = dataClasses === undefined ? "" : `&data=${dataClasses.join(",")}`;
  return `/api/findings?state=open&factor=${factors.join(",")}${classes}`;
}
