import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";

interface EntryFormProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly children: ReactNode;
  /** Rejects with an error whose message is shown. */
  readonly onSubmit: (values: FormData) => Promise<void>;
}

/** The frame that signing in and setting a password share. */
export function EntryForm(props: EntryFormProps): ReactElement {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await props.onSubmit(values);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="grid min-h-screen place-items-center p-4">
      <form
        className="w-full max-w-sm rounded-lg border border-line bg-panel p-6"
        onSubmit={(event) => void submit(event)}
      >
        <h1 className="mb-1 flex items-center gap-2 text-lg font-semibold">
          <img src="/merlon.svg" alt="" width="24" height="24" />
          {props.title}
        </h1>
        <p className="mb-4 text-mute">{props.hint}</p>
        {props.children}
        {problem !== undefined && (
          <p role="alert" className="mb-3 text-bad">
            {problem}
          </p>
        )}
        <button type="submit" disabled={busy} className="button button-primary w-full">
          {props.action}
        </button>
      </form>
    </main>
  );
}

export function PasswordInput(props: {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: string;
  readonly minLength?: number;
}): ReactElement {
  return (
    <label className="mb-3 block">
      <span className="mb-1 block font-medium">{props.label}</span>
      <input
        className="field w-full"
        type="password"
        name={props.name}
        required
        autoComplete={props.autoComplete}
        minLength={props.minLength}
      />
    </label>
  );
}
