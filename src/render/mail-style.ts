import type { Html } from "./escape-html.js";

// A constant: no value of anybody's ever enters it.
const CSS = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #f3f4f6; color: #1b1f24; -webkit-text-size-adjust: 100%; }
.sheet { max-width: 600px; margin: 0 auto; padding: 16px 12px; font: 16px/1.5 -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.brand { margin: 0 4px 10px; font-weight: bold; color: #4a5361; }
.card { background: #ffffff; border: 1px solid #d5d9e0; border-radius: 8px; padding: 20px; }
.card p { margin: 0 0 16px; overflow-wrap: anywhere; }
.card p.fact { margin-bottom: 10px; }
.card p.gap { margin-bottom: 20px; }
.card p:last-child { margin-bottom: 0; }
a { color: #0a58b5; }
.preheader { display: none; max-height: 0; overflow: hidden; }
@media (prefers-color-scheme: dark) {
  body { background: #14171b; color: #e8eaed; }
  .card { background: #1e2329; border-color: #3a424d; }
  .brand { color: #aab4c0; }
  a { color: #8ab8ff; }
}
`;

/** The styles of e-mails: readable on a small phone and in the dark, without anything to load. */
export const mailStyle: Html = { markup: `<style>${CSS}</style>` };
