/** A labelled field, with its hint and what is wrong with it read together. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface Common {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
}

export interface FieldProps extends Common {
  readonly type?: "text" | "email" | "password" | "date" | "datetime-local" | "number";
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly autofocus?: boolean;
  readonly min?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export function Field(props: FieldProps) {
  const id = useId();
  const { type = "text" } = props;
  return (
    <Labelled id={id} {...props}>
      <input
        {...aria(id, props)}
        {...kind(type)}
        class="input"
        value={props.value}
        required={props.required}
        autofocus={props.autofocus}
        autocomplete={props.autocomplete ?? "off"}
        min={props.min}
        minLength={props.minLength}
        maxLength={props.maxLength}
        dir={type === "email" || type === "password" ? "ltr" : "auto"}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
    </Labelled>
  );
}

export function TextField(props: Common & { readonly rows?: number }) {
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <textarea
        {...aria(id, props)}
        class="input"
        dir="auto"
        rows={props.rows ?? 3}
        value={props.value}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
    </Labelled>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export function Select(props: Common & { readonly choices: readonly Choice[] }) {
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <select
        {...aria(id, props)}
        class="input"
        value={props.value}
        onChange={(event) => props.onValue(event.currentTarget.value)}
      >
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={props.on}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="switch__track" aria-hidden="true" />
      <span>{props.label}</span>
    </label>
  );
}

function Labelled(props: Common & { readonly id: string; readonly children: JSX.Element }) {
  return (
    <div class="field">
      <label class="field__label" for={props.id}>
        {props.label}
      </label>
      {props.children}
      {props.hint && (
        <p class="field__hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p class="field__error" id={`${props.id}-error`} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

/** Preact's types know a set of attributes for each kind of input; ours take what all share. */
function kind(type: NonNullable<FieldProps["type"]>): { readonly type: "text" } {
  return { type: type as "text" };
}

function aria(id: string, { hint, error }: Common) {
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": told || undefined,
  };
}
