import type { ReactElement } from "react";

const paths = {
  overview: "M3 13h4v4H3zM8 8h4v9H8zM13 3h4v14h-4z",
  endpoints: "M4 5h12M4 10h12M4 15h7M2 5h.01M2 10h.01M2 15h.01",
  findings: "M5 17V3M5 4h9l-2 3.5L14 11H5",
  compliance: "M6 3h8v14H6zM8.5 7h3M8.5 10h3M8.5 13h3",
  changes: "M10 4v6l4 2M4 10a6 6 0 1 1 2 4.5M4 15v-3h3",
  services: "M3 4h5v4H3zM12 12h5v4h-5zM12 4h5v4h-5zM8 6h4M5.5 8v6H12",
  specifications: "M5 3h7l3 3v11H5zM8 9h4M8 12h4",
  incidents: "M10 3 2.5 16.5h15zM10 8.5v3.5M10 14.2v.3",
  decisions: "M4 4h12v12H4zM7 10l2.2 2.2L13.5 8",
  policy: "M10 2.5 16 5v4.5c0 4-2.6 6.7-6 8-3.4-1.3-6-4-6-8V5z",
  signOut: "M8 4H4v12h4M12 6.5 15.5 10 12 13.5M15 10H8",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  off: "M5 5l10 10M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z",
  offline: "M3 8a10 10 0 0 1 14 0M6 11a6 6 0 0 1 8 0M10 15h.01M3 3l14 14",
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside words that say the same; hidden from screen readers. */
export function Icon(props: {
  readonly name: IconName;
  readonly className?: string;
}): ReactElement {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${props.className ?? ""}`}
    >
      <path d={paths[props.name]} />
    </svg>
  );
}
