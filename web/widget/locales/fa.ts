import type { Catalogue } from "../../shared/catalogue";
import type { Word } from "./en";

export const fa: Catalogue<Word> = {
  close: "بستن گفتگو",
  language: "زبان",
  assistant: "دستیار",
  you: "شما",
  agent: "همکار ما",

  greeting: "سلام! هر پرسشی دارید بنویسید. اگر از من برنیاید، همکارانم پاسخ می‌دهند.",
  status_connecting: "در حال اتصال…",
  status_with_bot: "دستیار همین حالا پاسخ می‌دهد",
  status_waiting: "یکی از همکاران ما می‌آید",
  status_with_agent: "{agent} پاسخگوی شماست",
  status_with_team: "یکی از همکاران ما پاسخگوی شماست",
  status_resolved: "به نتیجه رسید. برای ادامه بنویسید.",
  status_lost: "اتصال قطع شد",
  status_refused: "این گفتگو در دسترس نیست",

  waiting_next: "نفر بعدی شمایید",
  waiting_place: "شما نفر {position} صف هستید",
  waiting_minutes: { other: "حدود {count} دقیقه" },
  waiting_soon: "کمتر از یک دقیقه",
  waiting_hint: "می‌توانید همچنان بنویسید؛ همهٔ گفتگو به همکارمان می‌رسد.",

  lost_hint: "نوشته‌هایتان نگه داشته و پس از اتصال فرستاده می‌شود.",
  refused_hint: "لطفاً از راه دیگری با ما تماس بگیرید.",

  talk_to_person: "گفتگو با پاسخگو",
  asked_for_person: "می‌خواهم با یک نفر صحبت کنم.",

  message_placeholder: "پیام خود را بنویسید…",
  message_label: "پیام شما",
  send: "فرستادن",
  attach: "پیوست کردن فایل",
  drop_here: "فایل‌ها را اینجا رها کنید",

  log_label: "پیام‌ها",
  new_messages: "پیام‌های تازه: {count}",
  show_more: "نمایش بیشتر",
  show_less: "نمایش کمتر",
  typing: "{name} در حال نوشتن است…",

  mark_pending: "در حال فرستادن…",
  mark_kept: "نگه داشته شد تا اتصال برقرار شود",
  mark_sent: "فرستاده شد",
  mark_read: "خوانده شد",

  not_sent: "فرستاده نشد.",
  try_again: "دوباره",
  discard: "حذف",
  download: "دریافت {filename}",
  remove_file: "برداشتن {filename}",

  menu: "بیشتر",
  sound: "صدا",
  take_along: "ذخیرهٔ گفتگو",

  away: "اکنون کسی اینجا نیست",
  away_until: "تا {when} کسی اینجا نیست",
  away_hint: "پیام‌هایتان نگه داشته می‌شود و همان هنگام پاسخ می‌گیرد.",
  email: "ایمیل شما، برای پاسخ",
  email_left: "می‌توانیم از راه {email} به شما برسیم.",

  rating_ask: "این گفتگو چطور بود؟",
  rating_thanks: "سپاسگزاریم!",
  rating_of: "{score} از ۵",
  rating_more: "نکتهٔ دیگری هست؟",

  error_too_long: "پیام بیش از اندازه بلند است.",
  error_too_many: "پیام‌ها پشت سر هم بود. تا چند لحظهٔ دیگر ادامه می‌یابد.",
  error_bad_attachment: "این نوع فایل را نمی‌توان فرستاد.",
  error_too_large: "حجم این فایل زیاد است.",
  error_unavailable: "اکنون ممکن نیست. لطفاً دوباره تلاش کنید.",
};
