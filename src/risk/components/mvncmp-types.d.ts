declare module "mvncmp" {
  /** Less than, equal to or greater than 0, as Maven orders versions. */
  export function compare(left: string, right: string): number;
}
