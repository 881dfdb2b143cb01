import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { hostOfAuthority, isSameSite } from "../open-redirect/same-site.ts";

/**
 * Finds links on foreign sites that carry a session identifier for this one: whoever follows such a
 * link and signs in shares the session with who made it. Asked at the header `Referer`.
 */
export const sessionFixation: Detector = {
  id: "session-fixation",
  summary:
    "Links of other sites that set the identifier of the session with which the user then signs in.",
  requires: [characterClass.colon, characterClass.slash],
  readsSurroundings: true,

  detect(field: Field, request?: RequestHead): Match | undefined {
    const isReferer = field.location === "header" && field.name === "referer";
    if (!isReferer || field.origin !== undefined || request === undefined) return undefined;
    const name = sessionParameterOf(request.query);
    const isInPath = name === undefined && hasSessionInPath(request.path);
    if (name === undefined && !isInPath) return undefined;
    const host = hostOfAddress(field.value);
    if (host === undefined || isSameSite(host, hostOfAuthority(request.authority)))
      return undefined;
    return {
      // Search engines keep addresses with a session in their path.
      confidence: isInPath ? "low" : "medium",
      start: 0,
      end: field.value.length,
      explanation: `A link on "${host}" sets the session identifier "${name ?? "jsessionid"}"; who follows it and signs in shares the session with who made the link.`,
    };
  },
};

/** Names of session cookies that frameworks also take from the query, in lower case. */
const sessionNames: ReadonlySet<string> = new Set(
  (
    "jsessionid phpsessid phpsessionid aspsessionid asp.net_sessionid aspxsessionid cfid cftoken cfsid jservsession jwsession " +
    "weblogicsession wlsession connect.sid laravel_session rack.session _flask_session flask_session next-auth.session-token " +
    "meteor_login_token play_session sails.sid zend_session_namespace zendsession ci_session cakephp symfony koa.sess koa:sess " +
    "express.sid beaker.session.id _rails_session django_session grails_session viewstate_session " +
    "sessionid session-id _session_id phpsession zend_session_id shiny-token __host-next-auth.session-token __secure-next-auth.session-token yii_session nuxt_session sveltekit_session nette-session drupal_session"
  ).split(" "),
);
const namePrefixes: readonly string[] = ["aspsessionid", "wordpress_logged_in", "sess_"];
const parametersMax = 256;

function sessionParameterOf(query: string): string | undefined {
  if (query === "") return undefined;
  for (const pair of query.split("&", parametersMax)) {
    const equals = pair.indexOf("=");
    // Nobody is given an empty session.
    if (equals <= 0 || equals === pair.length - 1) continue;
    const name = pair.slice(0, equals).toLowerCase().replace("%3a", ":").replace("%2e", ".");
    if (sessionNames.has(name) || namePrefixes.some((prefix) => name.startsWith(prefix)))
      return name;
  }
  return undefined;
}

function hasSessionInPath(path: string): boolean {
  return path.toLowerCase().includes(";jsessionid=");
}

function hostOfAddress(address: string): string | undefined {
  const start = address.indexOf("://");
  if (start <= 0) return undefined;
  let end = start + 3;
  while (end < address.length && !"/?#".includes(address.charAt(end))) end++;
  const authority = address.slice(start + 3, end);
  const host = hostOfAuthority(authority.slice(authority.lastIndexOf("@") + 1));
  return host === "" ? undefined : host;
}
