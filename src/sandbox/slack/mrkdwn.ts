// Parses Slack's mrkdwn into a small tree, from which plain text and HTML are made.

/** A piece of parsed mrkdwn. */
export type MrkdwnNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "bold" | "italic" | "strike" | "quote"; readonly children: readonly MrkdwnNode[] }
  | { readonly kind: "code" | "pre"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly label: string }
  | { readonly kind: "user" | "channel" | "special" | "group"; readonly id: string; readonly label: string | undefined }
  | {
      readonly kind: "date";
      readonly seconds: number;
      readonly format: string;
      readonly url: string | undefined;
      readonly fallback: string;
    }
  | { readonly kind: "emoji"; readonly name: string };

/** Parses mrkdwn; never throws, whatever the text. */
export function parseMrkdwn(text: string): MrkdwnNode[] {
  const nodes: MrkdwnNode[] = [];
  const parts = text.split("```");
  // An odd number of fences leaves the last one as plain characters.
  if (parts.length % 2 === 0) parts.splice(-2, 2, `${parts.at(-2)}\`\`\`${parts.at(-1)}`);
  parts.forEach((part, index) => {
    if (index % 2 === 1) nodes.push({ kind: "pre", text: unescapeText(part.replace(/^\n|\n$/g, "")) });
    else nodes.push(...parseLines(index > 0 ? part.replace(/^\n/, "") : part));
  });
  return nodes;
}

function parseLines(text: string): MrkdwnNode[] {
  if (text === "") return [];
  const nodes: MrkdwnNode[] = [];
  let quoted: MrkdwnNode[] | undefined;
  text.split("\n").forEach((line, index) => {
    const quote = /^(?:&gt;|>) ?(.*)$/s.exec(line);
    if (quote) {
      if (quoted) quoted.push({ kind: "break" });
      else {
        quoted = [];
        nodes.push({ kind: "quote", children: quoted });
      }
      quoted.push(...parseInline(quote[1] ?? ""));
      return;
    }
    if (index > 0 && !quoted) nodes.push({ kind: "break" });
    quoted = undefined;
    nodes.push(...parseInline(line));
  });
  return nodes;
}

const styles = { "*": "bold", _: "italic", "~": "strike" } as const;
// One alternative per construct. Styles open after a non-word character and close before one.
const inlinePattern =
  /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]{0,2000}?\S)\3(?![\p{L}\p{N}])|:([a-z0-9_+-]+(?:::skin-tone-[2-6])?):/u;

function parseInline(text: string): MrkdwnNode[] {
  const nodes: MrkdwnNode[] = [];
  let rest = text;
  while (rest !== "") {
    const match = inlinePattern.exec(rest);
    const plain = match ? rest.slice(0, match.index) : rest;
    if (plain !== "") nodes.push({ kind: "text", text: unescapeText(plain) });
    if (!match) break;
    nodes.push(inlineNode(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return nodes;
}

function inlineNode(match: RegExpExecArray): MrkdwnNode {
  const [whole, control, code, mark, styled, emoji] = match;
  if (control !== undefined) return controlNode(control);
  if (code !== undefined) return { kind: "code", text: unescapeText(code) };
  if (mark !== undefined) {
    return { kind: styles[mark as keyof typeof styles], children: parseInline(styled ?? "") };
  }
  if (emoji !== undefined) return { kind: "emoji", name: emoji.split("::")[0] ?? emoji };
  return { kind: "text", text: whole };
}

function controlNode(content: string): MrkdwnNode {
  const bar = content.indexOf("|");
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeText(content.slice(bar + 1));
  if (/^@[UW]/.test(target)) return { kind: "user", id: target.slice(1), label };
  if (/^#[CG]/.test(target)) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!subteam^")) return { kind: "group", id: target.slice(9), label };
  const date = /^!date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  if (date) {
    const [, seconds = "0", format = "", url] = date;
    return { kind: "date", seconds: Number(seconds), format, url, fallback: label ?? "" };
  }
  if (target.startsWith("!")) return { kind: "special", id: target.slice(1), label };
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    const url = unescapeText(target);
    return { kind: "link", url, label: label ?? url };
  }
  return { kind: "text", text: `<${unescapeText(content)}>` };
}

/** Turns Slack's three entities back into characters. */
function unescapeText(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
