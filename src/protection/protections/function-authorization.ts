import { type Detection, isAtLeast } from "../../model/detection.ts";
import type { Principal } from "../../model/principal.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { Installation } from "../installation.ts";
import { LessonChannel } from "../lesson-channel.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { type NewEdge, RoleMatrix } from "./function-authorization/role-matrix.ts";
import { claimAt, rolesOf } from "./function-authorization/roles-of.ts";
import {
  type FunctionAuthorizationOptions,
  type FunctionRule,
  functionAuthorizationOptions,
} from "./function-authorization-options.ts";
import { shapeOfAddress } from "./object-authorization/object-reference.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";
import { createEndpointFilter } from "./rate-limits/endpoint-filter.ts";

/**
 * Tells who calls a function that is not for them, from declared rules and from which roles call
 * what (OWASP API5:2023 broken function level authorization).
 */
export const functionAuthorization: ProtectionFactory =
  defineProtection<FunctionAuthorizationOptions>({
    id: "function-authorization",
    summary: "Refuses functions that are not for the caller's roles (BFLA).",
    options: functionAuthorizationOptions,

    create(options, { installation }): Protection {
      const rules = options.rules.map((rule) => ({
        rule,
        appliesTo: createEndpointFilter(rule.endpoints),
      }));
      const known = options.learn ? sharedMatrixOf(installation) : undefined;
      return {
        id: functionAuthorization.id,
        summary: functionAuthorization.summary,
        onRequestHeaders(context) {
          for (const { rule, appliesTo } of rules) {
            const lacking = appliesTo(context)
              ? lackingOf(context.principal, rule, options)
              : undefined;
            if (lacking !== undefined) return block({ status: 403, reason: lacking });
          }
          return known === undefined ? allow : judge(context, known, options);
        },
        onClose(context) {
          const { principal, response } = context;
          if (known === undefined || principal === undefined || response === undefined) return;
          if (response.status < 200 || response.status >= 300) return;
          const roles = rolesOf(principal, options.roleClaims);
          if (roles.length === 0) return;
          // A call that was told of teaches nothing, or the second one would be ordinary.
          if (known.matrix.judge(shapeOfAddress(context), roles) !== undefined) return;
          known.channel.teach([shapeOfAddress(context), roles, principal.id]);
        },
      };
    },
  });

type Lesson = readonly [endpoint: string, roles: readonly string[], principal: string];

interface SharedMatrix {
  readonly matrix: RoleMatrix;
  readonly channel: LessonChannel<Lesson>;
}

/** The matrix that all gateway threads of an installation learn together; it outlives a changed policy. */
function sharedMatrixOf(installation: Installation): SharedMatrix {
  return installation.keep("role matrix", () => {
    const matrix = new RoleMatrix();
    const take = (lesson: Lesson): void => matrix.learn(...lesson);
    return { matrix, channel: new LessonChannel<Lesson>(installation, "roles", take) };
  });
}

/** What the caller lacks under the rule; undefined when nothing. */
function lackingOf(
  principal: Principal | undefined,
  { roles, scopes, claims }: FunctionRule,
  { trustUnverified, roleClaims }: FunctionAuthorizationOptions,
): string | undefined {
  if (principal === undefined) return "the rule asks for a caller who says who it is";
  if (!principal.verified && !trustUnverified) return "nobody verified who the caller is";
  const own = rolesOf(principal, roleClaims);
  if (roles.length > 0 && !roles.some((role) => own.includes(role))) {
    return `the caller has none of the roles ${roles.join(", ")}`;
  }
  const granted = principal.scopes ?? scopesOf(principal);
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) return `the caller lacks the scopes ${missing.join(", ")}`;
  const wrong = Object.entries(claims).find(
    ([name, value]) => String(claimAt(principal.claims, name)) !== value,
  );
  return wrong === undefined ? undefined : `the caller's claim ${wrong[0]} is not ${wrong[1]}`;
}

/** RFC 8693 section 4.2: a list with spaces. */
function scopesOf({ claims }: Principal): readonly string[] {
  const scope = claims?.["scope"];
  return typeof scope === "string" ? scope.split(" ") : [];
}

function judge(
  context: ExchangeContext,
  { matrix }: SharedMatrix,
  { roleClaims, confidenceMin }: FunctionAuthorizationOptions,
): Verdict {
  const { principal, request } = context;
  if (principal === undefined) return allow;
  const roles = rolesOf(principal, roleClaims);
  if (roles.length === 0) return allow;
  const edge = matrix.judge(shapeOfAddress(context), roles);
  if (edge === undefined) return allow;
  const detections = context.countedDetections([detectionOf(request.path, roles, edge)]);
  const [first] = detections;
  if (first === undefined || !isAtLeast(first.confidence, confidenceMin)) {
    return { ...allow, detections };
  }
  return block({ status: 403, reason: "nobody with the caller's roles calls this", detections });
}

function detectionOf(path: string, roles: readonly string[], edge: NewEdge): Detection {
  return {
    detector: "function-authorization",
    confidence: edge.confidence,
    location: "path",
    name: "0",
    part: "value",
    evidence: path.slice(0, 256),
    span: { start: 0, end: Math.min(path.length, 256) },
    value: path.slice(0, 1_024),
    steps: [],
    explanation:
      `${edge.calls} calls by ${edge.principals} principals succeeded here, all with the roles ` +
      `${edge.roles.join(", ")}; this caller has ${roles.join(", ")}, and nobody with those ever called it.`,
  };
}
