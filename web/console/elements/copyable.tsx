/** A text to take along: shown whole, copied with one press. */

import { useState } from "preact/hooks";
import { Button } from "./button";
import { useWords } from "./use";

const SAID_MS = 2_000;

export function Copyable({ label, text, hint }: { readonly label: string; readonly text: string; readonly hint?: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <div class="copyable">
      <span class="field__label">{label}</span>
      <div class="copyable__line">
        <code dir="ltr" tabIndex={0}>
          {text}
        </code>
        <Button small icon={copied ? "check" : "copy"} onPress={() => void copy()}>
          {t(copied ? "copied" : "copy")}
        </Button>
      </div>
      {hint && <p class="field__hint">{hint}</p>}
    </div>
  );
}
