import type { ReactElement } from "react";
import { Choice } from "../widgets/choice.tsx";
import { SearchBox } from "../widgets/search-box.tsx";

const lifecycles = [
  "documented",
  "undocumented",
  "deprecated",
  "zombie",
  "orphan",
  "dormant",
  "woken",
];
const levels = ["critical", "high", "medium", "low", "none"];
const styles = ["rest", "graphql", "soap", "json-rpc", "grpc", "websocket", "sse"];
const authentications = ["required", "none", "unknown"];
const exposures = ["internet", "partner", "internal", "loopback", "unknown"];
const sensitives = ["any", "email", "payment-card", "iban", "phone", "national-id", "secret"];

/** Narrows the inventory; every filter stands in the URL. */
export function EndpointFilters(props: {
  readonly filters: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}): ReactElement {
  const { filters, onChange } = props;
  const choice = (name: string, label: string, options: readonly string[]): ReactElement => (
    <Choice
      label={label}
      value={filters[name]}
      options={options}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <search className="flex flex-wrap gap-2">
      <SearchBox
        label="Search method, host, path"
        className="w-full sm:w-64"
        value={filters["search"]}
        onChange={(value) => onChange("search", value)}
      />
      {choice("level", "Risk", levels)}
      {choice("lifecycle", "Lifecycle", lifecycles)}
      {choice("authentication", "Authentication", authentications)}
      {choice("sensitive", "Sensitive data", sensitives)}
      {choice("exposure", "Exposure", exposures)}
      {choice("style", "Style", styles)}
    </search>
  );
}
