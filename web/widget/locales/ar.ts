import type { Catalogue } from "../../shared/catalogue";
import type { Word } from "./en";

export const ar: Catalogue<Word> = {
  chat: "المحادثة",
  close: "إغلاق المحادثة",
  language: "اللغة",
  assistant: "المساعد",
  you: "أنت",
  agent: "فريقنا",

  greeting: "مرحبًا! اسألني عمّا تشاء، وإن لم أستطع المساعدة فسيجيبك أحد زملائي.",
  status_connecting: "جارٍ الاتصال…",
  status_with_bot: "المساعد يجيب فورًا",
  status_waiting: "سينضم إليك أحد موظفينا",
  status_with_agent: "{agent} معك الآن",
  status_with_team: "أحد موظفينا معك الآن",
  status_resolved: "انتهت المحادثة. اكتب لتتابع.",
  status_lost: "لا يوجد اتصال",
  status_refused: "هذه المحادثة غير متاحة",

  waiting_title: "في انتظار موظف",
  waiting_next: "أنت التالي في الدور",
  waiting_place: "ترتيبك في الدور {position}",
  waiting_minutes: {
    one: "نحو دقيقة",
    two: "نحو دقيقتين",
    few: "نحو {count} دقائق",
    many: "نحو {count} دقيقة",
    other: "نحو {count} دقيقة",
  },
  waiting_soon: "أقل من دقيقة",
  waiting_hint: "يمكنك متابعة الكتابة، فكل ما هنا سيصل إلى زميلنا.",

  lost_title: "انقطع الاتصال",
  lost_hint: "ما تكتبه محفوظ وسيُرسل عند عودة الاتصال.",
  lost_retry: "حاول الآن",
  refused_hint: "يرجى التواصل معنا بطريقة أخرى.",

  ask_for_person: "التحدث إلى موظف",
  asked_for_person: "أريد التحدث إلى شخص.",

  message_placeholder: "اكتب رسالة…",
  message_label: "رسالتك",
  send: "إرسال",
  attach: "إرفاق ملف",
  drop_here: "أفلت الملفات هنا لإرفاقها",

  log_label: "الرسائل",
  new_messages: "رسائل جديدة: {count}",
  to_latest: "الانتقال إلى آخر رسالة",
  show_more: "عرض المزيد",
  show_less: "عرض أقل",
  typing: "{name} يكتب الآن…",
  choices: "الخيارات",

  mark_pending: "جارٍ الإرسال…",
  mark_kept: "محفوظة حتى يعود الاتصال",
  mark_sent: "أُرسلت",
  mark_read: "قُرئت",

  not_sent: "لم تُرسل.",
  try_again: "إعادة المحاولة",
  discard: "حذف",
  download: "تنزيل {filename}",
  image: "صورة: {filename}",
  file_failed: "تعذّر تنزيل الملف. حاول مرة أخرى.",
  remove_file: "إزالة {filename}",
  uploading: "جارٍ رفع {filename}",

  error_too_long: "الرسالة طويلة جدًا.",
  error_too_many: "الرسائل متتابعة جدًا. سيُستأنف الإرسال بعد لحظات.",
  error_bad_attachment: "لا يمكن إرسال هذا النوع من الملفات.",
  error_too_large: "هذا الملف كبير جدًا.",
  error_not_found: "ما تردّ عليه لم يعد متاحًا.",
  error_unavailable: "هذا غير ممكن الآن. حاول مرة أخرى.",
  error_other: "حدث خطأ ما. حاول مرة أخرى.",
};
