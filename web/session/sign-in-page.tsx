import type { ReactElement } from "react";
import type { SessionRequest, SessionView } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { EntryForm, PasswordInput } from "./entry-form.tsx";

export function SignInPage(props: {
  readonly onSession: (session: SessionView) => void;
}): ReactElement {
  return (
    <EntryForm
      title="Sign in to Merlon"
      hint="At the first start the name is admin and a one-time password stands in the terminal."
      action="Sign in"
      onSubmit={async (values) => {
        const request: SessionRequest = {
          name: String(values.get("name")),
          password: String(values.get("password")),
        };
        props.onSession(await change<SessionView>("POST", "/api/session", request));
      }}
    >
      <label className="mb-3 block">
        <span className="mb-1 block font-medium">Name</span>
        <input
          className="field w-full"
          name="name"
          defaultValue="admin"
          required
          autoComplete="username"
        />
      </label>
      <PasswordInput name="password" label="Password" autoComplete="current-password" />
    </EntryForm>
  );
}
