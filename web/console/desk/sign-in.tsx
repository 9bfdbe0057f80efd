/** Signing in: an address, a password, and what went wrong in plain words. */

import { useEffect, useState } from "preact/hooks";
import { ConnectionLost, Problem } from "../api/problem";
import { Button } from "../elements/button";
import { Field } from "../elements/field";
import { useApp, useBusy, useNow, useSelect, useWords } from "../elements/use";
import type { Say } from "../locales/words";
import { LanguageSelect, ThemeSelect } from "./appearance";
import { Logo } from "./logo";

export function SignIn() {
  const app = useApp();
  const { t } = useWords();
  const session = useSelect((state) => state.session);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  const [blockedUntil, setBlockedUntil] = useState(0);
  const [busy, run] = useBusy();
  useNow(500);
  const seconds = Math.max(0, Math.ceil((blockedUntil - app.now()) / 1000));

  useEffect(() => {
    document.title = `${t("signIn.title")} · Peyk`;
  }, [t]);

  const submit = (): Promise<void> =>
    run(async () => {
      setFailure(null);
      try {
        await app.session.signIn(email.trim(), password);
      } catch (error) {
        setFailure(error);
        if (error instanceof Problem && error.status === 429) {
          setBlockedUntil(app.now() + (error.retryAfter ?? 30) * 1000);
        }
      }
    });

  const expired = session.phase === "signed_out" && session.expired;
  return (
    <main class="sign-in">
      <form
        class="sign-in__card"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && seconds === 0) void submit();
        }}
      >
        <Logo />
        <h1>{t("signIn.title")}</h1>
        <p class="muted">{t("signIn.text")}</p>
        {expired && failure === null && <p class="box box--plain">{t("signIn.expired")}</p>}
        <Field label={t("email")} type="email" value={email} onValue={setEmail} autocomplete="username" required autofocus />
        <Field
          label={t("password")}
          type="password"
          value={password}
          onValue={setPassword}
          autocomplete="current-password"
          required
        />
        <p class={failure ? "box box--bad" : "hidden"} role="alert">
          {failure !== null && wordsFor(failure, t, seconds)}
        </p>
        <Button type="submit" look="primary" busy={busy} why={seconds > 0 ? t("signIn.throttled", { count: seconds }) : null}>
          {t("signIn.do")}
        </Button>
      </form>
      <div class="sign-in__foot">
        <LanguageSelect />
        <ThemeSelect />
      </div>
    </main>
  );
}

function wordsFor(error: unknown, t: Say, seconds: number): string {
  if (error instanceof ConnectionLost) return t("failure.connection");
  if (!(error instanceof Problem)) return t("failure.unknown");
  if (error.status === 429) return seconds > 0 ? t("signIn.throttled", { count: seconds }) : t("signIn.again");
  if (error.status >= 500) return t("failure.server");
  return t("signIn.wrong");
}
