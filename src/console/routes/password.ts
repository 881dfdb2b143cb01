import { z } from "zod";
import type { PasswordRequest } from "../contract.ts";
import { hashPassword, isPasswordOf } from "../passwords.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validated } from "../validate.ts";
import { answerWithNewSession, loginOf, requireAttempt } from "./session.ts";

const passwordRequest: z.ZodType<PasswordRequest> = z.strictObject({
  current: z.string().min(1).max(256),
  next: z.string().min(12, "must have at least 12 characters").max(256),
});

/** Setting a password of one's own; every other session of the account ends. */
export const passwordRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: "/api/password",
    access: "signed-in",
    async answer(request, services) {
      const { current, next } = validated(passwordRequest, request.body);
      const { account } = loginOf(request);
      requireAttempt(request, services, account.name);
      const { hashing } = services;
      if (!(await hashing.run(() => isPasswordOf(current, account.passwordHash)))) {
        throw new Problem(403, "The current password is wrong.");
      }
      if (current === next) throw new Problem(400, "next: must differ from the current password.");

      services.loginLimit.forgive(request.address, account.name);
      const passwordHash = await hashing.run(() => hashPassword(next));
      const changed = { ...account, passwordHash, oneTime: false };
      await services.accounts.saveAccount(changed);
      await services.accounts.deleteSessionsOf(account.name);
      const details = { account: account.name, address: request.address };
      services.log({ level: "info", event: "password-set", details });
      return answerWithNewSession(changed, request, services);
    },
  },
];
