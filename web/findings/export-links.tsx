import type { ReactElement } from "react";

const formats = [
  ["html", "Report"],
  ["csv", "CSV"],
  ["sarif", "SARIF"],
  ["json", "JSON"],
] as const;

/** The findings that are shown, as files. */
export function ExportLinks(props: {
  readonly filters: Readonly<Record<string, string>>;
}): ReactElement {
  return (
    <div className="flex flex-wrap gap-1.5">
      {formats.map(([format, label]) => (
        <a
          key={format}
          className="button"
          href={`/api/report?${new URLSearchParams({ ...props.filters, format })}`}
          download={`merlon-report.${format}`}
        >
          {label}
        </a>
      ))}
    </div>
  );
}
