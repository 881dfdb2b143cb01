import type { ReactElement } from "react";
import { Choice } from "../widgets/choice.tsx";
import { SearchBox } from "../widgets/search-box.tsx";

const states = ["open", "accepted", "fixed", "any"];
const severities = ["critical", "high", "medium", "low"];

/** Narrows the list; every filter stands in the URL. */
export function FindingFilters(props: {
  readonly filters: Readonly<Record<string, string>>;
  readonly owners: readonly string[];
  readonly onChange: (name: string, value: string) => void;
}): ReactElement {
  const { filters, owners, onChange } = props;
  const choice = (name: string, label: string, options: readonly string[]): ReactElement => (
    <Choice
      label={label}
      value={filters[name]}
      options={options}
      onChange={(value) => onChange(name, value)}
    />
  );
  const narrowed = ["factor", "reference", "data", "endpoint"].filter((name) => name in filters);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchBox
        label="Search endpoint, finding, evidence"
        className="w-full sm:w-72"
        value={filters["search"]}
        onChange={(value) => onChange("search", value)}
      />
      {choice("state", "State", states)}
      {choice("severity", "Severity", severities)}
      {choice("owner", "Owner", ["none", ...owners])}
      {choice("overdue", "Overdue", ["yes", "no"])}
      {narrowed.map((name) => (
        <button key={name} type="button" className="button" onClick={() => onChange(name, "")}>
          {name}: {filters[name]?.replaceAll(",", ", ")} ✕
        </button>
      ))}
    </search>
  );
}
