import type { Html } from "./escape-html.js";

// A constant: no value of anybody's ever enters it.
const CSS = `
:root { color-scheme: light dark; }
body { margin: 0; background: #f3f4f6; color: #1b1f24; font: 18px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 24px 20px; }
h1 { margin: 0 0 20px; font-size: 26px; line-height: 1.25; }
p { margin: 0 0 20px; overflow-wrap: anywhere; }
.incident { padding: 16px; background: #ffffff; border: 1px solid #d5d9e0; border-radius: 8px; }
.level { display: inline-block; padding: 0 8px; border-radius: 4px; background: #1b1f24; color: #ffffff; font-weight: bold; }
.drill { padding: 8px 16px; border: 2px dashed #7a4a00; border-radius: 8px; font-weight: bold; }
button { width: 100%; min-height: 64px; border: 0; border-radius: 8px; background: #0a58b5; color: #ffffff; font: inherit; font-size: 22px; font-weight: bold; }
button:focus-visible { outline: 4px solid #f0a500; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  body { background: #14171b; color: #e8eaed; }
  .incident { background: #1e2329; border-color: #3a424d; }
  .level { background: #e8eaed; color: #14171b; }
  .drill { border-color: #f0a500; }
}
`;

/** The styles of the pages of links: large, and dark where the reader's phone is dark. */
export const pageStyle: Html = { markup: `<style>${CSS}</style>` };
