import type { ReactElement, ReactNode } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import type { Confidence } from "../../src/model/detection.ts";
import { words } from "./format.ts";

type Tone = "mute" | "good" | "warn" | "bad" | "severe" | "accent";

const tones: Readonly<Record<Tone, string>> = {
  mute: "border-line bg-sunken text-mute",
  good: "tint text-good",
  warn: "tint text-warn",
  bad: "tint text-bad",
  severe: "border-transparent bg-severe text-on-severe",
  accent: "tint text-accent",
};

export function Badge(props: { readonly tone?: Tone; readonly children: ReactNode }): ReactElement {
  return (
    <span
      className={`inline-block rounded border px-1.5 text-xs leading-[18px] font-medium whitespace-nowrap ${tones[props.tone ?? "mute"]}`}
    >
      {props.children}
    </span>
  );
}

type Level = EndpointSummary["level"];

const levelTones: Readonly<Record<Level, Tone>> = {
  none: "mute",
  low: "good",
  medium: "warn",
  high: "bad",
  critical: "severe",
};

/** Score and level of a risk; the level also in words, as colour alone tells nobody enough. */
export function RiskBadge(props: { readonly score: number; readonly level: Level }): ReactElement {
  return (
    <Badge tone={levelTones[props.level]}>
      {props.score} {props.level}
    </Badge>
  );
}

const lifecycleTones: Readonly<Record<EndpointSummary["lifecycle"], Tone>> = {
  documented: "mute",
  undocumented: "warn",
  deprecated: "warn",
  zombie: "bad",
  orphan: "mute",
  dormant: "mute",
  woken: "warn",
};

export function LifecycleBadge(props: {
  readonly lifecycle: EndpointSummary["lifecycle"];
}): ReactElement {
  return <Badge tone={lifecycleTones[props.lifecycle]}>{props.lifecycle}</Badge>;
}

/** What was done, and when nothing was done, what enforcing would have done. */
export function ActionBadge(props: {
  readonly action: "allow" | "block";
  readonly wouldBe?: "allow" | "block";
}): ReactElement {
  if (props.action === "block") return <Badge tone="severe">blocked</Badge>;
  if (props.wouldBe === "block") return <Badge tone="warn">would block</Badge>;
  return <Badge>allowed</Badge>;
}

const confidenceTones: Readonly<Record<Confidence, Tone>> = {
  low: "mute",
  medium: "warn",
  high: "bad",
};

export function ConfidenceBadge(props: { readonly confidence: Confidence }): ReactElement {
  return <Badge tone={confidenceTones[props.confidence]}>{props.confidence} confidence</Badge>;
}

export function SeverityBadge(props: { readonly severity: Exclude<Level, "none"> }): ReactElement {
  return <Badge tone={levelTones[props.severity]}>{props.severity}</Badge>;
}

export function DetectorBadge(props: { readonly detector: string }): ReactElement {
  return <Badge>{words(props.detector)}</Badge>;
}

/** Whether an endpoint asks for credentials, in words. */
export function AuthenticationState(props: {
  readonly required: boolean | undefined;
}): ReactElement {
  if (props.required === true) return <span className="text-mute">required</span>;
  if (props.required === false) return <Badge tone="bad">none</Badge>;
  return <span className="text-mute">not known yet</span>;
}
