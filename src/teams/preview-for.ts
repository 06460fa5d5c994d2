import { randomUUID } from "node:crypto";
import type { FormTarget } from "../chat/asks.js";
import type { FormValues } from "../chat/form.js";
import { templateNamed, writtenTexts } from "../chat/forms/notify-values.js";
import type { NoticePreview } from "../chat/notice-preview.js";
import type { Asked, DoorDeps } from "./door-deps.js";

/** A dialog must be there before three seconds have passed. */
const PREVIEW_MS = 2_000;

/**
 * What would be sent to customers with the values of a form; a mistake or a store that is away becomes a fault.
 * Undefined when it takes too long: the form then says so and can be drawn again.
 */
export async function previewFor(
  deps: DoorDeps,
  asked: Asked,
  what: { readonly target: FormTarget | null; readonly values: FormValues },
): Promise<NoticePreview | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PREVIEW_MS);
  });
  const first = await Promise.race([preview(deps, asked, what), bound]);
  clearTimeout(timer);
  return first;
}

async function preview(
  deps: DoorDeps,
  asked: Asked,
  { target, values }: { readonly target: FormTarget | null; readonly values: FormValues },
): Promise<NoticePreview> {
  const unknown = { kind: "refused", refusal: { reason: "unknown-incident" }, snapshot: null } as const;
  try {
    const person = await deps.people.enter(asked);
    if (target === null || person === null) return unknown;
    const template = templateNamed(values["template"]);
    const { outreach } = deps.people.voiceFor(null);
    const texts = writtenTexts(values, template, outreach?.catalogue(null).slotMax ?? {});
    return await deps.handler.previewNotice(target, { template, texts }, { personId: person.id });
  } catch (err) {
    if (err instanceof Error && err.name === "StoreFault" && "code" in err) {
      return { kind: "fault", code: String(err.code) };
    }
    const reference = randomUUID().slice(0, 8);
    deps.reporter.broke({ what: "preview", reference, err });
    return { kind: "fault", code: reference };
  }
}
