/** The sheet of all keys, in groups. */

import type { ComponentChildren } from "preact";
import { Dialog } from "../elements/dialog";
import { useWords } from "../elements/use";
import type { Key } from "../locales/words";
import { SHORTCUTS, type Shortcut } from "../state/shortcuts";

const MOVING: readonly Shortcut[] = ["next", "previous", "claim"];
const EVERYWHERE: readonly Shortcut[] = ["sheet"];

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const rest = SHORTCUTS.filter(({ does }) => !MOVING.includes(does) && !EVERYWHERE.includes(does));
  return (
    <Dialog title={t("shortcuts")} wide onClose={onClose}>
      <div class="sheet">
        <Group title="shortcuts.everywhere">
          <Keys keys={["Ctrl", "K"]} does="shortcut.command" />
          <Listed of={SHORTCUTS.filter(({ does }) => EVERYWHERE.includes(does))} />
          <Keys keys={["Esc"]} does="shortcut.close" />
        </Group>
        <Group title="shortcuts.moving">
          <Listed of={SHORTCUTS.filter(({ does }) => MOVING.includes(does))} />
        </Group>
        <Group title="shortcuts.conversation">
          <Listed of={rest} />
        </Group>
        <Group title="shortcuts.writing">
          <Keys keys={["Enter"]} does="shortcut.send" />
          <Keys keys={["Shift", "Enter"]} does="shortcut.line" />
        </Group>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { readonly title: Key; readonly children: ComponentChildren }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t(title)}</h3>
      <dl class="shortcuts">{children}</dl>
    </section>
  );
}

function Listed({ of }: { readonly of: typeof SHORTCUTS }) {
  return (
    <>
      {of.map(({ key, does }) => (
        <Keys key={key} keys={[key]} does={`shortcut.${does}`} />
      ))}
    </>
  );
}

function Keys({ keys, does }: { readonly keys: readonly string[]; readonly does: Key }) {
  const { t } = useWords();
  return (
    <div>
      <dt dir="ltr">
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{t(does)}</dd>
    </div>
  );
}
