/** One of a few, all of them seen at once. */

import { useId } from "preact/hooks";

export interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  readonly hint?: string;
  readonly onValue: (value: Value) => void;
}

export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset class="choices" aria-describedby={props.hint ? `${name}-hint` : undefined}>
      <legend class="field__label">{props.label}</legend>
      <div class="choices__row">
        {props.choices.map(([value, label]) => (
          <label key={value} class="choices__one">
            <input type="radio" name={name} checked={value === props.value} onChange={() => props.onValue(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {props.hint && (
        <p class="field__hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
    </fieldset>
  );
}
