import type { ReactElement } from "react";
import type { PasswordRequest, SessionView } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { EntryForm, PasswordInput } from "./entry-form.tsx";

/** Replaces the one-time password; nothing else is shown before that. */
export function PasswordPage(props: {
  readonly onSession: (session: SessionView) => void;
}): ReactElement {
  return (
    <EntryForm
      title="Set your password"
      hint="The one-time password works only once. Choose your own: at least 12 characters."
      action="Set password"
      onSubmit={async (values) => {
        if (values.get("next") !== values.get("repeated")) {
          throw new Error("The two new passwords differ.");
        }
        const request: PasswordRequest = {
          current: String(values.get("current")),
          next: String(values.get("next")),
        };
        props.onSession(await change<SessionView>("PUT", "/api/password", request));
      }}
    >
      <PasswordInput name="current" label="One-time password" autoComplete="current-password" />
      <PasswordInput name="next" label="New password" autoComplete="new-password" minLength={12} />
      <PasswordInput
        name="repeated"
        label="New password again"
        autoComplete="new-password"
        minLength={12}
      />
    </EntryForm>
  );
}
