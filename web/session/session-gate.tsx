import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import type { SessionView } from "../../src/console/contract.ts";
import { keepSession } from "../api/client.ts";
import { useSession } from "../api/queries.ts";
import { Notice } from "../widgets/notice.tsx";
import { PasswordPage } from "./password-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** Shows the console to people who signed in and replaced the one-time password. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const { data: session, isPending, error } = useSession();
  const keep = (next: SessionView): void => {
    client.setQueryData(["session"], keepSession(next));
  };

  if (isPending) return <p className="p-6 text-mute">Loading…</p>;
  if (error !== null) return <Notice title="The console does not answer." detail={error.message} />;
  if (session === null) return <SignInPage onSession={keep} />;
  if (session.mustSetPassword) return <PasswordPage onSession={keep} />;
  return <>{children}</>;
}
