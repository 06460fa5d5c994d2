// What the doors call: requests as people made them become commands with everything resolved.

import type { DeclareIncident, IncidentCommand } from "../domain/incident/commands.js";
import { decideDeclare } from "../domain/incident/decide-declare.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { Incident } from "../domain/incident/incident.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { Chance } from "../ports/chance.js";
import type { Claims } from "../ports/claims.js";
import type { Clock } from "../ports/clock.js";
import type {
  ChangeRequest,
  CommandHandler,
  DeclareRequest,
  Envelope,
  Outcome,
  Target,
} from "../ports/command-handler.js";
import { StoreFault } from "../ports/commit-store.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { IncidentIndex } from "../ports/incident-index.js";
import type { Outreach } from "../ports/outreach.js";
import type { Places, RoomRef } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import type { Reporter } from "../ports/reporter.js";
import type { Asked, Committed, Corridor } from "./commit-command.js";
import { makeFindIncident } from "./find-incident.js";
import type { IncidentLoader } from "./incident-loader.js";
import { writtenTexts } from "./written-texts.js";

/** What the handler needs. */
export type HandlerDeps = {
  readonly corridor: Corridor;
  readonly loader: IncidentLoader;
  readonly index: IncidentIndex;
  readonly places: Places;
  readonly claims: Claims;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly reporter: Reporter;
  readonly outreach?: Outreach;
};

type Resolved =
  | { readonly ok: true; readonly command: IncidentCommand }
  | { readonly ok: false; readonly refusal: Refusal };

/** Makes the handler of the doors' requests. */
export const makeCommandHandler = (deps: HandlerDeps): Omit<CommandHandler, "previewNotice"> => {
  const { corridor, loader, index, places, claims, directory, catalogue, policies, clock, chance, reporter } = deps;

  const asked = ({ personId, door }: Envelope): Asked => ({
    actor: { kind: "person", personId },
    admin: directory.person(personId)?.admin ?? false,
    door,
  });

  const outcomeOf = (committed: Committed): Outcome => {
    switch (committed.kind) {
      case "done":
        return { kind: "done", snapshot: loader.snapshot(committed.incident), repeated: committed.repeated };
      case "refused":
        return {
          kind: "refused",
          refusal: committed.refusal,
          snapshot: committed.incident === null ? null : loader.snapshot(committed.incident),
        };
      case "fault":
        return committed;
    }
  };

  const idOf = makeFindIncident(index, places);

  const serviceIdOf = (incident: Incident): string | null =>
    incident.services.find((service) => service.id !== null)?.id ?? null;

  const resolveMerge = async (childCode: string): Promise<Resolved> => {
    const row = await index.byCode(childCode);
    const loaded = row === null ? null : await loader.load(row.id);
    if (loaded === null) return { ok: false, refusal: { reason: "unknown-incident" } };
    const { incident } = loaded;
    const slaStartAt = loader.snapshot(incident).sheet.rows;
    const customers = incident.customers.map((terms) => ({
      ...terms,
      slaStartAt:
        slaStartAt.find((r) => r.customer === terms.id && r.clock === "resolution")?.startAt ??
        incident.declaredAt ??
        incident.detectedAt,
    }));
    return {
      ok: true,
      command: {
        type: "merge",
        child: { id: incident.id, code: incident.code, kind: incident.kind, state: incident.state, customers },
      },
    };
  };

  const resolve = async (incident: Incident, request: ChangeRequest): Promise<Resolved> => {
    const onDuty = () => directory.onDuty(serviceIdOf(incident), clock.now());
    switch (request.type) {
      case "classify":
      case "confirm":
      case "reopen":
        return { ok: true, command: { ...request, onCall: onDuty() } };
      case "merge":
        return resolveMerge(request.childCode);
      case "add-customer": {
        const policy = policies.version(incident.policy.id, incident.policy.version);
        const terms = catalogue.terms(request.customer, policy, incident.detectedAt);
        if (terms === null) return { ok: false, refusal: { reason: "unknown-customer", customer: request.customer } };
        return {
          ok: true,
          command: { type: "add-customer", customer: { ...terms, affectedFrom: request.affectedFrom } },
        };
      }
      case "compose-notice": {
        const { outreach } = deps;
        if (outreach === undefined || outreach.mode === "off")
          return { ok: false, refusal: { reason: "delivery-off" } };
        return { ok: true, command: { ...request, texts: writtenTexts(request.texts), catalogue: outreach.inForce() } };
      }
      default:
        return { ok: true, command: request };
    }
  };

  // Doors are promised an answer for everything that the store can do to them.
  const guarded = async (what: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      reporter.storeFailed({ what, code: error.code, err: error });
      return { kind: "fault", saved: "no", code: error.code };
    }
  };

  const declare = (request: DeclareRequest, envelope: Envelope, origin: RoomRef | null): Promise<Outcome> =>
    guarded("declare", async () => {
      const incidentId = chance.id() as IncidentId;
      const policy = policies.inForce();
      const now = clock.now();
      const service = request.service === null ? null : catalogue.service(request.service);
      const terms = request.customers.map((id) => [id, catalogue.terms(id, policy, now)] as const);
      const unknown = terms.find(([, found]) => found === null);
      if (unknown !== undefined)
        return { kind: "refused", refusal: { reason: "unknown-customer", customer: unknown[0] }, snapshot: null };
      const command: DeclareIncident = {
        type: "declare",
        incidentId,
        code: `INC-${await claims.next("incident")}`,
        kind: request.kind,
        origin: request.origin,
        // Declared out of everybody's sight, it lives on the platform where its declarer is.
        home: origin?.platform ?? (envelope.door === "teams" ? "teams" : "slack"),
        title: request.title,
        services: service === null ? [] : [service],
        answers: request.answers,
        detectedBy: request.detectedBy,
        detectedAt: null,
        startedAt: request.startedAt === null ? null : { value: request.startedAt, estimated: true },
        confirmed: true,
        customers: terms.flatMap(([, found]) => (found === null ? [] : [found])),
        onCall: directory.onDuty(service?.id ?? null, now),
        take: request.take,
      };
      const who = asked(envelope);
      return outcomeOf(
        await corridor.begin(incidentId, envelope.commandId, who, {
          decide: (at) => decideDeclare(command, { actor: who.actor, admin: who.admin, now: at, policy }),
          prepare: async () => {
            if (origin !== null) await places.remember(incidentId, { origin });
          },
        }),
      );
    });

  const change = (target: Target, request: ChangeRequest, envelope: Envelope): Promise<Outcome> =>
    guarded("change", async () => {
      const id = await idOf(target);
      const loaded = id === null ? null : await loader.load(id);
      if (id === null || loaded === null) {
        const refusal: Refusal = { reason: target.by === "room" ? "not-in-an-incident-channel" : "unknown-incident" };
        reporter.refused({ incidentId: null, command: request.type, reason: refusal.reason, door: envelope.door });
        return { kind: "refused", refusal, snapshot: null };
      }
      const resolved = await resolve(loaded.incident, request);
      if (!resolved.ok)
        return { kind: "refused", refusal: resolved.refusal, snapshot: loader.snapshot(loaded.incident) };
      return outcomeOf(await corridor.change(id, resolved.command, envelope.commandId, asked(envelope)));
    });

  const look: CommandHandler["look"] = async (target) => {
    const id = await idOf(target);
    const loaded = id === null ? null : await loader.load(id);
    if (loaded === null) return null;
    return { snapshot: loader.snapshot(loaded.incident), places: await places.of(loaded.incident.id) };
  };

  return { declare, change, look, list: (limit) => index.open(limit) };
};
