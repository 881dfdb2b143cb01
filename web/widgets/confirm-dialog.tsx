import { type ReactElement, type ReactNode, useEffect, useId, useRef } from "react";

/** Asks once before something changes; closing it in any way means no. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line bg-panel p-5 text-ink shadow-xl"
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
    >
      <h2 id={titleId} className="text-base font-semibold">
        {props.title}
      </h2>
      <div className="mt-2 grid gap-3">{props.children}</div>
      {props.error !== null && (
        <p role="alert" className="mt-3 text-bad">
          {props.error.message}
        </p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <button type="button" className="button" onClick={props.onCancel}>
          Cancel
        </button>
        <button
          type="button"
          className={`button ${props.danger === true ? "button-danger" : "button-primary"}`}
          disabled={props.isBusy}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </button>
      </div>
    </dialog>
  );
}
