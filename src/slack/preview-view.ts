// The form that tells customers, drawn with what would be sent now.
import { randomUUID } from "node:crypto";
import type { ModalView } from "@slack/types";
import { templateNamed, writtenTexts } from "../chat/forms/notify-values.js";
import type { NoticePreview } from "../chat/notice-preview.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { type FormAsk, viewOf } from "./form-view.js";
import type { ModalMemory } from "./render-modal.js";

type Who = Pick<Asked, "userId" | "userName">;

/** Looks up what would be sent and draws it; what goes wrong is said in the form, and nothing typed is lost. */
export async function previewView(deps: DoorDeps, who: Who, ask: FormAsk, memory: ModalMemory): Promise<ModalView> {
  try {
    return viewOf(deps, who.userId, { ...ask, preview: await preview(deps, who, ask) }, memory);
  } catch (err) {
    return viewOf(deps, who.userId, { ...ask, preview: { kind: "fault", code: codeOf(deps, err) } }, memory);
  }
}

async function preview(deps: DoorDeps, who: Who, { target, values }: FormAsk): Promise<NoticePreview> {
  if (target === null) return { kind: "refused", refusal: { reason: "unknown-incident" }, snapshot: null };
  const { id } = await deps.people.enter(who.userId, who.userName);
  const template = templateNamed(values["template"]);
  const { outreach } = deps.people.voiceFor(null);
  const texts = writtenTexts(values, template, outreach?.catalogue(null).slotMax ?? {});
  return deps.handler.previewNotice(target, { template, texts }, { personId: id });
}

/** The store's own code, or a reference to a mistake of ours. */
function codeOf(deps: DoorDeps, err: unknown): string {
  if (err instanceof Error && err.name === "StoreFault" && "code" in err) return String(err.code);
  const reference = randomUUID().slice(0, 8);
  deps.reporter.broke({ what: "preview", reference, err });
  return reference;
}
