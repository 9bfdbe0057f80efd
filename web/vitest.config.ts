import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{shared,widget,console,demo}/**/*.test.{ts,tsx}"],
    environment: "node",
  },
});
