// Lists as Twilio gives them: newest first, in pages whose addresses are relative.
import { twilioPageSizes } from "../../limits/twilio.js";

/** What a page shows besides its records. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly envelope: Readonly<Record<string, unknown>>;
}

/** Cuts a page out of records that are in order; the page token names the last record of the page before. */
export function cutPage<Item extends { readonly sid: string }>(
  path: string,
  query: URLSearchParams,
  ordered: readonly Item[],
): Page<Item> {
  const asked = Number(query.get("PageSize") ?? twilioPageSizes.usual);
  const size = Math.min(twilioPageSizes.most, Math.max(1, Number.isInteger(asked) ? asked : twilioPageSizes.usual));
  const page = Math.max(0, Number(query.get("Page") ?? 0) || 0);
  const after = /^PA(\w+)$/.exec(query.get("PageToken") ?? "")?.[1];
  const start = after === undefined ? page * size : ordered.findIndex(({ sid }) => sid === after) + 1;
  const items = ordered.slice(start, start + size);
  const more = start + items.length < ordered.length;
  const address = (number: number, token?: string): string => {
    const wanted = new URLSearchParams(query);
    wanted.set("PageSize", String(size));
    wanted.set("Page", String(number));
    wanted.delete("PageToken");
    if (token) wanted.set("PageToken", `PA${token}`);
    return `${path}?${wanted}`;
  };
  const envelope = {
    page,
    page_size: size,
    start,
    end: start + Math.max(0, items.length - 1),
    uri: query.size > 0 ? `${path}?${query}` : path,
    first_page_uri: address(0),
    next_page_uri: more ? address(page + 1, items.at(-1)?.sid) : null,
    previous_page_uri: page > 0 ? address(page - 1) : null,
  };
  return { items, envelope };
}

/** Says whether an instant satisfies the filters `name`, `name<` and `name>`, each a day or an instant. */
export function withinDates(query: URLSearchParams, name: string, at: Date | undefined): boolean {
  const filters = ["", "<", ">"].map((sign) => ({ sign, value: query.get(`${name}${sign}`) }));
  return filters.every(({ sign, value }) => value === null || (at !== undefined && compares(at, sign, value)));
}

function compares(at: Date, sign: string, value: string): boolean {
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const start = new Date(value).getTime();
  const end = start + (wholeDay ? 24 * 3600 : 1) * 1000; // instants are written to the second
  if (sign === "<") return at.getTime() < end;
  if (sign === ">") return at.getTime() >= start;
  return at.getTime() >= start && at.getTime() < end;
}
