export const en = {
  title: "Nilgoon · Blue things, made by hand",
  skip: "Skip to the shop",
  name: "Nilgoon",
  nav_shop: "Shop",
  nav_orders: "Orders",
  nav_help: "Help",
  language: "Language",

  hero_title: "Blue things, made by hand",
  hero_text: "Cups, bowls and cloth in every shade of indigo, from small workshops to your table.",
  hero_action: "See the collection",
  hero_help: "Ask us anything",

  shop_title: "This season",
  shop_text: "Six pieces, each a little different from the next.",
  add: "Add",
  added: "Added",
  new: "New",

  cup: "Tea cup “Dawn”",
  cup_text: "Stoneware, 220 ml",
  vase: "Vase “River”",
  vase_text: "Turquoise glaze, 28 cm",
  bowl: "Bowl “Night sky”",
  bowl_text: "Gold-speckled, 18 cm",
  scarf: "Scarf “Nil”",
  scarf_text: "Silk, dyed with indigo",
  lamp: "Lamp “Blue hour”",
  lamp_text: "Blown glass, warm light",
  rug: "Rug “Garden”",
  rug_text: "Wool, 120 × 180 cm",

  orders_title: "Where is my order?",
  orders_text:
    "Ask in the chat, in your own words. These order numbers are there to be tried:",
  shipped: "Shipped",
  processing: "Being prepared",
  delivered: "Delivered",
  cancelled: "Cancelled",
  copy: "Copy",
  copied: "Copied",

  help_title: "A person is never far",
  help_1: "Ask the assistant",
  help_1_text: "Delivery, returns, sizes, payment: it answers at once, day and night.",
  help_2: "Talk to a person",
  help_2_text: "Say so at any time. Everything you wrote goes along, so you never start over.",
  help_3: "In your language",
  help_3_text: "Write in English, Persian or Arabic, and get the answer in the same.",

  footer: "Nilgoon is a made-up shop that shows Peyk at work. Nothing here can be bought.",
  agents: "For agents: the console",
} as const;

export type DemoWord = keyof typeof en;
