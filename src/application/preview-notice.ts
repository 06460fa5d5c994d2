// The message to customers as it would leave now, with whom it would reach; nothing is stored.
import { draftNotice } from "../domain/incident/decide-notice.js";
import type { Incident } from "../domain/incident/incident.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { TemplateName } from "../domain/notices/message-catalogue.js";
import { alreadyToldAt, type NoticeProposal, proposeNotices } from "../domain/notices/propose-notice.js";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler, NoticePreview } from "../ports/command-handler.js";
import { StoreFault } from "../ports/commit-store.js";
import { type CustomerDelivery, DeliveryFault } from "../ports/customer-delivery.js";
import type { IncidentIndex } from "../ports/incident-index.js";
import type { Outreach } from "../ports/outreach.js";
import type { Places } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import type { Reporter } from "../ports/reporter.js";
import { makeFindIncident } from "./find-incident.js";
import type { IncidentLoader } from "./incident-loader.js";
import { writtenTexts } from "./written-texts.js";

/** What a preview needs. */
export type PreviewDeps = {
  readonly loader: IncidentLoader;
  readonly index: IncidentIndex;
  readonly places: Places;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly delivery?: CustomerDelivery;
  readonly outreach?: Outreach;
};

const wanted = (
  incident: Incident,
  proposals: readonly NoticeProposal[],
  template: TemplateName | null,
): NoticeProposal | Refusal => {
  if (incident.kind === "drill") return { reason: "drill-has-no-customers" };
  const found = template === null ? proposals[0] : proposals.find((proposal) => proposal.template === template);
  if (found !== undefined) return found;
  const told = template === null ? null : alreadyToldAt(incident, template);
  if (told !== null) return { reason: "already-told", at: told };
  return incident.customers.length === 0 || template === null || template === "first_notice"
    ? { reason: "nobody-to-tell" }
    : { reason: "wrong-notice", state: incident.state };
};

/** Makes the preview of messages to customers. */
export const makePreviewNotice = (deps: PreviewDeps): CommandHandler["previewNotice"] => {
  const { loader, index, places, policies, clock, delivery, outreach } = deps;

  const idOf = makeFindIncident(index, places);

  const preview: CommandHandler["previewNotice"] = async (target, ask, { personId }) => {
    const id = await idOf(target);
    const loaded = id === null ? null : await loader.load(id);
    const refused = (refusal: Refusal, snapshot = null as ReturnType<IncidentLoader["snapshot"]> | null) =>
      ({ kind: "refused", refusal, snapshot }) as const;
    if (loaded === null)
      return refused({ reason: target.by === "room" ? "not-in-an-incident-channel" : "unknown-incident" });
    const { incident } = loaded;
    const snapshot = loader.snapshot(incident);
    if (delivery === undefined || outreach === undefined || outreach.mode === "off")
      return refused({ reason: "delivery-off" }, snapshot);
    const proposals = proposeNotices(incident);
    const proposal = wanted(incident, proposals, ask.template);
    if ("reason" in proposal) return refused(proposal, snapshot);
    const now = clock.now();
    const policy = policies.version(incident.policy.id, incident.policy.version);
    const { template, customers } = proposal;
    const command = { template, texts: writtenTexts(ask.texts), catalogue: outreach.inForce() };
    const circumstances = { actor: { kind: "person", personId }, admin: false, now, policy } as const;
    const { notice: body, alone } = draftNotice(incident, command, customers, circumstances);
    const notice = { ...body, draftedBy: personId, draftedAt: now, approved: null, discardedAt: null, sent: null };
    return {
      kind: "preview",
      snapshot,
      proposals,
      notice,
      count: await delivery.count(notice, snapshot),
      mode: outreach.mode,
      secondPerson: alone === "at-once" ? null : { aloneAt: alone },
    };
  };

  return async (target, ask, envelope): Promise<NoticePreview> => {
    try {
      return await preview(target, ask, envelope);
    } catch (error) {
      if (!(error instanceof StoreFault || error instanceof DeliveryFault)) throw error;
      deps.reporter.storeFailed({ what: "preview-notice", code: error.code, err: error });
      return { kind: "fault", code: error.code };
    }
  };
};
