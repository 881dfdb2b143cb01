/** Look-alikes that databases and drivers turn into a quote when they change the character set. */
const quoteLookAlikes = /[\u02b9\u02bc\u02c8\u2018\u2019\u2032\uff07]/g;
const fullWidth = /[\uff01-\uff5e]/g;
const anyWide = /[\u02b9\u02bc\u02c8\u2018\u2019\u2032\uff01-\uff5e]/;

/**
 * The value as a database with a narrower character set would get it: full-width letters and
 * look-alikes of the quote as their ASCII forms. Every offset stays the same.
 */
export function narrowed(value: string): string {
  if (!anyWide.test(value)) return value;
  const quoted = value.replace(quoteLookAlikes, "'");
  return quoted.replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}
