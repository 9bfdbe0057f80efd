import { Button } from "../elements/button";
import { useApp, useSelect, useWords } from "../elements/use";

export function NoticeList() {
  const app = useApp();
  const { t } = useWords();
  const notices = useSelect((state) => state.notices);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} class={`notice notice--${notice.tone}`}>
          <span>{notice.say(t)}</span>
          {notice.offer && (
            <Button
              small
              onPress={() => {
                notice.offer?.run();
                app.notices.dismiss(notice.id);
              }}
            >
              {notice.offer.say(t)}
            </Button>
          )}
          <Button small look="quiet" icon="close" label={t("close")} onPress={() => app.notices.dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
