// Messages to customers in tests: voices that can write to customers, stories that have told some, and previews.
import type { NoticePreview, PreviewedNotice } from "../../../src/chat/notice-preview.js";
import type { CustomerWords, Language, Voice } from "../../../src/chat/voice.js";
import type { CustomerLanguage } from "../../../src/domain/customers/customer.js";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import { draftNotice } from "../../../src/domain/incident/decide-notice.js";
import { prose } from "../../../src/domain/incident/prose.js";
import type { WrittenTexts } from "../../../src/domain/notices/customer-notice.js";
import type { TemplateName } from "../../../src/domain/notices/message-catalogue.js";
import { proposeNotices } from "../../../src/domain/notices/propose-notice.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  by,
  customer,
  declared,
  followedBy,
  later,
  MONDAY_10,
  type Story,
} from "../../support/incident-builders.js";
import { aVoice, snapshotOf } from "./told-snapshots.js";

/** Words of messages to customers; live, so that everybody receives them, unless said otherwise. */
export const customerWords = (with_: Partial<CustomerWords> = {}): CustomerWords => ({
  mode: "live",
  supportContact: "suporte@cubo.example",
  statusUrl: "https://status.cubo.example",
  catalogue: () => cuboSuiteMessagesV1,
  receives: () => true,
  ...with_,
});

/** How the bot talks where customers can be written to. */
export const tellingVoice = (with_: Partial<CustomerWords> = {}, language: Language = "pt-BR"): Voice => ({
  ...aVoice(language),
  outreach: customerWords(with_),
});

/** An incident that affects so many customers. */
export const affecting = (count: number, with_: Parameters<typeof aDeclaration>[0] = {}): Story => {
  const customers = Array.from({ length: count }, (_, index) => customer(`c${index + 1}`));
  return declared(aDeclaration({ customers, ...with_ }));
};

/** A request to tell customers. */
export const compose = (
  template: TemplateName,
  texts: WrittenTexts = {},
  confirmedCustomers: number | null = null,
): IncidentCommand => ({
  type: "compose-notice",
  template,
  customers: null,
  texts,
  catalogue: cuboSuiteMessagesV1,
  seen: null,
  confirmedCustomers,
});

/** What changed, in Portuguese. */
export const changed = (text = "A falha foi isolada em um provedor."): WrittenTexts => ({
  whatChanged: { "pt-BR": prose(text) },
});

/** A story whose customers have had their first notice from Bruno, ten minutes in. */
export const toldFirst = (count = 3): Story =>
  followedBy(affecting(count), compose("first_notice", {}, count), { actor: by("bruno"), at: later(10) });

/** Goes on with a draft by Bruno that waits for a second person, because Helena is there. */
export const waitingUpdate = (story: Story = toldFirst(), at = later(20)): Story => {
  const helena = followedBy(
    story,
    { type: "add-note", text: "acompanhando", happenedAt: null },
    { actor: by("helena"), at },
  );
  return followedBy(helena, compose("update", changed()), { actor: by("bruno"), at });
};

type PreviewOptions = {
  readonly template?: TemplateName;
  readonly texts?: WrittenTexts;
  readonly languages?: readonly CustomerLanguage[];
  readonly at?: Date;
  readonly mode?: PreviewedNotice["mode"];
  readonly unreachable?: readonly string[];
  readonly receiving?: number;
  readonly secondPerson?: PreviewedNotice["secondPerson"];
};

/** The preview of a story's most fitting message, or of the one named. */
export const previewOf = (story: Story, options: PreviewOptions = {}): PreviewedNotice => {
  const { at = MONDAY_10, texts = {}, languages = ["pt-BR"], unreachable = [] } = options;
  const proposals = proposeNotices(story.incident);
  const wanted = options.template ?? proposals[0]?.template;
  const proposal = proposals.find(({ template }) => template === wanted);
  if (proposal === undefined) throw new Error(`Nothing of the kind ${wanted} can be sent.`);
  const { template, customers } = proposal;
  const circumstances = { actor: by("bruno"), admin: false, now: at, policy: cuboSuitePolicyV1 } as const;
  const command = { template, texts, catalogue: cuboSuiteMessagesV1 };
  const { notice, alone } = draftNotice(story.incident, command, customers, circumstances);
  const nobody = { draftedBy: by("bruno").kind === "person" ? ("bruno" as never) : null, draftedAt: at };
  const n = customers.length;
  return {
    kind: "preview",
    snapshot: snapshotOf(story, at),
    proposals,
    notice: { ...notice, ...nobody, approved: null, discardedAt: null, sent: null },
    count: {
      customers: n,
      contacts: n * 3,
      emails: n * 3,
      texts: n,
      unreachable,
      languages,
      receiving: options.receiving ?? n,
    },
    mode: options.mode ?? "live",
    secondPerson:
      options.secondPerson === undefined ? (alone === "at-once" ? null : { aloneAt: alone }) : options.secondPerson,
  };
};

/** A preview that could not be made. */
export const refusedPreview = (story: Story): NoticePreview => ({
  kind: "refused",
  refusal: { reason: "nobody-to-tell" },
  snapshot: snapshotOf(story),
});
