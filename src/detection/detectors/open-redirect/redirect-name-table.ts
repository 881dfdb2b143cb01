import type { Field } from "../../../model/field.ts";

/**
 * What a field's name says about its address: `navigation` names where the user goes on within
 * the site, `registered` an address that another party gave beforehand (OAuth, payments),
 * `address` any URL.
 */
export type RedirectKind = "navigation" | "registered" | "address" | "none";

/** The kind of a field by its last name, without case, hyphens, underscores and dots. */
export function redirectKindOf(field: Field): RedirectKind {
  return kinds.get(lastName(field.name)) ?? "none";
}

/** Longer names are none of these. */
const nameCharsMax = 40;

/** `returnto` of `$.login.return_to`, `form[returnTo]` and `ReturnTo`. */
function lastName(path: string): string {
  const tail = path.slice(-nameCharsMax);
  let name = "";
  for (let at = tail.length - 1; at >= 0; at--) {
    const code = tail.charCodeAt(at);
    const letter = code | 0x20;
    if (letter >= 0x61 && letter <= 0x7a) name = String.fromCharCode(letter) + name;
    else if (code === 0x2d || code === 0x5f) continue;
    else if (name !== "") break;
  }
  return name;
}

const navigation =
  "next nexturl nextpage nextto returnto return returnurl returnpath returnpage retour goto gotourl go dest destination desturl " +
  "continue continueto continueurl redir redirurl redirect redirectto redirecturl redirectpage redirectafter rurl ret " +
  "forward forwardto forwardurl jump jumpto back backto backurl backpage out away exit follow landing landingpage successredirect " +
  "checkouturl loginredirect logoutredirect afterlogin afterlogout referto urlredirect targeturl fallback fallbackurl";

const registered =
  "redirecturi callback callbackurl callbackuri successurl cancelurl failureurl errorurl postlogoutredirecturi relaystate " +
  "service wreply wtrealm notifyurl webhook webhookurl logouturl loginurl originurl consumerurl";

const address = "url uri u href link target site to page view location path domain host image src";

const kinds: ReadonlyMap<string, RedirectKind> = new Map<string, RedirectKind>([
  ...address.split(" ").map((name) => [name, "address"] as const),
  ...registered.split(" ").map((name) => [name, "registered"] as const),
  ...navigation.split(" ").map((name) => [name, "navigation"] as const),
]);
