// Reads small XML documents strictly: what is not well formed is refused, as Twilio refuses it with error 12100.

/** An element with its own text and its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Says why a document is not well formed. */
export class XmlProblem extends Error {}

interface OpenElement extends XmlElement {
  text: string;
  readonly children: XmlElement[];
}

const namePattern = "[A-Za-z_][\\w.-]*";
const openTag = new RegExp(`<(${namePattern})((?:\\s+${namePattern}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, "y");
const closeTag = new RegExp(`</(${namePattern})\\s*>`, "y");
const attribute = new RegExp(`(${namePattern})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "g");
const skipped = /<!--(?:(?!--)[\s\S])*-->|<\?[\s\S]*?\?>/y;
const verbatim = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const plainText = /[^<]+/y;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads a document and answers its root element, or throws an XmlProblem. */
export function parseXml(source: string): XmlElement {
  const text = source.replace(/^\uFEFF/, "").trim();
  refuseCharacters(text);
  const document: OpenElement = { name: "", attributes: {}, text: "", children: [] };
  const open: OpenElement[] = [document];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    const top = open.at(-1) ?? document;
    if (take(skipped)) continue;
    const words = take(verbatim)?.[1] ?? decoded(take(plainText)?.[0]);
    if (words !== undefined) top.text += words;
    else if (!takeTag(take, open, top)) throw new XmlProblem(`The markup at character ${at} cannot be read`);
  }
  const [root] = document.children;
  const unclosed = open.at(-1);
  if (unclosed && unclosed !== document) throw new XmlProblem(`<${unclosed.name}> is not closed`);
  if (!root || document.children.length > 1) throw new XmlProblem("There must be exactly one root element");
  if (document.text.trim() !== "") throw new XmlProblem("There is text outside the root element");
  return root;
}

function takeTag(take: (pattern: RegExp) => RegExpExecArray | null, open: OpenElement[], top: OpenElement): boolean {
  const closed = take(closeTag);
  if (closed) {
    if (closed[1] !== top.name) throw new XmlProblem(`</${closed[1]}> does not close <${top.name}>`);
    open.pop();
    return true;
  }
  const opened = take(openTag);
  if (!opened) return false;
  const [, name = "", attributes = "", empty] = opened;
  const element: OpenElement = { name, attributes: attributesOf(attributes), text: "", children: [] };
  top.children.push(element);
  if (!empty) open.push(element);
  return true;
}

function attributesOf(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", double, single] of source.matchAll(attribute)) {
    if (name in found) throw new XmlProblem(`The attribute ${name} is there twice`);
    found[name] = decoded(double ?? single) ?? "";
  }
  return found;
}

function decoded(text: string | undefined): string | undefined {
  return text?.replace(/&([^;&\s]*;?)/g, (_, entity: string) => {
    const name = entity.slice(0, -1);
    const known = entities[name];
    if (known !== undefined && entity.endsWith(";")) return known;
    const number = /^#(?:x([0-9a-fA-F]+)|(\d+));$/.exec(entity);
    if (!number) throw new XmlProblem(`&${entity} is not an entity of XML`);
    const character = String.fromCodePoint(number[1] ? Number.parseInt(number[1], 16) : Number(number[2]));
    refuseCharacters(character);
    return character;
  });
}

/** XML 1.0 has no control characters but tab and line ends, and no lone surrogates. */
function refuseCharacters(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  const found = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u.exec(text);
  if (found) throw new XmlProblem(`The character U+${found[0].charCodeAt(0).toString(16)} is not allowed in XML`);
}
