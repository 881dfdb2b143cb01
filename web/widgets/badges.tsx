import type { ReactElement, ReactNode } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import type { Confidence } from "../../src/model/detection.ts";
import { words } from "./format.ts";

type Tone = "mute" | "good" | "warn" | "bad" | "severe" | "accent";

const tones: Readonly<Record<Tone, string>> = {
  mute: "border-line text-mute",
  good: "border-good text-good",
  warn: "border-warn text-warn",
  bad: "border-bad text-bad",
  severe: "border-severe bg-severe text-panel",
  accent: "border-accent text-accent",
};

export function Badge(props: { readonly tone?: Tone; readonly children: ReactNode }): ReactElement {
  return (
    <span
      className={`inline-block rounded border px-1.5 text-xs leading-5 font-medium whitespace-nowrap ${tones[props.tone ?? "mute"]}`}
    >
      {props.children}
    </span>
  );
}

const levelTones: Readonly<Record<EndpointSummary["level"], Tone>> = {
  none: "mute",
  low: "good",
  medium: "warn",
  high: "bad",
  critical: "severe",
};

export function RiskBadge(props: {
  readonly score: number;
  readonly level: EndpointSummary["level"];
}): ReactElement {
  return (
    <Badge tone={levelTones[props.level]}>
      <span className="tabular-nums">{props.score}</span> {props.level}
    </Badge>
  );
}

const lifecycleTones: Readonly<Record<EndpointSummary["lifecycle"], Tone>> = {
  documented: "good",
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

const severityTones: Readonly<Record<"low" | "medium" | "high" | "critical", Tone>> = {
  low: "good",
  medium: "warn",
  high: "bad",
  critical: "severe",
};

export function SeverityBadge(props: {
  readonly severity: "low" | "medium" | "high" | "critical";
}): ReactElement {
  return <Badge tone={severityTones[props.severity]}>{props.severity}</Badge>;
}

export function DetectorBadge(props: { readonly detector: string }): ReactElement {
  return <Badge tone="accent">{words(props.detector)}</Badge>;
}
