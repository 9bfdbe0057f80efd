import type { Text } from "../../shared/catalogue";

export const en = {
  close: "Close chat",
  language: "Language",
  assistant: "Assistant",
  you: "You",
  agent: "Our team",

  greeting: "Hello! Ask me anything. If I cannot help, a person will.",
  status_connecting: "Connecting…",
  status_with_bot: "The assistant answers at once",
  status_waiting: "A person will join you",
  status_with_agent: "{agent} is with you",
  status_with_team: "A person is with you",
  status_resolved: "Resolved. Write to go on.",
  status_lost: "Connection lost",
  status_refused: "This chat is not available",

  waiting_next: "You are next in line",
  waiting_place: "You are number {position} in line",
  waiting_minutes: { one: "about {count} minute", other: "about {count} minutes" },
  waiting_soon: "less than a minute",
  waiting_hint: "You can go on writing. Everything here is passed on.",

  lost_hint: "What you write is kept and sent when the connection is back.",
  refused_hint: "Please reach us another way.",

  talk_to_person: "Talk to a person",
  asked_for_person: "I would like to talk to a person.",

  message_placeholder: "Write a message…",
  message_label: "Your message",
  send: "Send",
  attach: "Attach a file",
  drop_here: "Drop files to attach them",

  log_label: "Messages",
  new_messages: "New messages: {count}",
  show_more: "Show more",
  show_less: "Show less",
  typing: "{name} is typing…",

  mark_pending: "Sending…",
  mark_kept: "Kept until the connection is back",
  mark_sent: "Sent",
  mark_read: "Read",

  not_sent: "Not sent.",
  try_again: "Try again",
  discard: "Discard",
  download: "Download {filename}",
  remove_file: "Remove {filename}",

  menu: "More",
  sound: "Sound",
  take_along: "Save the conversation",

  away: "Nobody is here right now",
  away_until: "Nobody is here until {when}",
  away_hint: "Your messages are kept, and answered then.",
  email: "Your email, so that we can reach you",
  email_left: "We can reach you at {email}.",

  rating_ask: "How was this conversation?",
  rating_thanks: "Thank you!",
  rating_of: "{score} of 5",
  rating_more: "Anything to add?",

  error_too_long: "The message is too long.",
  error_too_many: "That was a lot at once. It goes on in a moment.",
  error_bad_attachment: "This kind of file cannot be sent.",
  error_too_large: "This file is too large.",
  error_unavailable: "This is not possible right now. Please try again.",
} as const satisfies Record<string, Text>;

export type Word = keyof typeof en;
